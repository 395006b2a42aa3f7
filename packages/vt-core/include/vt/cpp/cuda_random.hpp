// SPDX-License-Identifier: Apache-2.0
// The random numbers of a CUDA launch, read in its kernel: the same in a graph and outside.
#pragma once

#include <vt/abi/cuda_runtime.h>
#include <vt/cpp/philox.hpp>

namespace vt {

// The four words of output number `index` of the range.
[[gnu::always_inline]] VT_HOST_DEVICE inline PhiloxWords cuda_philox(const VtCudaRandom& range,
                                                                     uint64_t index) noexcept {
  if (range.replayed != nullptr) return philox(range.replayed[0], range.replayed[1] + range.offset + index);
  return philox(range.seed, range.offset + index);
}

}  // namespace vt
