// SPDX-License-Identifier: Apache-2.0
// Kernels that turn indices into offsets, read at them and write the positions of a mask.
#include "index.cuh"

namespace vt::cuda {
namespace {

template <class Index>
__global__ void __launch_bounds__(kBlockThreads) offsets(const __grid_constant__ OffsetParams<Index> p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  Index at[2];
  p.walk.offsets(static_cast<Index>(i), at);
  const int64_t given = load_index(p.index + at[0], p.is_int64);
  const int64_t index = p.wraps && given < 0 ? given + p.size : given;
  const int64_t before = p.adds ? p.offsets[i] : 0;
  if (index < 0 || index >= p.size) {
    report(p.record, p.op, given, p.dim, p.size);
    p.offsets[i] = kNoOffset;
  } else if (before == kNoOffset || index == p.skipped) {
    p.offsets[i] = kNoOffset;
  } else {
    p.offsets[i] = before + at[1] + index * p.stride;
  }
}

template <class T, class Index>
__global__ void __launch_bounds__(kBlockThreads) take(const __grid_constant__ TakeParams<Index> p) {
  wait_for_previous_kernel();
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kTakeElementsPerThread + threadIdx.x;
  // By stages, so that loads of all elements are under way at once.
  Index at[kTakeElementsPerThread][3];
  int64_t offsets[kTakeElementsPerThread];
  T values[kTakeElementsPerThread];
#pragma unroll
  for (int e = 0; e < kTakeElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    offsets[e] = kNoOffset;
    if (i >= p.num) continue;
    p.walk.offsets(static_cast<Index>(i), at[e]);
    offsets[e] = *reinterpret_cast<const int64_t*>(p.offsets + at[e][2]);
  }
#pragma unroll
  for (int e = 0; e < kTakeElementsPerThread; ++e) {
    values[e] = T{};
    if (offsets[e] != kNoOffset) values[e] = *reinterpret_cast<const T*>(p.self + at[e][1] + offsets[e]);
  }
#pragma unroll
  for (int e = 0; e < kTakeElementsPerThread; ++e)
    if (first + e * kBlockThreads < p.num) *reinterpret_cast<T*>(p.out + at[e][0]) = values[e];
}

// How many elements of the thread's run are not zero, and where the run begins.
VT_DEVICE int count_run(const MaskParams& p, int64_t first) {
  int count = 0;
  for (int e = 0; e < kMaskPerThread; ++e) count += first + e < p.num && p.mask[first + e] != 0;
  return count;
}

__global__ void __launch_bounds__(kBlockThreads) mask_count(const __grid_constant__ MaskParams p) {
  wait_for_previous_kernel();
  __shared__ int counts[kBlockThreads];
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kMaskBlock + threadIdx.x * kMaskPerThread;
  counts[threadIdx.x] = count_run(p, first);
  __syncthreads();
  for (int half = kBlockThreads / 2; half > 0; half /= 2) {
    if (static_cast<int>(threadIdx.x) < half) counts[threadIdx.x] += counts[threadIdx.x + half];
    __syncthreads();
  }
  if (threadIdx.x == 0) p.counts[blockIdx.x] = counts[0];
}

// The counts before each block, and the total behind them: each thread adds up a run of them.
__global__ void __launch_bounds__(kBlockThreads) mask_scan(const __grid_constant__ MaskParams p) {
  wait_for_previous_kernel();
  __shared__ int64_t totals[kBlockThreads];
  const int64_t run = (p.num_blocks + kBlockThreads - 1) / kBlockThreads;
  const int64_t begin = threadIdx.x * run;
  const int64_t end = begin + run < p.num_blocks ? begin + run : p.num_blocks;
  int64_t total = 0;
  for (int64_t b = begin; b < end; ++b) total += p.counts[b];
  totals[threadIdx.x] = total;
  __syncthreads();
  int64_t before = 0;
  for (int t = 0; t < static_cast<int>(threadIdx.x); ++t) before += totals[t];
  for (int64_t b = begin; b < end; ++b) {
    const int64_t count = p.counts[b];
    p.counts[b] = before;
    before += count;
  }
  if (threadIdx.x == kBlockThreads - 1) p.counts[p.num_blocks] = before;
}

__global__ void __launch_bounds__(kBlockThreads) mask_write(const __grid_constant__ MaskParams p) {
  wait_for_previous_kernel();
  __shared__ int counts[kBlockThreads];
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kMaskBlock + threadIdx.x * kMaskPerThread;
  counts[threadIdx.x] = count_run(p, first);
  __syncthreads();
  int64_t row = p.counts[blockIdx.x];
  for (int t = 0; t < static_cast<int>(threadIdx.x); ++t) row += counts[t];
  for (int e = 0; e < kMaskPerThread && first + e < p.num; ++e) {
    if (p.mask[first + e] == 0) continue;
    int64_t position = first + e;
    for (int d = p.ndim - 1; d >= 0; --d) {
      const int64_t outer = position / p.sizes[d];
      p.out[row * p.ndim + d] = position - outer * p.sizes[d];
      position = outer;
    }
    ++row;
  }
}

template <class T>
const void* take_of(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&take<T, int64_t>) : reinterpret_cast<const void*>(&take<T, int32_t>);
}

}  // namespace

const void* offset_kernel(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&offsets<int64_t>) : reinterpret_cast<const void*>(&offsets<int32_t>);
}
const void* mask_count_kernel() noexcept { return reinterpret_cast<const void*>(&mask_count); }
const void* mask_scan_kernel() noexcept { return reinterpret_cast<const void*>(&mask_scan); }
const void* mask_write_kernel() noexcept { return reinterpret_cast<const void*>(&mask_write); }

const void* take_kernel(int64_t itemsize, bool wide) noexcept {
  switch (itemsize) {
    case 1: return take_of<uint8_t>(wide);
    case 2: return take_of<uint16_t>(wide);
    case 4: return take_of<uint32_t>(wide);
    case 8: return take_of<uint64_t>(wide);
    default: return take_of<Unit16>(wide);
  }
}

}  // namespace vt::cuda
