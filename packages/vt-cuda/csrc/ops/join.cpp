// SPDX-License-Identifier: Apache-2.0
// cat on CUDA devices; the rest of the family is core's own.
#include <vt/cpp/iter/join_rules.hpp>
#include <vt/cpp/op.hpp>

#include "../kernels/join.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

// The widest unit in which all rows and addresses can be counted.
int64_t unit_of(const JoinPlan& p, const VtTensor* out) noexcept {
  uint64_t bits = 16 | reinterpret_cast<uintptr_t>(out->dl.data) | static_cast<uint64_t>(bytes_from(out, p.dim));
  for (const VtTensor* t : p.parts)
    bits |= reinterpret_cast<uintptr_t>(t->dl.data) | static_cast<uint64_t>(bytes_from(t, p.dim));
  return static_cast<int64_t>(bits & (~bits + 1));
}

void join_bytes(const JoinPlan& p, const VtTensor* out) {
  const Queue queue(out->dl.device);
  const int64_t unit = unit_of(p, out);
  int64_t num_rows = 1;
  for (size_t d = 0; d < p.dim; ++d) num_rows *= p.sizes[d];
  int64_t position = 0;
  for (size_t first = 0; first < p.parts.size(); first += kMaxJoined) {
    JoinParams params{};
    params.out = static_cast<char*>(out->dl.data);
    params.out_row = bytes_from(out, p.dim) / unit;
    params.position = position;
    params.num_parts = static_cast<int32_t>(std::min<size_t>(kMaxJoined, p.parts.size() - first));
    for (int32_t k = 0; k < params.num_parts; ++k) {
      const VtTensor* part = p.parts[first + static_cast<size_t>(k)];
      params.row += bytes_from(part, p.dim) / unit;
      params.parts[k] = static_cast<const char*>(part->dl.data);
      params.ends[k] = params.row;
    }
    params.num = num_rows * params.row;
    position += params.row;
    queue.launch("cat", join_kernel(unit), ceil_divide(params.num, kBlockThreads * kJoinUnitsPerThread), 1, params);
  }
}

// Part by part, each into its window of the result: other dtypes and layouts.
void join_windows(const JoinPlan& p, const Tensor& out) {
  static const Op slice("slice");
  int64_t start = 0;
  for (VtTensor* part : p.parts) {
    const int64_t end = start + part->dl.shape[p.dim];
    const Tensor window = slice(out, static_cast<int64_t>(p.dim), start, end, int64_t{1});
    copy_within(window.get(), part);
    start = end;
  }
}

void cat(const VtValue* args, VtValue* result) {
  const std::span<VtTensor* const> tensors(args[0].as.tensors, args[0].count);
  VtTensor* destination = result[0].tag == VT_TENSOR ? result[0].as.tensor : nullptr;
  JoinPlan p;
  plan_join(tensors, args[1].as.i, destination, p);
  if (destination && !same_sizes(sizes_of(destination), p.sizes)) TableIterAllocator{}.resize(destination, p.sizes);
  Tensor out = destination ? Tensor::share(destination) : Tensor::empty(p.sizes, p.dtype, tensors[0]->dl.device);
  if (out.numel() > 0) {
    if (joins_bytes(p, out.get())) {
      join_bytes(p, out.get());
    } else {
      join_windows(p, out);
    }
  }
  result[0] = value_of(out.release());
}

}  // namespace

void register_join(VtPlugin* plugin) {
  const KernelRow rows[] = {{"cat", kernel<cat>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
