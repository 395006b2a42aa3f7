// SPDX-License-Identifier: Apache-2.0
// Sums over a warp by one instruction. Found by the include path, as tensor_core.cuh.
#pragma once

#include <cstdint>

namespace vt::cuda {

// The sum over all lanes, which every one gets.
__device__ __forceinline__ uint32_t sum_of_warp(uint32_t value) { return __reduce_add_sync(0xffffffffu, value); }

}  // namespace vt::cuda
