// SPDX-License-Identifier: Apache-2.0
// Hyperbolic functions and the logistic one.
#pragma once

#include <vt/cpp/math/exponential.hpp>

namespace vt::math {

namespace detail {

// e^a / 2 for a >= 0, which overflows no sooner than sinh and cosh do.
template <class T>
VT_MATH T half_exp(T a) noexcept {
  const ExpParts<T> parts = exp_parts(at_most(a, Format<T>::kMaxExp + T{1}));
  return (T{1} + parts.expm1_f) * power_of_two(parts.rounded - T{2}) * T{2};
}

// Beyond it the squares in the inverse functions leave nothing of the 1 beside them: asinh(x) = log(2x).
template <class T>
inline constexpr T kLargeArgument = std::is_same_v<T, float> ? T(0x1p13) : T(0x1p28);

}  // namespace detail

// Within 3 ulp.
template <class T>
VT_MATH T tanh(T x) noexcept {
  using F = detail::Format<T>;
  const detail::ExpParts<T> parts = detail::exp_parts(T{2} * detail::at_most(detail::magnitude(x), F::kTanhOne));
  const T power = detail::power_of_two(parts.rounded);
  const T expm1_2x = power * parts.expm1_f + (power - T{1});
  return detail::with_sign_of(expm1_2x / (expm1_2x + T{2}), x);
}

// Within 2 ulp.
template <class T>
VT_MATH T sinh(T x) noexcept {
  const T a = detail::magnitude(x);
  const T z = a * a;
  T p;
  if constexpr (std::is_same_v<T, float>) {
    p = detail::polynomial(z, 0x1.555556p-3f, 0x1.1110e2p-7f, 0x1.a02156p-13f, 0x1.75a6f6p-19f);
  } else {
    p = detail::polynomial(z, 0x1.5555555555555p-3, 0x1.1111111111199p-7, 0x1.a01a01a007b1fp-13, 0x1.71de3a6822fdcp-19,
                           0x1.ae644209f41e4p-26, 0x1.6130ad0fce5b2p-33, 0x1.a6d46692e951ap-41, 0x1.c36257b33a5dap-48);
  }
  const T half = detail::half_exp(a);
  return detail::with_sign_of(a < T{1} ? a + a * z * p : half - T{0.25} / half, x);
}
template <class T>
VT_MATH T cosh(T x) noexcept {
  const T half = detail::half_exp(detail::magnitude(x));
  return half + T{0.25} / half;
}

// The inverses are within 4 ulp; acosh is NaN below 1, atanh beyond [-1, 1].
template <class T>
VT_MATH T asinh(T x) noexcept {
  const T a = detail::magnitude(x);
  const bool is_large = a > detail::kLargeArgument<T>;
  const T z = a * a;
  const T beyond_one = a + z / (T{1} + detail::square_root(T{1} + z));
  const T log = log1p(is_large ? a - T{1} : beyond_one) + (is_large ? T(0x1.62e42fefa39efp-1) : T{0});
  return detail::with_sign_of(log, x);
}
template <class T>
VT_MATH T acosh(T x) noexcept {
  const T t = x - T{1};
  const bool is_large = x > detail::kLargeArgument<T>;
  const T beyond_one = t + detail::square_root(t * (x + T{1}));
  const T log = log1p(is_large ? t : beyond_one) + (is_large ? T(0x1.62e42fefa39efp-1) : T{0});
  return x < T{1} ? detail::kNaN<T> : log;
}
template <class T>
VT_MATH T atanh(T x) noexcept {
  const T a = detail::magnitude(x);
  return detail::with_sign_of(T{0.5} * log1p(T{2} * a / (T{1} - a)), x);
}

// 1 / (1 + e^-x), within 2.5 ulp.
template <class T>
VT_MATH T sigmoid(T x) noexcept {
  return T{1} / (T{1} + exp(-x));
}

}  // namespace vt::math
