// SPDX-License-Identifier: Apache-2.0
// What the elementary functions are made of: formats, polynomials, sums and products to twice the precision.
#pragma once

#include <vt/cpp/philox.hpp>

#include <cstdint>
#include <limits>
#include <type_traits>

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
  static constexpr float kLog10EHigh = 0x1.bcap-2f;
  static constexpr float kLog10ELow = 0x1.7b1526p-14f;
  static constexpr float kLog10Of2High = 0x1.344p-2f;  // times an exponent is exact
  static constexpr float kLog10Of2Low = 0x1.3509f8p-18f;
  static constexpr int kSplit = 12;
  static constexpr float kMinNormal = 0x1p-126f;
  static constexpr float kSubnormalScale = 0x1p24f;
  static constexpr float kSubnormalExponent = 24.0f;
  static constexpr Bits kSqrtHalf = 0x3f3504f3u;
  static constexpr float kErfOne = 3.93f;  // erf is 1 above
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
  static constexpr double kLog10EHigh = 0x1.bcb7b1p-2;
  static constexpr double kLog10ELow = 0x1.49b9438ca9aaep-28;
  static constexpr double kLog10Of2High = 0x1.34413509f78p-2;
  static constexpr double kLog10Of2Low = 0x1.fef311f12b358p-46;
  static constexpr int kSplit = 25;
  static constexpr double kMinNormal = 0x1p-1022;
  static constexpr double kSubnormalScale = 0x1p54;
  static constexpr double kSubnormalExponent = 54.0;
  static constexpr Bits kSqrtHalf = 0x3fe6a09e667f3bcdu;
  static constexpr double kErfOne = 5.93;
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

// The same of many coefficients, as four sums over every fourth of them: a chain of multiplications a quarter as long, of
// which a processor has more than one under way.
template <int kFirst, class T>
VT_MATH T every_fourth(T) noexcept {
  return T{0};
}
template <int kFirst, class T, class... Rest>
VT_MATH T every_fourth(T x4, T c0, Rest... rest) noexcept {
  if constexpr (kFirst > 0) {
    return every_fourth<kFirst - 1>(x4, rest...);
  } else if constexpr (sizeof...(Rest) < 4) {
    return c0;
  } else {
    return c0 + x4 * every_fourth<3>(x4, rest...);
  }
}
template <class T, class... Coefficients>
VT_MATH T long_polynomial(T x, Coefficients... c) noexcept {
  static_assert(sizeof...(c) >= 8);
  const T x2 = x * x;
  const T x4 = x2 * x2;
  return (every_fourth<0>(x4, c...) + x * every_fourth<1>(x4, c...)) +
         x2 * (every_fourth<2>(x4, c...) + x * every_fourth<3>(x4, c...));
}

template <class T>
VT_MATH T magnitude(T x) noexcept {
  return bits_as<T>(bits_as<Bits<T>>(x) & ~kSignBit<T>);
}
template <class T>
VT_MATH T with_sign_of(T value, T sign) noexcept {
  return bits_as<T>((bits_as<Bits<T>>(value) & ~kSignBit<T>) | (bits_as<Bits<T>>(sign) & kSignBit<T>));
}
VT_MATH float square_root(float x) noexcept { return __builtin_sqrtf(x); }
VT_MATH double square_root(double x) noexcept { return __builtin_sqrt(x); }
// These keep a NaN.
template <class T>
VT_MATH T at_least(T x, T low) noexcept {
  return x < low ? low : x;
}
template <class T>
VT_MATH T at_most(T x, T high) noexcept {
  return x > high ? high : x;
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

}  // namespace detail

}  // namespace vt::math
