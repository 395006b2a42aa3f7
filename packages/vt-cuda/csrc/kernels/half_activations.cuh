// SPDX-License-Identifier: Apache-2.0
// Forms of the activations for elements of half types (Note [Pointwise kernels]).
#pragma once

#include "device/approximate.cuh"
#include "pointwise.cuh"

namespace vt::cuda {

inline constexpr float kLog2E = 1.44269504f;

// 1 / (1 + 2^x)
VT_DEVICE float falling_sigmoid(float x) { return approximate_reciprocal(1.0f + approximate_exp2(x)); }

template <>
struct HalfForm<pointwise::Sigmoid> : pointwise::Sigmoid {
  VT_DEVICE static float of(float x) { return falling_sigmoid(-kLog2E * x); }
};

template <>
struct HalfForm<pointwise::Silu> : pointwise::Silu {
  VT_DEVICE static float of(float x) { return x * falling_sigmoid(-kLog2E * x); }
};
template <>
struct HalfForm<pointwise::SiluBackward> : pointwise::SiluBackward {
  VT_DEVICE static float of(float grad, float x) {
    const float s = falling_sigmoid(-kLog2E * x);
    return grad * __fmaf_rn(x, __fmaf_rn(-s, s, s), s);
  }
};

// x (slope + curve x^2) is 2 sqrt(2 / pi) (x + 0.044715 x^3).
inline constexpr float kGeluSlope = 1.59576912f;
inline constexpr float kGeluCurve = 0.0713548163f;

VT_DEVICE float gelu_gate(float x, float square) {
  return falling_sigmoid(x * __fmaf_rn(square, -kLog2E * kGeluCurve, -kLog2E * kGeluSlope));
}
template <>
struct HalfForm<pointwise::GeluTanh> : pointwise::GeluTanh {
  VT_DEVICE static float of(float x) { return x * gelu_gate(x, x * x); }
};
template <>
struct HalfForm<pointwise::GeluTanhBackward> : pointwise::GeluTanhBackward {
  VT_DEVICE static float of(float grad, float x) {
    // Bounded where the gate is 0 or 1, since what overflows would be NaN beside a slope of 0.
    const float square = fminf(x * x, 1024.0f);
    const float s = gelu_gate(x, square);
    return grad * __fmaf_rn(x * __fmaf_rn(-s, s, s), __fmaf_rn(square, 3.0f * kGeluCurve, kGeluSlope), s);
  }
};

// For a >= 0 e^(-a^2 / 2), and the integral of the standard normal distribution beyond a: the bell times t Q(t) with
// t = 1 / (1 + 0.33 a), as in vt/cpp/pointwise.hpp but to 2^-15.
struct NormalTail {
  float integral;
  float bell;
};
VT_DEVICE NormalTail normal_tail(float a) {
  const float bell = approximate_exp2(a * a * (-0.5f * kLog2E));
  const float t = approximate_reciprocal(__fmaf_rn(0.33f, a, 1.0f));
  float q = -0x1.f20afcp-5f;
  q = __fmaf_rn(q, t, 0x1.b7666p-4f);
  q = __fmaf_rn(q, t, 0x1.226224p-4f);
  q = __fmaf_rn(q, t, 0x1.e8cd9ep-4f);
  q = __fmaf_rn(q, t, 0x1.0d945ep-3f);
  q = __fmaf_rn(q, t, 0x1.0d9d8p-3f);
  return {bell * (t * q), bell};
}
template <>
struct HalfForm<pointwise::Gelu> : pointwise::Gelu {
  VT_DEVICE static float of(float x) {
    // Beyond 40 the tail is 0, by which infinity is not to be multiplied; minus infinity is, and becomes NaN.
    const float outer = x < 0.0f ? x : -fminf(x, 40.0f);
    return __fmaf_rn(outer, normal_tail(math::detail::magnitude(x)).integral, fmaxf(x, 0.0f));
  }
};
template <>
struct HalfForm<pointwise::GeluBackward> : pointwise::GeluBackward {
  VT_DEVICE static float of(float grad, float x) {
    const NormalTail tail = normal_tail(math::detail::magnitude(x));
    const float integral = x < 0.0f ? tail.integral : 1.0f - tail.integral;
    return grad * __fmaf_rn(x, 0.398942280f * tail.bell, integral);
  }
};

}  // namespace vt::cuda
