// SPDX-License-Identifier: Apache-2.0
// Included ahead of the kernels' sources, it makes them plain C++: a kernel becomes a function that runs one thread.
#pragma once

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>
#include <vector_functions.h>
#include <vector_types.h>

#include <cstdint>

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

namespace vt::cuda::emulated {

// Set by the driver before a thread runs on; one launch at a time.
extern uint3 block_index;
extern uint3 thread_index;
// Lets the other threads of the block come this far.
void synchronize_block();

}  // namespace vt::cuda::emulated

#define blockIdx vt::cuda::emulated::block_index
#define threadIdx vt::cuda::emulated::thread_index
#define __syncthreads vt::cuda::emulated::synchronize_block
