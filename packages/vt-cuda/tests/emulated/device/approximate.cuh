// SPDX-License-Identifier: Apache-2.0
// The emulated device's approximations: what csrc/device/approximate.cuh says, computed by the host.
#pragma once

#include <cmath>

namespace vt::cuda {

inline float approximate_exp2(float x) { return std::exp2(x); }
inline float approximate_reciprocal(float x) { return 1.0f / x; }

}  // namespace vt::cuda
