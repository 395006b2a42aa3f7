// SPDX-License-Identifier: Apache-2.0
// Included ahead of the kernels' sources, it makes them plain C++: a kernel becomes a function that runs one thread.
#pragma once

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>
#include <vector_functions.h>
#include <vector_types.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "threads.hpp"

#undef __device__
#undef __forceinline__
#undef __global__
#undef __grid_constant__
#undef __launch_bounds__
#undef __shared__
#define __device__
#define __forceinline__ inline
#define __global__
#define __grid_constant__
#define __launch_bounds__(...)
#define __shared__ static

namespace vt::cuda::emulated {

// What lane `source` gives.
template <class T>
T take_from(T value, unsigned source) {
  static_assert(sizeof(T) <= kGivenBytes);
  give(&value, sizeof value);
  std::memcpy(&value, given(static_cast<int>(source % 32)), sizeof value);
  return value;
}
// The thread of a lane that is `lane` within the first `width` lanes of this thread's group; itself beyond the group.
inline unsigned thread_of(unsigned lane, unsigned width) {
  return lane < width ? (thread_index.x & ~(width - 1)) + lane : thread_index.x;
}
// The lanes of the warp that give the same value, one bit each.
template <class T>
unsigned match(T value) {
  give(&value, sizeof value);
  unsigned lanes = 0;
  for (int lane = 0; lane < 32; ++lane)
    if (std::memcmp(given(lane), &value, sizeof value) == 0) lanes |= 1u << lane;
  return lanes;
}

}  // namespace vt::cuda::emulated

#define blockDim vt::cuda::emulated::block_size
#define blockIdx vt::cuda::emulated::block_index
#define gridDim vt::cuda::emulated::grid_size
#define threadIdx vt::cuda::emulated::thread_index
#define __syncthreads vt::cuda::emulated::synchronize_block

template <class T>
T __shfl_sync(unsigned, T value, int lane, int width = 32) {
  namespace emulated = vt::cuda::emulated;
  const auto group = static_cast<unsigned>(width);
  return emulated::take_from(value, emulated::thread_of(static_cast<unsigned>(lane) & (group - 1), group));
}
template <class T>
T __shfl_down_sync(unsigned, T value, unsigned delta, int width = 32) {
  namespace emulated = vt::cuda::emulated;
  const auto group = static_cast<unsigned>(width);
  return emulated::take_from(value, emulated::thread_of((threadIdx.x & (group - 1)) + delta, group));
}
template <class T>
T __shfl_up_sync(unsigned, T value, unsigned delta, int width = 32) {
  namespace emulated = vt::cuda::emulated;
  const auto group = static_cast<unsigned>(width);
  const unsigned lane = threadIdx.x & (group - 1);
  return emulated::take_from(value, emulated::thread_of(lane - delta, group));
}
template <class T>
T __shfl_xor_sync(unsigned, T value, int mask, int width = 32) {
  namespace emulated = vt::cuda::emulated;
  const auto group = static_cast<unsigned>(width);
  return emulated::take_from(value,
                             emulated::thread_of((threadIdx.x & (group - 1)) ^ static_cast<unsigned>(mask), group));
}
inline unsigned __match_any_sync(unsigned, int value) { return vt::cuda::emulated::match(value); }
inline unsigned __ballot_sync(unsigned, bool value) {
  const unsigned lanes = vt::cuda::emulated::match(value);
  return value ? lanes : ~lanes;
}
inline int __popc(unsigned value) { return std::popcount(value); }
inline void __syncwarp(unsigned = 0xffffffff) { vt::cuda::emulated::synchronize_warp(); }

template <class T>
T atomicAdd(T* at, T value) {
  const T before = *at;
  *at = before + value;
  return before;
}
template <class T>
T atomicMax(T* at, T value) {
  const T before = *at;
  if (value > before) *at = value;
  return before;
}
template <class T>
T atomicCAS(T* at, T expected, T value) {
  const T before = *at;
  if (before == expected) *at = value;
  return before;
}

inline float __fmaf_rn(float a, float b, float c) { return std::fma(a, b, c); }
inline double __fma_rn(double a, double b, double c) { return std::fma(a, b, c); }
