// SPDX-License-Identifier: Apache-2.0
// Powers.
#pragma once

#include <vt/cpp/math/exponential.hpp>

namespace vt::math {

namespace detail {

// log2(x) for positive finite x, to some 12 bits more than a double.
VT_MATH Pair log2_pair(double x) noexcept {
  const LogParts<double> p = log_parts(x);
  const Pair g = sum_of(2.0, p.f);
  const double s_value = p.f / g.value;
  const Pair back = product_of(s_value, g.value);
  const Pair s{s_value, (((p.f - back.value) - back.rest) - s_value * g.rest) / g.value};
  const Pair z = product_of(s, s);
  const double tail =
      z.value * polynomial(z.value, 0x1.9999999999a0fp-2, 0x1.2492492479c6cp-2, 0x1.c71c71fe7aa8dp-3,
                           0x1.745cf9a757f76p-3, 0x1.3b1c263215538p-3, 0x1.0fbec58bf1d83p-3, 0x1.0c0c4bdec0a8dp-3);
  const Pair two_thirds_and_tail = sum_of(0x1.5555555555555p-1, tail);
  const Pair cubic =
      product_of(product_of(z, s), {two_thirds_and_tail.value, two_thirds_and_tail.rest + 0x1.5555555555555p-55});
  const Pair log = sum_of(2.0 * s.value, cubic.value);
  const Pair fraction =
      product_of({log.value, log.rest + (2.0 * s.rest + cubic.rest)}, {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56});
  const Pair sum = sum_of(p.exponent, fraction.value);
  return {sum.value, sum.rest + fraction.rest};
}

// 2^v, by two powers of two as in exp.
VT_MATH double exp2_of(Pair v) noexcept {
  using F = Format<double>;
  const double kept = at_most(at_least(v.value, -1100.0), 1100.0);
  const double rounded = kept + F::kRounder;
  const double f = kept - (rounded - F::kRounder);
  const double rest = v.value == kept ? v.rest : 0.0;
  const ExpParts<double> parts =
      exp_parts(f * 0x1.62e42fefa39efp-1 + (f * 0x1.abc9e3b39803fp-56 + rest * 0x1.62e42fefa39efp-1));
  const double value = (1.0 + parts.expm1_f) * power_of_two(parts.rounded);
  const uint64_t exponents = bits_as<uint64_t>(rounded) - bits_as<uint64_t>(F::kRounder) + 2 * F::kBias;
  const uint64_t half = exponents >> 1;
  return value * bits_as<double>(half << F::kMantissa) * bits_as<double>((exponents - half) << F::kMantissa);
}

// Beyond these exponents every power but that of 1 is 0 or infinite.
VT_MATH double bounded_exponent(double y) noexcept { return at_most(at_least(y, -0x1p66), 0x1p66); }

// What the sign of x and the zeros and ones make of |x|^y.
VT_MATH double power_or_special(double x, double y, double power) noexcept {
  const double size = magnitude(y);
  const double nearest = (size + 0x1p52) - 0x1p52;
  const double half = size * 0.5;
  const double half_nearest = (half + 0x1p52) - 0x1p52;
  // What depends on y alone is a number, not a condition: a loop with one y for all x vectorises.
  const double sign = magnitude(half - half_nearest) == 0.5 ? -1.0 : 1.0;
  const double defined = (size >= 0x1p52) | (nearest == size) ? 1.0 : kNaN<double>;
  const double sign_taken = bits_as<int64_t>(x) < 0 ? sign * power : power;
  const double result = (x < 0.0) & (x > -kInfinity<double>) ? sign_taken * defined : sign_taken;
  const double of_one = x == 1.0 ? 1.0 : result;
  return y == 0.0 ? 1.0 : of_one;
}

}  // namespace detail

// x^y, within 1 ulp for float and 2 for double; special values as in C.
template <class T>
VT_MATH T pow(T x, T y) noexcept {
  if constexpr (std::is_same_v<T, float>) {
    // The logarithm of a float times a float leaves bits enough in a double.
    const double base = static_cast<double>(x);
    const double exponent = static_cast<double>(y);
    const double power = detail::exp2_of({detail::bounded_exponent(exponent) * log2(detail::magnitude(base)), 0.0});
    return static_cast<float>(detail::power_or_special(base, exponent, power));
  } else {
    const double size = detail::magnitude(x);
    const double bounded = detail::bounded_exponent(y);
    const detail::Pair log2_x = detail::log2_pair(size);
    const detail::Pair product = detail::product_of(bounded, log2_x.value);
    const bool is_regular = (size > 0.0) & (size < detail::kInfinity<double>);
    const double power = detail::exp2_of(
        {is_regular ? product.value : y * log2(size), is_regular ? product.rest + bounded * log2_x.rest : 0.0});
    return detail::power_or_special(x, y, power);
  }
}

}  // namespace vt::math
