// SPDX-License-Identifier: Apache-2.0
// Hyperbolic functions and the logistic one.
#pragma once

#include <vt/cpp/math/exponential.hpp>

namespace vt::math {

// Within 3 ulp.
template <class T>
VT_MATH T tanh(T x) noexcept {
  using F = detail::Format<T>;
  const detail::ExpParts<T> parts = detail::exp_parts(T{2} * detail::at_most(detail::magnitude(x), F::kTanhOne));
  const T power = detail::power_of_two(parts.rounded);
  const T expm1_2x = power * parts.expm1_f + (power - T{1});
  return detail::with_sign_of(expm1_2x / (expm1_2x + T{2}), x);
}

// 1 / (1 + e^-x), within 2.5 ulp.
template <class T>
VT_MATH T sigmoid(T x) noexcept {
  return T{1} / (T{1} + exp(-x));
}

}  // namespace vt::math
