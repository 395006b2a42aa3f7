// SPDX-License-Identifier: Apache-2.0
// Elementary functions for float and double with one result everywhere: on each CPU instruction set and on CUDA devices.
#pragma once

#include <vt/cpp/philox.hpp>

#include <cstdint>
#include <limits>
#include <type_traits>

// Note [Bits of a function]
// Only multiplication, addition, subtraction, division and integer operations, each rounded once, and no fused
// multiply-add: built without contraction (-ffp-contract=off, nvcc --fmad=false) a function gives the same bits everywhere,
// which no libm promises. There are no branches, calls or tables, so that a plain loop over a function vectorises; what is
// selected by a condition is computed either way. Polynomials are minimax fits; the name of each states its interval.
// Functions are always inlined (see Note [Always inline] in vt/cpp/iter/float_formats.hpp). NaN gives NaN throughout.
namespace vt::math {

#define VT_MATH VT_HOST_DEVICE [[gnu::always_inline]] inline

namespace detail {

template <class To, class From>
VT_MATH To bits_as(From from) noexcept {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  __builtin_memcpy(&to, &from, sizeof to);
  return to;
}

// The format of T, and its polynomials' interval ends.
template <class T>
struct Format;
template <>
struct Format<float> {
  using Bits = uint32_t;
  static constexpr int kMantissa = 23;
  static constexpr int kBias = 127;
  static constexpr float kRounder =
      0x1.8p23f;                             // adding it rounds to an integer, whose bits are then the last of the sum
  static constexpr float kUnits = 0x1p23f;   // the first number whose last bit is worth 1
  static constexpr float kMinExp = -104.0f;  // exp is 0 below and infinite above
  static constexpr float kMaxExp = 89.0f;
  static constexpr float kMinExpm1 = -18.0f;  // expm1 is -1 below
  static constexpr float kTanhOne = 10.0f;    // tanh is 1 above
  static constexpr float kLog2E = 0x1.715476p0f;
  static constexpr float kLn2High = 0x1.62e4p-1f;  // times a small integer is exact
  static constexpr float kLn2Low = 0x1.7f7d1cp-20f;
  static constexpr float kLog2EHigh = 0x1.714p0f;  // times a number without its kSplit last bits is exact
  static constexpr float kLog2ELow = 0x1.47652cp-12f;
  static constexpr int kSplit = 12;
  static constexpr float kMinNormal = 0x1p-126f;
  static constexpr float kSubnormalScale = 0x1p24f;
  static constexpr float kSubnormalExponent = 24.0f;
  static constexpr Bits kSqrtHalf = 0x3f3504f3u;
  static constexpr float kErfOne = 4.0f;  // erf is 1 above
};
template <>
struct Format<double> {
  using Bits = uint64_t;
  static constexpr int kMantissa = 52;
  static constexpr int kBias = 1023;
  static constexpr double kRounder = 0x1.8p52;
  static constexpr double kUnits = 0x1p52;
  static constexpr double kMinExp = -746.0;
  static constexpr double kMaxExp = 710.0;
  static constexpr double kMinExpm1 = -38.0;
  static constexpr double kTanhOne = 20.0;
  static constexpr double kLog2E = 0x1.71547652b82fep0;
  static constexpr double kLn2High = 0x1.62e42fefa4p-1;
  static constexpr double kLn2Low = -0x1.8432a1b0e2634p-43;
  static constexpr double kLog2EHigh = 0x1.715476p0;
  static constexpr double kLog2ELow = 0x1.4ae0bf85ddf44p-26;
  static constexpr int kSplit = 25;
  static constexpr double kMinNormal = 0x1p-1022;
  static constexpr double kSubnormalScale = 0x1p54;
  static constexpr double kSubnormalExponent = 54.0;
  static constexpr Bits kSqrtHalf = 0x3fe6a09e667f3bcdu;
  static constexpr double kErfOne = 6.0;
};
template <class T>
using Bits = typename Format<T>::Bits;

template <class T>
inline constexpr T kInfinity = std::numeric_limits<T>::infinity();
template <class T>
inline constexpr T kNaN = std::numeric_limits<T>::quiet_NaN();
template <class T>
inline constexpr Bits<T> kSignBit = Bits<T>{1} << (8 * sizeof(T) - 1);

// c0 + c1 x + c2 x^2 + ...
template <class T>
VT_MATH T polynomial(T, T c0) noexcept {
  return c0;
}
template <class T, class... Rest>
VT_MATH T polynomial(T x, T c0, Rest... rest) noexcept {
  return c0 + x * polynomial(x, rest...);
}

template <class T>
VT_MATH T magnitude(T x) noexcept {
  return bits_as<T>(bits_as<Bits<T>>(x) & ~kSignBit<T>);
}
template <class T>
VT_MATH T with_sign_of(T value, T sign) noexcept {
  return bits_as<T>((bits_as<Bits<T>>(value) & ~kSignBit<T>) | (bits_as<Bits<T>>(sign) & kSignBit<T>));
}
// These keep a NaN.
template <class T>
VT_MATH T at_least(T x, T low) noexcept {
  return x < low ? low : x;
}
template <class T>
VT_MATH T at_most(T x, T high) noexcept {
  return x > high ? high : x;
}

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

// x = q pi/2 + r + rest with |r| <= pi/4 and a rounding more; the last bits of `rounded` are q.
struct Angle {
  uint64_t quadrant;
  double r;
  double rest;
};
VT_MATH Angle reduce_angle(double x) noexcept {
  const double rounded = x * 0x1.45f306dc9c883p-1 + Format<double>::kRounder;
  const double n = rounded - Format<double>::kRounder;
  // Products of n with 25 bits are exact, and so are the first two differences.
  const double y = (x - n * 0x1.921fb5p+0) - n * 0x1.110b46p-26;
  const double third = n * 0x1.1a6263p-54;
  const double r = y - third;
  const double rest = ((y - r) - third) - n * 0x1.8a2e03707344ap-81;
  return {bits_as<uint64_t>(rounded), r, rest};
}

// sin(x) for turn 0, cos(x) for turn 1.
VT_MATH double sine(double x, uint64_t turn) noexcept {
  const Angle angle = reduce_angle(x);
  const double r = angle.r;
  const double z = r * r;
  const double s = z * r *
                   polynomial(z, -0x1.5555555555549p-3, 0x1.111111110f841p-7, -0x1.a01a019c0a256p-13,
                              0x1.71de3570fae4cp-19, -0x1.ae5e60c2d87abp-26, 0x1.5d915da1882a7p-33);
  const double c = z * z *
                   polynomial(z, 0x1.555555555554cp-5, -0x1.6c16c16c15140p-10, 0x1.a01a019cab74bp-16,
                              -0x1.27e4f80534267p-22, 0x1.1ee9e89104e0dp-29, -0x1.8facd18133a41p-37);
  const double half = 0.5 * z;
  const double sin_r = r + (s + angle.rest * (1.0 - half));
  const double high = 1.0 - half;
  const double cos_r = high + (((1.0 - high) - half) + (c - r * angle.rest));
  const uint64_t quadrant = angle.quadrant + turn;
  const double value = quadrant & 1 ? cos_r : sin_r;
  return bits_as<double>(bits_as<uint64_t>(value) ^ (quadrant >> 1 << 63));
}
VT_MATH float sine(float x, uint64_t turn) noexcept {
  const Angle angle = reduce_angle(static_cast<double>(x));
  const double r = angle.r;
  const double z = r * r;
  const double sin_r =
      r +
      r * z * polynomial(z, -0x1.5555554ca9318p-3, 0x1.11110889f42ecp-7, -0x1.a00f93969d814p-13, 0x1.6cd5ebaf7c620p-19);
  const double cos_r =
      1.0 - 0.5 * z + z * z * polynomial(z, 0x1.55554aa44239dp-5, -0x1.6c0c81a4697e4p-10, 0x1.99ff577e46018p-16);
  const uint64_t quadrant = angle.quadrant + turn;
  const double value = quadrant & 1 ? cos_r : sin_r;
  return static_cast<float>(bits_as<double>(bits_as<uint64_t>(value) ^ (quadrant >> 1 << 63)));
}

// value + rest: a number to about twice the precision.
struct Pair {
  double value;
  double rest;
};
VT_MATH Pair sum_of(double a, double b) noexcept {
  const double sum = a + b;
  const double b_in_sum = sum - a;
  return {sum, (a - (sum - b_in_sum)) + (b - b_in_sum)};
}
// Dekker's product (Numerische Mathematik 18, 1971); for magnitudes below 2^970.
VT_MATH Pair product_of(double a, double b) noexcept {
  const double product = a * b;
  const double a_split = a * 0x1.0000002p27;
  const double b_split = b * 0x1.0000002p27;
  const double a_high = a_split - (a_split - a);
  const double b_high = b_split - (b_split - b);
  const double a_low = a - a_high;
  const double b_low = b - b_high;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}
VT_MATH Pair product_of(Pair a, Pair b) noexcept {
  const Pair product = product_of(a.value, b.value);
  return sum_of(product.value, product.rest + (a.value * b.rest + a.rest * b.value));
}

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

// atan(t) - t for |t| <= tan(pi/8), as exactly as a T needs.
template <class T>
VT_MATH double atan_tail(double t) noexcept {
  const double z = t * t;
  if constexpr (std::is_same_v<T, float>) {
    return t * z *
           polynomial(z, -0x1.555554c7e5eafp-2, 0x1.999919c3dd973p-3, -0x1.247ef6d560956p-3, 0x1.c4666901830c6p-4,
                      -0x1.5b3c0a68747fep-4, 0x1.84cd319927ddfp-5);
  } else {
    return t * z *
           polynomial(z, -0x1.555555555553dp-2, 0x1.9999999995862p-3, -0x1.24924922ad931p-3, 0x1.c71c70e62f8d2p-4,
                      -0x1.745cf8dfe7168p-4, 0x1.3b11194ae26f7p-4, -0x1.10ebb959f0054p-4, 0x1.df0f49e0e4ceap-5,
                      -0x1.9cd26446f93cfp-5, 0x1.37d3e99a557e4p-5, -0x1.2564ac34f4751p-6);
  }
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

// The logarithm to base 2, within 1 ulp; exact at powers of two.
template <class T>
VT_MATH T log2(T x) noexcept {
  using F = detail::Format<T>;
  using B = detail::Bits<T>;
  const detail::LogParts<T> p = detail::log_parts(x);
  const T high = detail::bits_as<T>(detail::bits_as<B>(p.f - p.half_square) >> F::kSplit << F::kSplit);
  const T low = ((p.f - high) - p.half_square) + p.s * (p.half_square + p.r);
  // The exponent and the leading part of the fraction are added with what their rounding loses.
  const T leading = high * F::kLog2EHigh;
  const T sum = p.exponent + leading;
  const T lost = (p.exponent - sum) + leading;
  return detail::log_or_special(x, sum + (lost + ((low + high) * F::kLog2ELow + low * F::kLog2EHigh)));
}

// Sine and cosine within 1 ulp for |x| <= 2^28; beyond, they lose all meaning gradually. NaN at infinities.
template <class T>
VT_MATH T sin(T x) noexcept {
  return x == T{0} ? x : detail::sine(x, 0);  // keeps the sign of -0
}
template <class T>
VT_MATH T cos(T x) noexcept {
  return detail::sine(x, 1);
}

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

// The error function, within 2 ulp: x + x E(x^2) up to 1, 1 - e^P(x) with P = log erfc beyond.
template <class T>
VT_MATH T erf(T x) noexcept {
  using detail::polynomial;
  const T a = detail::at_most(detail::magnitude(x), detail::Format<T>::kErfOne);
  const T z = a * a;
  T e, p;
  if constexpr (std::is_same_v<T, float>) {
    e = polynomial(z, 0x1.06eba8p-3f, -0x1.81273ep-2f, 0x1.ce2d20p-4f, -0x1.b7fbb4p-6f, 0x1.5419f6p-8f,
                   -0x1.a485ecp-11f, 0x1.4ae4cep-14f);
    p = polynomial(a, -0x1.72f3f6p-12f, -0x1.2085aep+0f, -0x1.46c590p-1f, -0x1.a60a30p-4f, 0x1.654180p-6f,
                   -0x1.814b94p-9f, 0x1.852b34p-13f);
  } else {
    e = polynomial(z, 0x1.06eba8214db68p-3, -0x1.812746b0379c2p-2, 0x1.ce2f21a041017p-4, -0x1.b82ce31206285p-6,
                   0x1.565bccfa9a25ep-8, -0x1.c02db072e8efbp-11, 0x1.f9a2bf7323192p-14, -0x1.f4ca948fc033ap-17,
                   0x1.b9827ad66c41ap-20, -0x1.5c16e20063159p-23, 0x1.d7848f20d7367p-27, -0x1.acdff40c97155p-31);
    p = polynomial(a - 2.0, -0x1.575b329b1f514p+2, -0x1.1ac3258a8dc2ap+2, -0x1.d8f5dece92969p-1, -0x1.0dc3b5fb312c1p-6,
                   0x1.d406b378c1030p-9, -0x1.7ffcfb0211562p-11, 0x1.1bc3a4d24d44bp-13, -0x1.5b659d1f07ea2p-16,
                   0x1.0604a10252d91p-19, 0x1.b5801ef210c42p-23, -0x1.73e221d4cbe82p-23, 0x1.ef9ba80d92f36p-25,
                   -0x1.e0b1703900796p-27, 0x1.66a6027e5e394p-29, -0x1.1a6e4c88100dep-32, -0x1.3a9f3269aba03p-34,
                   0x1.421bc41f774b0p-35, -0x1.564ffd47a4fe8p-38);
  }
  const T small = a + a * e;
  const T large = T{1} - detail::exp_of_moderate(p);
  return detail::with_sign_of(a < T{1} ? small : large, x);
}

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

// The angle of the point (x, y), within 1 ulp for float and 2 for double; special values as in C.
template <class T>
VT_MATH T atan2(T y, T x) noexcept {
  const double a = detail::magnitude(static_cast<double>(x));
  const double b = detail::magnitude(static_cast<double>(y));
  const bool is_steep = b > a;
  // Scaled, so that the sum of the largest numbers does not overflow.
  const double scale = a + b > 0x1p1000 ? 0x1p-4 : 1.0;
  const double high = (is_steep ? b : a) * scale;
  const double low = (is_steep ? a : b) * scale;
  // Beyond half an octant the angle is taken from the diagonal.
  const bool from_diagonal = (low > 0x1.a827999fcef32p-2 * high) | (low == detail::kInfinity<double>);
  const double difference = low == high ? 0.0 : low - high;
  const double sum = low + high;
  const double num = from_diagonal ? difference : low;
  const double den = from_diagonal ? sum : high;
  const double t = num == 0.0 ? 0.0 : num / den;
  const double tail = detail::atan_tail<T>(t);
  // In eighths of a turn: from the diagonal 1, reflected at 2 when steep, reflected at 4 when x is negative.
  const double first = from_diagonal ? 1.0 : 0.0;
  const double second = is_steep ? 2.0 - first : first;
  const bool is_left = detail::bits_as<uint64_t>(static_cast<double>(x)) >> 63 != 0;
  const double eighths = is_left ? 4.0 - second : second;
  const double sign = is_steep != is_left ? -1.0 : 1.0;
  const detail::Pair angle = detail::sum_of(eighths * 0x1.921fb54442d18p-1, sign * t);
  const double result = angle.value + (angle.rest + (sign * tail + eighths * 0x1.1a62633145c07p-55));
  const T rounded = static_cast<T>(result);
  return (x != x) | (y != y) ? detail::kNaN<T> : detail::with_sign_of(rounded, y);
}

#undef VT_MATH

}  // namespace vt::math
