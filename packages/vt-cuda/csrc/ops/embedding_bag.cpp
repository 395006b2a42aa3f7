// SPDX-License-Identifier: Apache-2.0
// The bags of indices, and the places of the largest elements of bags, on CUDA devices.
#include <vt/cpp/iter/bag_rules.hpp>

#include <algorithm>

#include "../kernels/embedding_bag.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

// _embedding_bag_of(offsets, num_indices, num_bags)
void find_bags(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "_embedding_bag_of";
  check_bag_offsets(args);
  const Tensor offsets = row_major(args[0].as.tensor);
  const int64_t sizes[] = {args[1].as.i};
  Tensor out = Tensor::empty(sizes, kInt64, offsets.device());
  const int64_t num_threads = std::max(offsets.numel(), sizes[0]);
  if (num_threads > 0) {
    const Queue queue(offsets.device());
    BagNumbers params{offsets.data<const char>(), out.data<int64_t>(), offsets.numel(), sizes[0], args[2].as.i,
                      offsets.dtype().bits == 64, queue.index_errors()};
    queue.launch(kOp, bag_numbers_kernel(), ceil_divide(num_threads, kBlockThreads), 1, params);
  }
  result[0] = value_of(out.release());
}

// _embedding_bag_places(weight, indices, bag_of, num_bags, padding_idx)
void find_places(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "_embedding_bag_places";
  check_bag_places(args);
  const Tensor weight = row_major(args[0].as.tensor);
  const Tensor indices = row_major(args[1].as.tensor);
  const Tensor bag_of = row_major(args[2].as.tensor);
  const int64_t sizes[] = {args[3].as.i, weight->dl.shape[1]};
  Tensor out = Tensor::empty(sizes, kInt64, weight.device());
  if (out.numel() > 0) {
    const Queue queue(weight.device());
    BagPlaces params{weight.data<const char>(),
                     indices.data<const char>(),
                     bag_of.data<const int64_t>(),
                     out.data<int64_t>(),
                     weight->dl.shape[0],
                     sizes[1],
                     indices.numel(),
                     sizes[0],
                     args[4].as.i,
                     index_of(weight.dtype()),
                     static_cast<int32_t>(itemsize_of(weight.dtype())),
                     indices.dtype().bits == 64,
                     queue.index_errors()};
    queue.launch(kOp, bag_places_kernel(), ceil_divide(out.numel(), kBlockThreads), 1, params);
  }
  result[0] = value_of(out.release());
}

}  // namespace

void register_embedding_bag(VtPlugin* plugin) {
  const KernelRow rows[] = {{"_embedding_bag_of", kernel<find_bags>}, {"_embedding_bag_places", kernel<find_places>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
