// SPDX-License-Identifier: Apache-2.0
// Trigonometric functions and their inverses.
#pragma once

#include <vt/cpp/math/angle.hpp>

namespace vt::math {

namespace detail {

// The sine and the cosine of what an angle leaves in its quadrant, as exactly as a T needs.
struct SineCosine {
  double sine;
  double cosine;
};
template <class T>
VT_MATH SineCosine sine_cosine(const Angle& angle) noexcept {
  const double r = angle.r;
  const double z = r * r;
  if constexpr (std::is_same_v<T, float>) {
    return {r + r * z *
                    polynomial(z, -0x1.5555554ca9318p-3, 0x1.11110889f42ecp-7, -0x1.a00f93969d814p-13,
                               0x1.6cd5ebaf7c620p-19),
            1.0 - 0.5 * z + z * z * polynomial(z, 0x1.55554aa44239dp-5, -0x1.6c0c81a4697e4p-10, 0x1.99ff577e46018p-16)};
  } else {
    const double s = z * r *
                     polynomial(z, -0x1.5555555555549p-3, 0x1.111111110f841p-7, -0x1.a01a019c0a256p-13,
                                0x1.71de3570fae4cp-19, -0x1.ae5e60c2d87abp-26, 0x1.5d915da1882a7p-33);
    const double c = z * z *
                     polynomial(z, 0x1.555555555554cp-5, -0x1.6c16c16c15140p-10, 0x1.a01a019cab74bp-16,
                                -0x1.27e4f80534267p-22, 0x1.1ee9e89104e0dp-29, -0x1.8facd18133a41p-37);
    const double half = 0.5 * z;
    const double high = 1.0 - half;
    return {r + (s + angle.rest * (1.0 - half)), high + (((1.0 - high) - half) + (c - r * angle.rest))};
  }
}

// The sine of an angle for turn 0, its cosine for turn 1.
template <class T>
VT_MATH T sine_of(const Angle& angle, uint64_t turn) noexcept {
  const SineCosine parts = sine_cosine<T>(angle);
  const uint64_t quadrant = angle.quadrant + turn;
  const double value = quadrant & 1 ? parts.cosine : parts.sine;
  return static_cast<T>(bits_as<double>(bits_as<uint64_t>(value) ^ (quadrant >> 1 << 63)));
}
template <class T>
VT_MATH T tangent_of(const Angle& angle) noexcept {
  const SineCosine parts = sine_cosine<T>(angle);
  const bool is_odd = angle.quadrant & 1;
  return static_cast<T>((is_odd ? -parts.cosine : parts.sine) / (is_odd ? parts.sine : parts.cosine));
}

// atan(t) - t for 0 <= t <= 1 in float.
VT_MATH float atan_tail_to_one(float t) noexcept {
  const float z = t * t;
  return t * z *
         polynomial(z, -0x1.55554p-2f, 0x1.999266p-3f, -0x1.24262cp-3f, 0x1.c0c912p-4f, -0x1.58bddcp-4f, 0x1.dc9c56p-5f,
                    -0x1.013416p-5f, 0x1.6972e8p-7f, -0x1.dcdf54p-10f);
}

// atan(t) - t for |t| <= tan(pi/8).
VT_MATH double atan_tail(double t) noexcept {
  const double z = t * t;
  return t * z *
         polynomial(z, -0x1.555555555553dp-2, 0x1.9999999995862p-3, -0x1.24924922ad931p-3, 0x1.c71c70e62f8d2p-4,
                    -0x1.745cf8dfe7168p-4, 0x1.3b11194ae26f7p-4, -0x1.10ebb959f0054p-4, 0x1.df0f49e0e4ceap-5,
                    -0x1.9cd26446f93cfp-5, 0x1.37d3e99a557e4p-5, -0x1.2564ac34f4751p-6);
}

// pi and what its rounding loses.
template <class T>
inline constexpr T kPi = static_cast<T>(0x1.921fb54442d18p+1);
template <class T>
inline constexpr T kPiRest =
    std::is_same_v<T, float> ? static_cast<T>(-0x1.777a5cp-24) : static_cast<T>(0x1.1a62633145c07p-53);

// The arc sine of |x| is lead + tail up to 1/2, and pi/2 - 2 (lead + tail) where it is steep. (A condition in the struct
// would keep loops from vectorising.)
template <class T>
struct ArcSine {
  T lead;
  T tail;
};
template <class T>
VT_MATH ArcSine<T> arc_sine(T a, bool is_steep) noexcept {
  const T z = is_steep ? (T{1} - a) * T{0.5} : a * a;
  const T lead = is_steep ? square_root(z) : a;
  T p;
  if constexpr (std::is_same_v<T, float>) {
    p = polynomial(z, 0x1.5555c8p-3f, 0x1.330206p-4f, 0x1.747b6ep-5f, 0x1.8c41aap-6f, 0x1.59594ap-5f);
  } else {
    p = polynomial(z, 0x1.555555555539p-3, 0x1.333333336e83dp-4, 0x1.6db6db42772b3p-5, 0x1.f1c72c3a505c7p-6,
                   0x1.6e89f41a0745cp-6, 0x1.1c6be42f93992p-6, 0x1.c6fd8acdd5af2p-7, 0x1.8ec47f3168042p-7,
                   0x1.abc18b4a0a0cep-8, 0x1.3ffe907dfec42p-6, -0x1.09e34f7af37f1p-6, 0x1.05732590f34efp-5);
  }
  return {lead, lead * z * p};
}

}  // namespace detail

// Sine and cosine within 1 ulp, tan within 2.5; NaN at infinities. Zeros keep their sign.
template <class T>
VT_MATH T sin(T x) noexcept {
  return x == T{0} ? x : detail::sine_of<T>(detail::reduce_angle(static_cast<double>(x)), 0);
}
template <class T>
VT_MATH T cos(T x) noexcept {
  return detail::sine_of<T>(detail::reduce_angle(static_cast<double>(x)), 1);
}
template <class T>
VT_MATH T tan(T x) noexcept {
  return x == T{0} ? x : detail::tangent_of<T>(detail::reduce_angle(static_cast<double>(x)));
}

// The same for magnitudes up to 2^28, without branches.
template <class T>
VT_MATH T moderate_sin(T x) noexcept {
  return x == T{0} ? x : detail::sine_of<T>(detail::reduce_moderate_angle(static_cast<double>(x)), 0);
}
template <class T>
VT_MATH T moderate_cos(T x) noexcept {
  return detail::sine_of<T>(detail::reduce_moderate_angle(static_cast<double>(x)), 1);
}
template <class T>
VT_MATH T moderate_tan(T x) noexcept {
  return x == T{0} ? x : detail::tangent_of<T>(detail::reduce_moderate_angle(static_cast<double>(x)));
}
template <class T>
VT_MATH bool is_moderate_angle(T x) noexcept {
  return detail::magnitude(x) <= static_cast<T>(detail::kMostModerate);
}

// The inverses are within 2 ulp; NaN beyond [-1, 1] for the first two.
template <class T>
VT_MATH T asin(T x) noexcept {
  const T a = detail::magnitude(x);
  const bool is_steep = a > T{0.5};
  const detail::ArcSine<T> part = detail::arc_sine(a, is_steep);
  const T steep = (T{0.5} * detail::kPi<T> - T{2} * part.lead) - (T{2} * part.tail - T{0.5} * detail::kPiRest<T>);
  return detail::with_sign_of(is_steep ? steep : part.lead + part.tail, x);
}
template <class T>
VT_MATH T acos(T x) noexcept {
  const T a = detail::magnitude(x);
  const bool is_steep = a > T{0.5};
  const detail::ArcSine<T> part = detail::arc_sine(a, is_steep);
  const bool is_left = x < T{0};
  const T scale = is_steep ? T{2} : T{1};
  const T factor = is_steep == is_left ? -scale : scale;
  const T flat = is_left ? T{1} : T{0};
  const T turns = is_steep ? flat : T{0.5};
  return (turns * detail::kPi<T> + factor * part.lead) + (factor * part.tail + turns * detail::kPiRest<T>);
}
template <class T>
VT_MATH T atan(T x) noexcept {
  const T a = detail::magnitude(x);
  if constexpr (std::is_same_v<T, float>) {
    const bool is_steep = a > 1.0f;
    const float t = is_steep ? 1.0f / a : a;
    const float tail = detail::atan_tail_to_one(t);
    const float steep = (0.5f * detail::kPi<float> - t) - (tail - 0.5f * detail::kPiRest<float>);
    return detail::with_sign_of(is_steep ? steep : t + tail, x);
  } else {
    // From the nearest of 0, an eighth and a quarter of a turn.
    const bool is_low = a <= 0x1.a827999fcef32p-2;
    const bool is_high = a > 0x1.3504f333f9de6p+1;
    const double num = is_high ? -1.0 : a - 1.0;
    const double den = is_high ? a : a + 1.0;
    const double turned = num / den;
    const double t = is_low ? a : turned;
    const double some = is_high ? 0.5 : 0.25;
    const double turns = is_low ? 0.0 : some;
    const double value = turns * detail::kPi<double> + (t + (detail::atan_tail(t) + turns * detail::kPiRest<double>));
    return detail::with_sign_of(value, x);
  }
}

namespace detail {

// The angle of (x, y) in double.
VT_MATH double angle_of(double y, double x) noexcept {
  const double a = magnitude(x);
  const double b = magnitude(y);
  const bool is_steep = b > a;
  // Scaled, so that the sum of the largest numbers does not overflow.
  const double scale = a + b > 0x1p1000 ? 0x1p-4 : 1.0;
  const double high = (is_steep ? b : a) * scale;
  const double low = (is_steep ? a : b) * scale;
  // Beyond half an octant the angle is taken from the diagonal.
  const bool from_diagonal = (low > 0x1.a827999fcef32p-2 * high) | (low == kInfinity<double>);
  const double difference = low == high ? 0.0 : low - high;
  const double sum = low + high;
  const double num = from_diagonal ? difference : low;
  const double den = from_diagonal ? sum : high;
  const double t = num == 0.0 ? 0.0 : num / den;
  const double tail = atan_tail(t);
  // In eighths of a turn: from the diagonal 1, reflected at 2 when steep, reflected at 4 when x is negative.
  const double first = from_diagonal ? 1.0 : 0.0;
  const double second = is_steep ? 2.0 - first : first;
  const bool is_left = bits_as<uint64_t>(x) >> 63 != 0;
  const double eighths = is_left ? 4.0 - second : second;
  const double sign = is_steep != is_left ? -1.0 : 1.0;
  const Pair angle = sum_of(eighths * 0x1.921fb54442d18p-1, sign * t);
  const double result = angle.value + (angle.rest + (sign * tail + eighths * 0x1.1a62633145c07p-55));
  return (x != x) | (y != y) ? kNaN<double> : with_sign_of(result, y);
}
VT_MATH float angle_of(float y, float x) noexcept {
  const float a = magnitude(x);
  const float b = magnitude(y);
  const bool is_steep = b > a;
  const float high = is_steep ? b : a;
  const float low = is_steep ? a : b;
  const float quotient = low / high;
  const float finite = low == high ? 1.0f : quotient;  // of two infinities
  const float t = low == 0.0f ? 0.0f : finite;
  const float tail = atan_tail_to_one(t);
  const bool is_left = bits_as<uint32_t>(x) >> 31 != 0;
  const float flat = is_left ? 1.0f : 0.0f;
  const float turns = is_steep ? 0.5f : flat;
  const float sign = is_steep != is_left ? -1.0f : 1.0f;
  const float result = (turns * kPi<float> + sign * t) + (sign * tail + turns * kPiRest<float>);
  return (x != x) | (y != y) ? kNaN<float> : with_sign_of(result, y);
}

}  // namespace detail

// The angle of the point (x, y), within 2 ulp; special values as in C.
template <class T>
VT_MATH T atan2(T y, T x) noexcept {
  return detail::angle_of(y, x);
}

}  // namespace vt::math
