// SPDX-License-Identifier: Apache-2.0
// Exponentials and logarithms.
#pragma once

#include <vt/cpp/math/format.hpp>

namespace vt::math {

namespace detail {

// x = n ln 2 + f with |f| <= ln 2 / 2; expm1_f = e^f - 1. The last bits of `rounded` are n.
template <class T>
struct ExpParts {
  T rounded;
  T expm1_f;
};
template <class T>
VT_MATH ExpParts<T> exp_parts(T x) noexcept {
  using F = Format<T>;
  const T rounded = x * F::kLog2E + F::kRounder;
  const T n = rounded - F::kRounder;
  const T f = (x - n * F::kLn2High) - n * F::kLn2Low;
  T q;
  if constexpr (std::is_same_v<T, float>) {
    q = polynomial(f, 0.5f, 0x1.5554aep-3f, 0x1.555486p-5f, 0x1.12287ep-7f, 0x1.6d99c2p-10f);
  } else {
    q = polynomial(f, 0x1.0000000000005p-1, 0x1.555555555555cp-3, 0x1.5555555552093p-5, 0x1.111111110e67ep-7,
                   0x1.6c16c17f51e5cp-10, 0x1.a01a01b5f843fp-13, 0x1.a019a631d43b8p-16, 0x1.71dde9b87b19fp-19,
                   0x1.28a302f5f2714p-22, 0x1.af772d1cb4e74p-26);
  }
  return {rounded, f + f * f * q};
}

// 2^n for -bias < n <= bias + 1 (the last infinite), from `rounded` of exp_parts.
template <class T>
VT_MATH T power_of_two(T rounded) noexcept {
  using F = Format<T>;
  return bits_as<T>((bits_as<Bits<T>>(rounded) + F::kBias) << F::kMantissa);
}

// exp(x) without the care for subnormal results: x must be at least -87 (float) or -708 (double); infinite above 88 or 709.
template <class T>
VT_MATH T exp_of_moderate(T x) noexcept {
  const ExpParts<T> parts = exp_parts(x);
  return (T{1} + parts.expm1_f) * power_of_two(parts.rounded);
}

// u = m 2^exponent with m in [sqrt(1/2), sqrt(2)): s = f / (2 + f) and log(1 + f) = f - half_square + s (half_square + r)
// for f = m - 1.
template <class T>
struct LogParts {
  T exponent;
  T f;
  T half_square;
  T s;
  T r;
};
// For positive finite u.
template <class T>
VT_MATH LogParts<T> log_parts(T u) noexcept {
  using F = Format<T>;
  using B = Bits<T>;
  constexpr B kOne = B{F::kBias} << F::kMantissa;
  const bool is_subnormal = u < F::kMinNormal;
  const B bits = bits_as<B>(is_subnormal ? u * F::kSubnormalScale : u) - F::kSqrtHalf;
  const T m = bits_as<T>((bits & ((B{1} << F::kMantissa) - 1)) + F::kSqrtHalf);
  // The exponent, made positive by the bias, becomes the last bits of a float whose unit is 1.
  const T biased = bits_as<T>(((bits + kOne) >> F::kMantissa) | bits_as<B>(F::kUnits)) - (F::kUnits + T{F::kBias});
  const T exponent = biased - (is_subnormal ? F::kSubnormalExponent : T{0});
  const T f = m - T{1};
  const T s = f / (T{2} + f);
  const T z = s * s;
  T r;
  if constexpr (std::is_same_v<T, float>) {
    r = z * polynomial(z, 0x1.555554p-1f, 0x1.999a82p-2f, 0x1.2436fep-2f, 0x1.e340c4p-3f);
  } else {
    r = z * polynomial(z, 0x1.5555555555597p-1, 0x1.999999997e3dfp-2, 0x1.2492494379784p-2, 0x1.c71c50b67d6ccp-3,
                       0x1.7466884be4bd9p-3, 0x1.3999f6f4f6a10p-3, 0x1.2f5723f16a84dp-3);
  }
  return {exponent, f, T{0.5} * f * f, s, r};
}

// `result` for positive finite u, else what the logarithm of u is.
template <class T>
VT_MATH T log_or_special(T u, T result) noexcept {
  const T negative_or_nan = u == T{0} ? -kInfinity<T> : kNaN<T>;
  const T special = u > T{0} ? u : negative_or_nan;
  return (u > T{0}) & (u < kInfinity<T>) ? result : special;
}

}  // namespace detail

// e^x, within 1 ulp.
template <class T>
VT_MATH T exp(T x) noexcept {
  using F = detail::Format<T>;
  using B = detail::Bits<T>;
  const detail::ExpParts<T> parts = detail::exp_parts(detail::at_most(detail::at_least(x, F::kMinExp), F::kMaxExp));
  // By two powers of two, so that the result may overflow or become subnormal by a rounding.
  const B exponents = detail::bits_as<B>(parts.rounded) - detail::bits_as<B>(F::kRounder) + 2 * F::kBias;
  const B half = exponents >> 1;
  const T first = detail::bits_as<T>(half << F::kMantissa);
  const T second = detail::bits_as<T>((exponents - half) << F::kMantissa);
  return (T{1} + parts.expm1_f) * first * second;
}

// 2^x, within 1 ulp; exact at integers.
template <class T>
VT_MATH T exp2(T x) noexcept {
  using F = detail::Format<T>;
  using B = detail::Bits<T>;
  constexpr T kLeast = -T{F::kBias + F::kMantissa + 3};
  constexpr T kMost = T{F::kBias + 2};
  const T kept = detail::at_most(detail::at_least(x, kLeast), kMost);
  const T rounded = kept + F::kRounder;
  const T f = kept - (rounded - F::kRounder);
  T q;
  if constexpr (std::is_same_v<T, float>) {
    q = detail::polynomial(f, 0x1.62e43p-1f, 0x1.ebfbep-3f, 0x1.c6aedp-5f, 0x1.3b29aap-7f, 0x1.5f47ap-10f,
                           0x1.448fbp-13f);
  } else {
    q = detail::polynomial(f, 0x1.62e42fefa39efp-1, 0x1.ebfbdff82c58fp-3, 0x1.c6b08d704a0dap-5, 0x1.3b2ab6fba4e7cp-7,
                           0x1.5d87fe78a072fp-10, 0x1.430912f86a183p-13, 0x1.ffcbfc7dccc17p-17, 0x1.62c022491d636p-20,
                           0x1.b524cb7a56befp-24, 0x1.e4cef7423943dp-28, 0x1.ea1b37f49b47cp-32, 0x1.c4c7df18d307p-36);
  }
  const B exponents = detail::bits_as<B>(rounded) - detail::bits_as<B>(F::kRounder) + 2 * F::kBias;
  const B half = exponents >> 1;
  const T first = detail::bits_as<T>(half << F::kMantissa);
  const T second = detail::bits_as<T>((exponents - half) << F::kMantissa);
  return (T{1} + f * q) * first * second;
}

// e^x - 1, within 2.5 ulp.
template <class T>
VT_MATH T expm1(T x) noexcept {
  using F = detail::Format<T>;
  const detail::ExpParts<T> parts = detail::exp_parts(detail::at_most(detail::at_least(x, F::kMinExpm1), F::kMaxExp));
  const T half_power = detail::power_of_two(parts.rounded - T{1});
  return detail::with_sign_of(T{2} * (half_power * parts.expm1_f + (half_power - T{0.5})), x);
}

// The natural logarithm, within 1 ulp; -infinity at 0, NaN below.
template <class T>
VT_MATH T log(T x) noexcept {
  using F = detail::Format<T>;
  const detail::LogParts<T> p = detail::log_parts(x);
  const T low = p.s * (p.half_square + p.r) + p.exponent * F::kLn2Low;
  return detail::log_or_special(x, ((low - p.half_square) + p.f) + p.exponent * F::kLn2High);
}

// log(1 + x), within 2 ulp.
template <class T>
VT_MATH T log1p(T x) noexcept {
  using F = detail::Format<T>;
  const T u = T{1} + x;
  // What rounding took from 1 + x, exactly.
  const T x_in_u = u - T{1};
  const T lost = (T{1} - (u - x_in_u)) + (x - x_in_u);
  const detail::LogParts<T> p = detail::log_parts(u);
  const T low = p.s * (p.half_square + p.r) + (p.exponent * F::kLn2Low + lost / u);
  const T result = ((low - p.half_square) + p.f) + p.exponent * F::kLn2High;
  return detail::log_or_special(u, detail::with_sign_of(result, x));
}

namespace detail {

// log(m) of log_parts, in two parts: `high` has zeros for its last bits, so that its product with a short factor is exact.
template <class T>
struct SplitLog {
  T high;
  T low;
};
template <class T>
VT_MATH SplitLog<T> split_log(const LogParts<T>& p) noexcept {
  using F = Format<T>;
  using B = Bits<T>;
  const T high = bits_as<T>(bits_as<B>(p.f - p.half_square) >> F::kSplit << F::kSplit);
  return {high, ((p.f - high) - p.half_square) + p.s * (p.half_square + p.r)};
}

}  // namespace detail

// The logarithm to base 2, within 1 ulp; exact at powers of two.
template <class T>
VT_MATH T log2(T x) noexcept {
  using F = detail::Format<T>;
  const detail::LogParts<T> p = detail::log_parts(x);
  const auto [high, low] = detail::split_log(p);
  // The exponent and the leading part of the fraction are added with what their rounding loses.
  const T leading = high * F::kLog2EHigh;
  const T sum = p.exponent + leading;
  const T lost = (p.exponent - sum) + leading;
  return detail::log_or_special(x, sum + (lost + ((low + high) * F::kLog2ELow + low * F::kLog2EHigh)));
}

// The logarithm to base 10, within 1 ulp; exact at powers of ten.
template <class T>
VT_MATH T log10(T x) noexcept {
  using F = detail::Format<T>;
  const detail::LogParts<T> p = detail::log_parts(x);
  const auto [high, low] = detail::split_log(p);
  const T whole = p.exponent * F::kLog10Of2High;
  const T leading = high * F::kLog10EHigh;
  const T sum = whole + leading;
  const T lost = (whole - sum) + leading;
  const T rest = (low + high) * F::kLog10ELow + (low * F::kLog10EHigh + p.exponent * F::kLog10Of2Low);
  return detail::log_or_special(x, sum + (lost + rest));
}

}  // namespace vt::math
