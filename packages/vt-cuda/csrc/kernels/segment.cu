// SPDX-License-Identifier: Apache-2.0
// Sums, means, extremes and products of runs of neighbours.
#include "segment.hpp"

#include "index.cuh"

namespace vt::cuda {
namespace {

VT_DEVICE double combined(SegmentKind kind, double total, double x) {
  switch (kind) {
    case SegmentKind::kProd: return total * x;
    case SegmentKind::kMax: return x > total || x != x ? x : total;
    case SegmentKind::kMin: return x < total || x != x ? x : total;
    default: return total + x;
  }
}
VT_DEVICE double neutral(SegmentKind kind) {
  constexpr double kInfinity = __builtin_huge_val();
  if (kind == SegmentKind::kMax) return -kInfinity;
  if (kind == SegmentKind::kMin) return kInfinity;
  return kind == SegmentKind::kProd ? 1 : 0;
}

__global__ void __launch_bounds__(kBlockThreads) reduce_segments(const __grid_constant__ SegmentParams p) {
  wait_for_previous_kernel();
  __shared__ double totals[kBlockThreads];
  const int thread = static_cast<int>(threadIdx.x);
  const int columns = 1 << p.columns_log2;
  const int lanes = 1 << p.lanes_log2;
  const int lane = (thread >> p.columns_log2) & (lanes - 1);
  const int64_t column_blocks = (p.inner + columns - 1) >> p.columns_log2;
  const int64_t block = blockIdx.x / column_blocks;
  const int64_t column = ((blockIdx.x - block * column_blocks) << p.columns_log2) + (thread & (columns - 1));
  const int64_t segment =
      block * (kBlockThreads >> (p.lanes_log2 + p.columns_log2)) + (thread >> (p.lanes_log2 + p.columns_log2));
  const bool is_given = segment < p.num && column < p.inner;
  const int64_t line = segment / p.num_segments;
  double total = neutral(p.kind);
  int64_t count = 0;
  if (is_given) {
    const int64_t* bounds =
        p.offsets + (p.is_shared ? 0 : line * (p.num_segments + 1)) + (segment - line * p.num_segments);
    const int64_t begin = bounds[0];
    const int64_t end = bounds[1];
    if (begin < 0 || end < begin || end > p.length) {
      if (lane == 0) report(p.record, IndexOp::kSegmentReduce, begin < 0 ? begin : end, p.axis, p.length);
    } else {
      count = end - begin;
      const char* data = p.in + (line * p.length * p.inner + column) * p.itemsize;
      for (int64_t i = begin + lane; i < end; i += lanes)
        total = combined(p.kind, total, load_any(data + i * p.inner * p.itemsize, p.dtype).real);
    }
  }
  totals[thread] = total;
  for (int half = lanes / 2; half > 0; half /= 2) {
    __syncthreads();
    if (lane < half) totals[thread] = total = combined(p.kind, total, totals[thread + (half << p.columns_log2)]);
  }
  if (!is_given || lane != 0) return;
  total = combined(p.kind, p.initial, total);
  if (p.kind == SegmentKind::kMean && !(count == 0 && p.has_initial)) total /= static_cast<double>(count);
  store_any(p.out + (segment * p.inner + column) * p.itemsize, p.dtype, Number{Number::kReal, 0, total, 0});
}

}  // namespace

const void* segment_kernel() noexcept { return reinterpret_cast<const void*>(&reduce_segments); }

}  // namespace vt::cuda
