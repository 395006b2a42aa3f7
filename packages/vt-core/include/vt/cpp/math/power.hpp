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

// log2(x) for positive finite x that is a float, to 37 bits: all that the powers of floats take.
VT_MATH double log2_of_float(double x) noexcept {
  using F = Format<double>;
  const uint64_t bits = bits_as<uint64_t>(x) - F::kSqrtHalf;
  const double m = bits_as<double>((bits & ((uint64_t{1} << F::kMantissa) - 1)) + F::kSqrtHalf);
  constexpr uint64_t kOne = uint64_t{F::kBias} << F::kMantissa;
  const double exponent =
      bits_as<double>(((bits + kOne) >> F::kMantissa) | bits_as<uint64_t>(F::kUnits)) - (F::kUnits + double{F::kBias});
  const double s = (m - 1.0) / (m + 1.0);
  const double log = s * polynomial(s * s, 0x1.71547652bedeep+1, 0x1.ec709d12d0b09p-1, 0x1.27777fe871225p-1,
                                    0x1.a58d88a0a04d8p-2, 0x1.5ce859b92a19cp-2);
  return log_or_special(x, exponent + log);
}

// 2^v to 34 bits, 0 or infinite as a float beyond what one holds.
VT_MATH double exp2_to_float(double v) noexcept {
  const double kept = at_most(at_least(v, -200.0), 200.0);
  const double rounded = kept + Format<double>::kRounder;
  const double f = kept - (rounded - Format<double>::kRounder);
  return power_of_two(rounded) * polynomial(f, 0x1.ffffffffab99fp-1, 0x1.62e42ff116c8ep-1, 0x1.ebfbe0a4f464ep-3,
                                            0x1.c6b08aae4779cp-5, 0x1.3b29dc132d72bp-7, 0x1.5d8a7114e2028p-10,
                                            0x1.446a44c8a206bp-13, 0x1.fe174c05e78b4p-17);
}

// Beyond these exponents every power but that of 1 is 0 or infinite.
VT_MATH double bounded_exponent(double y) noexcept { return at_most(at_least(y, -0x1p66), 0x1p66); }

// What the sign of x and the zeros and ones make of |x|^y.
template <class T>
VT_MATH T power_or_special(T x, T y, T power) noexcept {
  constexpr T kUnits = Format<T>::kUnits;
  const T size = magnitude(y);
  const T nearest = (size + kUnits) - kUnits;
  const T half = size * T{0.5};
  const T half_nearest = (half + kUnits) - kUnits;
  // What depends on y alone is a number, not a condition: a loop with one y for all x vectorises.
  const T sign = magnitude(half - half_nearest) == T{0.5} ? T{-1} : T{1};
  const T defined = (size >= kUnits) | (nearest == size) ? T{1} : kNaN<T>;
  const T sign_taken = (bits_as<Bits<T>>(x) & kSignBit<T>) != 0 ? sign * power : power;
  const T result = (x < T{0}) & (x > -kInfinity<T>) ? sign_taken * defined : sign_taken;
  const T of_one = x == T{1} ? T{1} : result;
  return y == T{0} ? T{1} : of_one;
}

}  // namespace detail

// x^y, within 1 ulp for float and 2 for double; special values as in C.
template <class T>
VT_MATH T pow(T x, T y) noexcept {
  if constexpr (std::is_same_v<T, float>) {
    // The logarithm of a float times a float leaves bits enough in a double.
    const double log2_x = detail::log2_of_float(static_cast<double>(detail::magnitude(x)));
    const double power = detail::exp2_to_float(detail::bounded_exponent(static_cast<double>(y)) * log2_x);
    return detail::power_or_special(x, y, static_cast<float>(power));
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
