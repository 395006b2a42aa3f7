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
#include <cstdint>
#include <cstring>

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
#define __launch_bounds__(threads)
#define __shared__ static

// Note [Emulated warps]
// Lanes exchange values through a slot per thread of the block and a barrier, so every thread of the block takes part in
// each shuffle, whatever the mask. Threads run one at a time: an atomic is a read and a write.
namespace vt::cuda::emulated {

// Set by the driver before a thread runs on; one launch at a time.
extern uint3 block_index;
extern uint3 thread_index;
extern uint3 block_size;
extern uint3 grid_size;
// Lets the other threads of the block come this far.
void synchronize_block();
// Gives the block `bits` of this thread; returns those of the thread `source`, its own where there is no such thread.
std::uint64_t exchange(std::uint64_t bits, unsigned source);
// The lanes of the warp that give the same `bits`, one bit each.
std::uint32_t match(std::uint64_t bits);

template <class T>
T take_from(T value, unsigned source) {
  static_assert(sizeof(T) <= sizeof(std::uint64_t));
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof value);
  bits = exchange(bits, source);
  std::memcpy(&value, &bits, sizeof value);
  return value;
}
// The thread of a lane that is `lane` within the first `width` lanes of this thread's group; itself beyond the group.
inline unsigned thread_of(unsigned lane, unsigned width) {
  return lane < width ? (thread_index.x & ~(width - 1)) + lane : thread_index.x;
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
T __shfl_xor_sync(unsigned, T value, int mask, int width = 32) {
  namespace emulated = vt::cuda::emulated;
  const auto group = static_cast<unsigned>(width);
  return emulated::take_from(value,
                             emulated::thread_of((threadIdx.x & (group - 1)) ^ static_cast<unsigned>(mask), group));
}
inline unsigned __match_any_sync(unsigned, int value) {
  return vt::cuda::emulated::match(static_cast<std::uint64_t>(value));
}
inline int __popc(unsigned value) { return std::popcount(value); }
inline void __syncwarp(unsigned = 0xffffffff) { __syncthreads(); }

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
