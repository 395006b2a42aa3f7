// SPDX-License-Identifier: Apache-2.0
// Trigonometric functions and their inverses.
#pragma once

#include <vt/cpp/math/format.hpp>

namespace vt::math {

namespace detail {

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

// Sine and cosine within 1 ulp for |x| <= 2^28; beyond, they lose all meaning gradually. NaN at infinities.
template <class T>
VT_MATH T sin(T x) noexcept {
  return x == T{0} ? x : detail::sine(x, 0);  // keeps the sign of -0
}
template <class T>
VT_MATH T cos(T x) noexcept {
  return detail::sine(x, 1);
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

}  // namespace vt::math
