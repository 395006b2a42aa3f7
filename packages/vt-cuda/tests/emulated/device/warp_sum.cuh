// SPDX-License-Identifier: Apache-2.0
// The emulated device's sums over a warp.
#pragma once

#include <cstdint>

namespace vt::cuda {

inline uint32_t sum_of_warp(uint32_t value) {
  for (int mask = 16; mask > 0; mask /= 2) value += __shfl_xor_sync(0xffffffffu, value, mask);
  return value;
}

}  // namespace vt::cuda
