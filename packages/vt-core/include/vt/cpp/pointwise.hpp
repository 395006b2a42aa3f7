// SPDX-License-Identifier: Apache-2.0
// The formulas of the activations, and with them those of every family of pointwise ops.
#pragma once

#include <vt/cpp/pointwise/unary.hpp>

namespace vt::pointwise {

namespace detail {

// The integral of the standard normal distribution up to x, and e^(-x^2 / 2). Both share the
// exponential, since erfc(a) = e^(-a^2) t Q(t) with t = 1 / (1 + c a), a form of Hastings (Approximations for Digital
// Computers, 1955); so the lower tail does not cancel.
template <class W>
struct Normal {
  W integral;
  W bell;
};
// The bell is 0 before it would become subnormal. In float it is 2^(-x^2 / (2 ln 2)), by the polynomial of exp2.
VT_HOST_DEVICE [[gnu::always_inline]] inline float bell_of(float x) noexcept {
  constexpr float kRounder = math::detail::Format<float>::kRounder;
  constexpr float kLeast = -125.5f;
  const float full = x * x * -0.72134752f;
  const float exponent = math::detail::at_least(full, kLeast);
  const float rounded = exponent + kRounder;
  const float f = exponent - (rounded - kRounder);
  const float q = math::detail::polynomial(f, 0x1.62e43p-1f, 0x1.ebfbep-3f, 0x1.c6aedp-5f, 0x1.3b29aap-7f,
                                           0x1.5f47ap-10f, 0x1.448fbp-13f);
  const float bell = (1.0f + f * q) * math::detail::power_of_two(rounded);
  return full < kLeast ? 0.0f : bell;
}
VT_HOST_DEVICE [[gnu::always_inline]] inline double bell_of(double x) noexcept {
  constexpr double kLeast = -708.0;
  const double exponent = -0.5 * x * x;
  const double bell = math::detail::exp_of_moderate(math::detail::at_least(exponent, kLeast));
  return exponent < kLeast ? 0.0 : bell;
}
template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline Normal<W> normal(W x) noexcept {
  const W bell = bell_of(x);
  if constexpr (std::is_same_v<W, float>) {
    const float t = 1.0f / (1.0f + 0.247487373f * math::detail::magnitude(x));
    const float half_q = math::detail::polynomial(t, 0x1.9038ecp-4f, 0x1.cb2c92p-4f, 0x1.5f75f2p-6f, 0x1.20055ap-2f,
                                                  -0x1.05c222p-2f, 0x1.44b412p-2f, -0x1.176a1ep-4f, -0x1.7b6062p-8f);
    const float tail = bell * (t * half_q);
    return {x < 0.0f ? tail : 1.0f - tail, bell};
  } else {
    const double tail = 0.5 * bell * math::detail::scaled_erfc(0.70710678118654752440 * math::detail::magnitude(x));
    return {x < 0.0 ? tail : 1.0 - tail, bell};
  }
}

// The integral alone. In float it is 1/2 plus x times a ratio in x^2 up to where it rounds to 1, which is had for half the
// work; it is within 2 x 10^-7, however small.
VT_HOST_DEVICE [[gnu::always_inline]] inline float normal_integral(float x) noexcept {
  constexpr float kOne = 5.4f;
  const float kept = math::detail::at_least(math::detail::at_most(x, kOne), -kOne);
  const float z = kept * kept;
  const float top = math::detail::polynomial(z, 0x1.403b82p+18f, 0x1.ac9be8p+14f, 0x1.dddb72p+11f, 0x1.0e22b4p+7f,
                                             0x1.4e935cp+2f, 0x1.3af3e2p-6f);
  const float bottom =
      0x1.915a0ep+19f + z * (0x1.91dccap+17f + z * (0x1.6c79b6p+14f + z * (0x1.7e01cp+10f + z * (0x1.dc163ep+5f + z))));
  return 0.5f + kept * top / bottom;
}
VT_HOST_DEVICE [[gnu::always_inline]] inline double normal_integral(double x) noexcept { return normal(x).integral; }

// gelu by tanh is x sigmoid(u) for this u, and its derivative by x, which is bounded where sigmoid(u) is 0 or 1: what has
// overflowed would be NaN beside a slope of 0.
template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline W gelu_argument(W x) noexcept {
  return W(1.5957691216057307117) * x * (W{1} + W(0.044715) * x * x);
}
template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline W gelu_argument_slope(W x) noexcept {
  return W(1.5957691216057307117) * (W{1} + W(0.134145) * math::detail::at_most(x * x, W{1024}));
}

}  // namespace detail

struct Relu : OfNumbers {
  static constexpr const char* kName = "relu";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (std::is_unsigned_v<W>) {
      return x;
    } else {
      return x < W{0} ? W{0} : x;  // keeps NaN
    }
  }
};
struct ReluBackward : OfNumbers {
  static constexpr const char* kName = "relu_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W output) noexcept {
    return output <= W{0} ? W{0} : grad;
  }
};

struct Sigmoid : OfFloatsAndComplex {
  static constexpr const char* kName = "sigmoid";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      return detail::narrow<W>(math::complex::sigmoid(detail::wide(x)));
    } else {
      return math::sigmoid(x);
    }
  }
};
struct SigmoidBackward : OnlyFloatsAndComplex {
  static constexpr const char* kName = "sigmoid_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W output) noexcept {
    if constexpr (detail::kIsComplex<W>) {
      const W slope = detail::product(output, W{1 - output.real, -output.imag});
      return detail::product(grad, W{slope.real, -slope.imag});
    } else {
      return grad * (output * (W{1} - output));
    }
  }
};

struct Silu : OnlyFloats {
  static constexpr const char* kName = "silu";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x / (W{1} + math::exp(-x));
  }
};
struct SiluBackward : OnlyFloats {
  static constexpr const char* kName = "silu_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    const W s = math::sigmoid(x);
    return grad * (s * (W{1} + x * (W{1} - s)));
  }
};

struct Gelu : OnlyFloats {
  static constexpr const char* kName = "gelu";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x * detail::normal_integral(x);
  }
};
struct GeluBackward : OnlyFloats {
  static constexpr const char* kName = "gelu_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    const detail::Normal<W> normal = detail::normal(x);
    return grad * (normal.integral + x * (W(0.39894228040143267794) * normal.bell));
  }
};

// 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))), as (1 + tanh(v)) / 2 = sigmoid(2 v).
struct GeluTanh : OnlyFloats {
  static constexpr const char* kName = "gelu";
  template <class W>
  VT_POINTWISE W of(W x) noexcept {
    return x / (W{1} + math::exp(-detail::gelu_argument(x)));
  }
};
struct GeluTanhBackward : OnlyFloats {
  static constexpr const char* kName = "gelu_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x) noexcept {
    const W s = math::sigmoid(detail::gelu_argument(x));
    return grad * (s + x * (s * (W{1} - s)) * detail::gelu_argument_slope(x));
  }
};

// log(1 + e^(beta x)) / beta; x itself where beta x is above a threshold. Parameters: beta, threshold.
struct Softplus : OnlyFloats {
  static constexpr const char* kName = "softplus";
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    const W beta = static_cast<W>(p.first);
    const W scaled = x * beta;
    const W curved = math::log1p(math::exp(scaled)) / beta;
    return scaled > static_cast<W>(p.second) ? x : curved;
  }
};
struct SoftplusBackward : OnlyFloats {
  static constexpr const char* kName = "softplus_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x, const Parameters& p) noexcept {
    const W scaled = x * static_cast<W>(p.first);
    const W slope = math::sigmoid(scaled);
    return scaled > static_cast<W>(p.second) ? grad : grad * slope;
  }
};

// Parameters: the slope of negative numbers.
struct LeakyRelu : OnlyFloats {
  static constexpr const char* kName = "leaky_relu";
  template <class W>
  VT_POINTWISE W of(W x, const Parameters& p) noexcept {
    return x > W{0} ? x : x * static_cast<W>(p.first);
  }
};
struct LeakyReluBackward : OnlyFloats {
  static constexpr const char* kName = "leaky_relu_backward";
  template <class W>
  VT_POINTWISE W of(W grad, W x, const Parameters& p) noexcept {
    return x > W{0} ? grad : grad * static_cast<W>(p.first);
  }
};

using ActivationOps = OpList<Relu, ReluBackward, Sigmoid, SigmoidBackward, Silu, SiluBackward, Gelu, GeluBackward,
                             GeluTanh, GeluTanhBackward, Softplus, SoftplusBackward, LeakyRelu, LeakyReluBackward>;

}  // namespace vt::pointwise
