// SPDX-License-Identifier: Apache-2.0
// The device's approximations of functions of float, for results that are rounded to a half type.
#pragma once

#include "kernels/walk.hpp"

namespace vt::cuda {

// 2^x, within 2 ulp; what is subnormal is 0.
VT_DEVICE float approximate_exp2(float x) {
  float power;
  asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(power) : "f"(x));
  return power;
}

// 1 / x, within 1 ulp; what is subnormal is 0.
VT_DEVICE float approximate_reciprocal(float x) {
  float reciprocal;
  asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(reciprocal) : "f"(x));
  return reciprocal;
}

}  // namespace vt::cuda
