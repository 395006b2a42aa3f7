// SPDX-License-Identifier: Apache-2.0
// tril and triu on CUDA devices.
#include <vt/cpp/iter/triangle_rules.hpp>

#include "../kernels/ternary.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

template <class Index>
void launch_triangle(const char* op, const Queue& queue, VtTensor* out, const VtTensor* in, int64_t diagonal,
                     bool upper) {
  const int64_t itemsize = itemsize_of(in->dl.dtype);
  const int32_t ndim = in->dl.ndim;
  Triangle<Index> params{static_cast<char*>(out->dl.data),
                         static_cast<const char*>(in->dl.data),
                         in->numel,
                         in->dl.shape[ndim - 2],
                         in->dl.shape[ndim - 1],
                         diagonal,
                         upper,
                         {}};
  params.walk.ndim = ndim;
  for (int32_t d = 0; d < ndim; ++d) {
    const int32_t from = ndim - 1 - d;
    params.walk.sizes[d] = Extent<Index>::make(in->dl.shape[from]);
    params.walk.strides[d][0] = static_cast<Index>(out->dl.strides[from] * itemsize);
    params.walk.strides[d][1] = static_cast<Index>(in->dl.strides[from] * itemsize);
  }
  queue.launch(op, triangle_kernel(itemsize, sizeof(Index) == 8),
               ceil_divide(in->numel, int64_t{kBlockThreads} * kTriangleElementsPerThread), 1, params);
}

// Bytes between the first and the last element, whichever way the strides go.
int64_t reach_of(const VtTensor* t) noexcept {
  int64_t reach = itemsize_of(t->dl.dtype);
  for (int32_t d = 0; d < t->dl.ndim; ++d)
    reach += (t->dl.shape[d] - 1) * std::abs(t->dl.strides[d]) * itemsize_of(t->dl.dtype);
  return reach;
}

void triangle(const char* op, const VtValue* args, VtValue* result, bool upper) {
  VtTensor* in = args[0].as.tensor;
  check_matrices(op, in);
  VtTensor* out = triangle_destination(op, in, result[0], TableIterAllocator{});
  result[0] = value_of(out);
  if (in->numel == 0) return;
  const Queue queue(in->dl.device);
  const int64_t diagonal = args[1].as.i;
  constexpr int64_t kLimit = std::numeric_limits<int32_t>::max();
  if (in->numel > kLimit || in->dl.ndim > kNarrowDims || reach_of(in) > kLimit || reach_of(out) > kLimit) {
    launch_triangle<int64_t>(op, queue, out, in, diagonal, upper);
  } else {
    launch_triangle<int32_t>(op, queue, out, in, diagonal, upper);
  }
}

void tril(const VtValue* args, VtValue* result) { triangle("tril", args, result, false); }
void triu(const VtValue* args, VtValue* result) { triangle("triu", args, result, true); }

}  // namespace

void register_triangle(VtPlugin* plugin) {
  const KernelRow rows[] = {{"tril", kernel<tril>}, {"triu", kernel<triu>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
