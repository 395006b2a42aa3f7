// SPDX-License-Identifier: Apache-2.0
// Where the share of a thread begins, among those of its block.
#pragma once

#include "elements.cuh"

namespace vt::cuda {

// The sum of the values of the threads before this one, in a block of kThreads.
template <int kThreads = kBlockThreads>
VT_DEVICE uint32_t sum_before(uint32_t value) {
  constexpr int kWarps = kThreads / 32;
  __shared__ uint32_t warps[kWarps];
  const int lane = static_cast<int>(threadIdx.x) % 32;
  const int warp = static_cast<int>(threadIdx.x) / 32;
  uint32_t sum = value;
#pragma unroll
  for (int distance = 1; distance < 32; distance *= 2) {
    const uint32_t other = __shfl_up_sync(0xffffffffu, sum, distance);
    if (lane >= distance) sum += other;
  }
  if (lane == 31) warps[warp] = sum;
  __syncthreads();
  for (int w = 0; w < warp; ++w) sum += warps[w];
  __syncthreads();
  return sum - value;
}

}  // namespace vt::cuda
