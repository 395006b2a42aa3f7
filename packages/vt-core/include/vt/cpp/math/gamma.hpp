// SPDX-License-Identifier: Apache-2.0
// The logarithm of the gamma function and its derivative.
#pragma once

#include <vt/cpp/math/exponential.hpp>

namespace vt::math {

namespace detail {

// sin(pi r) / pi for |r| <= 1/2.
template <class T>
VT_MATH T sine_of_half_turns(T r) noexcept {
  const T z = r * r;
  T p;
  if constexpr (std::is_same_v<T, float>) {
    p = polynomial(z, -0x1.a51a56p+0f, 0x1.9f98c4p-1f, -0x1.85fe2p-3f, 0x1.947bc2p-6f);
  } else {
    p = polynomial(z, -0x1.a51a6625307d3p+0, 0x1.9f9cb402bc46cp-1, -0x1.86a8e4720db24p-3, 0x1.ac6805cf31bc9p-6,
                   -0x1.33816aa2dd8d0p-9, 0x1.374719228e9c3p-13, -0x1.d42402f768d62p-18, 0x1.0faa18a299b6fp-22,
                   -0x1.e746a3d823644p-28);
  }
  return r + r * (z * p);
}

// What a >= 0 lies above or below the nearest whole number.
template <class T>
VT_MATH T distance_to_whole(T a) noexcept {
  const T whole = (a + Format<T>::kUnits) - Format<T>::kUnits;
  return a >= Format<T>::kUnits ? T{0} : a - whole;
}

// From t = b to t in [0, 1), for b < kSteps + 1, by steps of 1: the product (t + 1) ... b, and the sum of the reciprocals of its
// factors times it.
template <class T>
struct Descent {
  T t;
  T product;
  T sum;
};
template <int kSteps, class T>
VT_MATH Descent<T> descend(Descent<T> d) noexcept {
  if constexpr (kSteps == 0) {
    return d;
  } else {
    const bool further = d.t >= T{1};
    const T factor = further ? d.t : T{1};
    const T term = further ? d.product : T{0};
    return descend<kSteps - 1>(Descent<T>{d.t - (further ? T{1} : T{0}), d.product * factor, d.sum * factor + term});
  }
}

// Below it the argument is brought to [1, 2] by the recurrence, from it on the asymptotic series serves.
template <class T>
inline constexpr int kGammaSteps = std::is_same_v<T, float> ? 3 : 5;

// lgamma(1 + t) for 0 <= t <= 1, in which the zeros are factors.
template <class T>
VT_MATH T lgamma_from_one_to_two(T t) noexcept {
  if constexpr (std::is_same_v<T, float>) {
    const T over = polynomial(t, 0x1.2788dp-1f, 0x1.41f132p-1f, 0x1.2bfed8p-3f, 0x1.487b1p-9f);
    const T under = polynomial(t, 1.0f, 0x1.83a568p+0f, 0x1.4178eep-1f, 0x1.014e42p-4f);
    return t * (t - T{1}) * (over / under);
  } else {
    const T over =
        polynomial(t, 0x1.2788cfc6fb619p-1, 0x1.8a9c98317e1d3p+0, 0x1.866f4ac412769p+0, 0x1.5f2c13c6406f2p-1,
                   0x1.18d25643296bap-3, 0x1.3fc0d237d19dbp-7, 0x1.4c91b17796d20p-14, -0x1.ea0ae2dcd3defp-21);
    const T under = polynomial(t, 1.0, 0x1.8c357f07b7776p+1, 0x1.d814bf4045793p+1, 0x1.0f853e0b709b8p+1,
                               0x1.34ee820e0660dp-1, 0x1.3bca73b124486p-4, 0x1.a74cf2dcabb92p-9);
    return t * (t - T{1}) * (over / under);
  }
}

// psi(1 + t) for 0 <= t <= 1, in which the zero is a factor.
template <class T>
VT_MATH T digamma_from_one_to_two(T t) noexcept {
  if constexpr (std::is_same_v<T, float>) {
    const T over = polynomial(t, 0x1.4018eap+0f, 0x1.21903cp+0f, 0x1.af948cp-3f, 0x1.48e34ep-9f);
    const T under = polynomial(t, 1.0f, 0x1.96917ap+0f, 0x1.4dfd6cp-1f, 0x1.048d5ep-4f);
    return ((t - 0x1.d8b618p-2f) - 0x1.ab5f1fp-27f) * (over / under);
  } else {
    const T over = polynomial(t, 0x1.4018e9a62525ep+0, 0x1.deb8edbc52bc0p+0, 0x1.f2dd99b4dd30dp-1, 0x1.bdd1789fbcb99p-3,
                              0x1.4aa0f9cfeb638p-6, 0x1.35fb5feec1658p-11, 0x1.2cc1ab701e76ep-20);
    const T under = polynomial(t, 1.0, 0x1.16ecbaee7a8f3p+1, 0x1.aabe3f314702bp+0, 0x1.25b3faadf2a13p-1,
                               0x1.781f58f0b1b9ap-4, 0x1.94cc80cd3269bp-8, 0x1.015fff7f01614p-13);
    return ((t - 0x1.d8b618d5af8fep-2) - -0x1.1e563779a1f5bp-56) * (over / under);
  }
}

// What is left of lgamma(s) and psi(s) beside the leading terms, by z = 1 / s^2 for s > kGammaSteps: over
// s, and over s^2.
template <class T>
VT_MATH T stirling_rest(T z) noexcept {
  if constexpr (std::is_same_v<T, float>) {
    return polynomial(z, 0x1.555556p-4f, -0x1.6c1572p-9f, 0x1.9e6876p-11f, -0x1.09e914p-11f);
  } else {
    return polynomial(z, 0x1.5555555555555p-4, -0x1.6c16c16c16a2ep-9, 0x1.a01a019e45adcp-11, -0x1.38137e823021dp-11,
                      0x1.b94fdc86ce5a5p-11, -0x1.f63d2c68952a4p-10, 0x1.9d1e1a3c84918p-8, -0x1.9f0c4bf964274p-6,
                      0x1.469abcbf554cdp-4);
  }
}
template <class T>
VT_MATH T digamma_rest(T z) noexcept {
  if constexpr (std::is_same_v<T, float>) {
    return polynomial(z, 0x1.55552ep-4f, -0x1.10937p-7f, 0x1.cf325p-9f);
  } else {
    return polynomial(z, 0x1.5555555555554p-4, -0x1.111111110d1dep-7, 0x1.041040f458d18p-8, -0x1.111101a9b9fddp-8,
                      0x1.f07383671ab18p-8, -0x1.58d9233d517ffp-6, 0x1.4b279943c460fp-4, -0x1.6caaa3605c2f3p-2,
                      0x1.246414b48fbd1p+0);
  }
}

}  // namespace detail

// The logarithm of |gamma(x)|, for x >= 0 within 4 ulp; below, within as many of the larger of the two terms of the reflection
// gamma(x) gamma(1 - x) = pi / sin(pi x). Infinite at 0 and at negative whole numbers.
template <class T>
VT_MATH T lgamma(T x) noexcept {
  const T a = detail::magnitude(x);
  const bool is_negative = x < T{0};
  const bool is_small = a < T{1};
  // gamma(1 + b), or gamma(s) where that is large.
  const T b = is_negative | is_small ? a : a - T{1};
  const T s = is_negative ? a + T{1} : a;
  const bool is_far = b >= T(detail::kGammaSteps<T>);
  const detail::Descent<T> d =
      detail::descend<detail::kGammaSteps<T> - 1>(detail::Descent<T>{is_far ? T{0} : b, T{1}, T{0}});
  const T beside_one = is_small ? a : T{1};
  const T divisor =
      is_negative ? detail::magnitude(detail::sine_of_half_turns(detail::distance_to_whole(a))) : beside_one;
  const T log = math::log(is_far ? s : d.product * (is_negative ? divisor : T{1}));
  const T log_divisor = math::log(divisor);
  const T inverse = T{1} / s;
  const T far =
      (s - T{0.5}) * (log - T{1}) + (T(0.41893853320467274178) + inverse * detail::stirling_rest(inverse * inverse));
  const T near = detail::lgamma_from_one_to_two(d.t);
  const T reflected = is_far ? -log_divisor - far : -log - near;
  const T direct = is_far ? far : near + (is_small ? -log_divisor : log);
  const T value = is_negative ? reflected : direct;
  const T or_pole = divisor == T{0} ? detail::kInfinity<T> : value;
  return a == detail::kInfinity<T> ? detail::kInfinity<T> : or_pole;
}

// The derivative of lgamma, for x >= 0 within 4 ulp; below as lgamma. Infinite at the zeros, NaN at negative whole numbers.
template <class T>
VT_MATH T digamma(T x) noexcept {
  const T a = detail::magnitude(x);
  const bool is_negative = x < T{0};
  const bool is_small = a < T{1};
  const T b = is_negative | is_small ? a : a - T{1};
  const T s = is_negative ? a + T{1} : a;
  const bool is_far = b >= T(detail::kGammaSteps<T>);
  const detail::Descent<T> d =
      detail::descend<detail::kGammaSteps<T> - 1>(detail::Descent<T>{is_far ? T{0} : b, T{1}, T{0}});
  const T inverse = T{1} / s;
  const T z = inverse * inverse;
  const T far = math::log(s) - (T{0.5} * inverse + z * detail::digamma_rest(z));
  const T near = detail::digamma_from_one_to_two(d.t) + d.sum / d.product;
  const T r = detail::distance_to_whole(a);
  const T cosine = detail::sine_of_half_turns(T{0.5} - detail::magnitude(r));
  const T sine = detail::sine_of_half_turns(r);
  const T of_sum = is_far ? far : near;
  // One quotient: what the reflection adds, or the recurrence takes.
  const T quotient = (is_negative ? T(3.14159265358979323846) * cosine : T{-1}) / (is_negative ? sine : x);
  const T value = of_sum + (is_negative | is_small ? quotient : T{0});
  const T or_pole = is_negative & (r == T{0}) ? detail::kNaN<T> : value;
  return x == detail::kInfinity<T> ? x : or_pole;
}

}  // namespace vt::math
