// SPDX-License-Identifier: Apache-2.0
// Reductions of segments on CUDA devices.
#include <vt/cpp/iter/segment_rules.hpp>

#include <algorithm>
#include <bit>

#include "../kernels/segment.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

constexpr int64_t kMostColumns = 32;  // neighbouring threads on neighbouring columns

int32_t log2_above(int64_t n) noexcept { return std::bit_width(static_cast<uint64_t>(std::max<int64_t>(n, 1)) - 1); }

// _segment_reduce(data, reduce, offsets, axis, initial)
void segment_reduce(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "segment_reduce";
  Sizes sizes;
  const SegmentRequest r = segment_request(args, sizes);
  const Tensor data = row_major(args[0].as.tensor);
  const Tensor offsets = row_major(args[2].as.tensor);
  Tensor out = Tensor::empty(sizes, data.dtype(), data.device());
  if (out.numel() > 0) {
    const Lines lines = lines_of(data.sizes(), r.axis);
    const Queue queue(data.device());
    SegmentParams p{};
    p.in = data.data<const char>();
    p.out = out.data<char>();
    p.offsets = offsets.data<const int64_t>();
    p.num = lines.outer * r.num_segments;
    p.num_segments = r.num_segments;
    p.length = lines.length;
    p.inner = lines.inner;
    p.axis = r.axis;
    p.is_shared = r.axis == 0;
    p.columns_log2 = log2_above(std::min(lines.inner, kMostColumns));
    const int64_t mean_length = ceil_divide(std::max<int64_t>(lines.length, 1), r.num_segments);
    p.lanes_log2 = std::min(log2_above(mean_length), log2_above(kBlockThreads) - p.columns_log2);
    p.kind = r.kind;
    p.has_initial = r.has_initial;
    p.initial = r.initial;
    p.dtype = index_of(data.dtype());
    p.itemsize = static_cast<int32_t>(itemsize_of(data.dtype()));
    p.record = queue.index_errors();
    const int64_t segments = kBlockThreads >> (p.lanes_log2 + p.columns_log2);
    const int64_t column_blocks = ceil_divide(p.inner, int64_t{1} << p.columns_log2);
    queue.launch(kOp, segment_kernel(), ceil_divide(p.num, segments) * column_blocks, 1, p);
  }
  result[0] = value_of(out.release());
}

}  // namespace

void register_segment(VtPlugin* plugin) {
  const KernelRow rows[] = {{"_segment_reduce", kernel<segment_reduce>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
