// SPDX-License-Identifier: Apache-2.0
// The error function, its complement and its inverse.
#pragma once

#include <vt/cpp/math/exponential.hpp>

namespace vt::math {

namespace detail {

// e^(a^2) erfc(a) for a >= 0, as t Q(t) with t = 1 / (1 + c a): a form of Hastings (Approximations for Digital Computers,
// 1955). No part of it cancels, so that far tails are as good as the rest.
VT_MATH float scaled_erfc(float a) noexcept {
  const float t = 1.0f / (1.0f + 0.35f * a);
  return t * polynomial(t, 0x1.94693cp-3f, 0x1.946a76p-3f, 0x1.7b730cp-3f, 0x1.4d0c38p-3f, 0x1.db3656p-4f,
                        0x1.16b63ep-3f, -0x1.3c827p-4f, 0x1.afd60cp-3f, -0x1.57ddccp-3f, 0x1.429248p-5f);
}
VT_MATH double scaled_erfc(double a) noexcept {
  const double t = 1.0 / (1.0 + 0.3 * a);
  return t * long_polynomial(t, 0x1.5aa35938320e9p-3, 0x1.5aa359383210dp-3, 0x1.4b0a13ecb2f9dp-3, 0x1.2bd7895665b67p-3,
                             0x1.fe4da186fd5b6p-4, 0x1.925c39d0ceed3p-4, 0x1.1f8a36ffda2f4p-4, 0x1.65dd33d7c1bddp-5,
                             0x1.603866ced9a9ap-6, 0x1.a024bbb1e3b86p-8, -0x1.830599e026feep-8, 0x1.17ce1280c9cf8p-7,
                             -0x1.ce354af07185cp-5, 0x1.3dfa46b1fcff5p-3, -0x1.7fe7ddaa6d967p-2, 0x1.75c19b368fa33p-1,
                             -0x1.2052dc0b03d3cp+0, 0x1.61df2e9216cfcp+0, -0x1.525582f00f45dp+0, 0x1.e9f6da36e4741p-1,
                             -0x1.054d8bd949843p-1, 0x1.8c86812ffdf55p-3, -0x1.94681ba59bc5fp-5, 0x1.f031b0030167ap-8,
                             -0x1.13f05632b0c63p-11);
}

// erfc(x) for |x| <= 1/2.
template <class T>
VT_MATH T central_erfc(T x) noexcept {
  const T z = x * x;
  T p;
  if constexpr (std::is_same_v<T, float>) {
    p = polynomial(z, 0x1.06eba8p-3f, -0x1.81272ep-2f, 0x1.ce2362p-4f, -0x1.b63a8ep-6f, 0x1.33ec88p-8f);
  } else {
    p = polynomial(z, 0x1.06eba8214db69p-3, -0x1.812746b037a1cp-2, 0x1.ce2f21a0465e1p-4, -0x1.b82ce31453774p-6,
                   0x1.565bcd88f8087p-8, -0x1.c02dda4e35bb7p-11, 0x1.f9aa552f243dp-14, -0x1.f59bcd666967cp-17,
                   0x1.c5705ad9f3cddp-20, -0x1.97eddfdd017d8p-23);
  }
  return T{1} - (x + x * p);
}

// a^2 = value + rest. Beyond some size, where e^-a^2 is 0 for long, `a` is held there.
template <class T>
struct Square {
  T value;
  T rest;
};
template <class T>
VT_MATH Square<T> square_of(T a) noexcept {
  constexpr T kMost = std::is_same_v<T, float> ? T{11} : T{28};
  constexpr T kSplitter = std::is_same_v<T, float> ? T(0x1p12 + 1) : T(0x1p27 + 1);
  const T kept = at_most(a, kMost);
  const T value = kept * kept;
  const T split = kept * kSplitter;
  const T high = split - (split - kept);
  const T low = kept - high;
  return {value, ((high * high - value) + T{2} * high * low) + low * low};
}

}  // namespace detail

// The error function, within 2 ulp: -expm1(-y) for y = -log erfc(x), which is x times a polynomial.
template <class T>
VT_MATH T erf(T x) noexcept {
  const T a = detail::at_most(detail::magnitude(x), detail::Format<T>::kErfOne);
  T q;
  if constexpr (std::is_same_v<T, float>) {
    q = detail::polynomial(a, 0x1.baea3p-9f, 0x1.45f2fap-1f, 0x1.a4fa1cp-4f, -0x1.39c8c8p-6f, -0x1.55579ep-13f,
                           0x1.b5a10ap-10f, -0x1.4c7762p-11f, 0x1.eee7dep-14f, -0x1.37e06p-17f);
  } else {
    q = detail::long_polynomial(
        a, 0x1.baea08536da22p-9, 0x1.45f306dc9c885p-1, 0x1.a4f4e2a1b46dfp-4, -0x1.39668594d7c53p-6,
        -0x1.b6b684ea8a05bp-13, 0x1.bca674531b733p-10, -0x1.3564fa7bbec3cp-11, 0x1.b20127d921ad5p-16,
        0x1.0e9eebfd64f6bp-14, -0x1.f3c658bedf2c1p-16, 0x1.d848a9109fa5fp-19, 0x1.684a358c4900ep-19,
        -0x1.a7f26c4eec6d6p-20, 0x1.a565947cd609fp-23, 0x1.f888feed7b424p-23, -0x1.a7108c21f9a75p-23,
        0x1.86f826475635fp-24, -0x1.047f085ae682p-25, 0x1.0b6bd4bbca9c4p-27, -0x1.aee5039b3103ap-30,
        0x1.0fc350285e443p-32, -0x1.07bd62cb4001dp-35, 0x1.7cc3c8374d8e2p-39, -0x1.813abb4d64196p-43,
        0x1.e75b51b12e9ddp-48, -0x1.21f6c38eb7ddbp-53);
  }
  const detail::ExpParts<T> parts = detail::exp_parts(-(a * T{1.125} + a * q));
  const T half_power = detail::power_of_two(parts.rounded - T{1});
  return detail::with_sign_of(T{2} * (half_power * parts.expm1_f + (half_power - T{0.5})), x);
}

// 1 - erf(x), within 7 ulp as far as it is not subnormal.
template <class T>
VT_MATH T erfc(T x) noexcept {
  const T a = detail::magnitude(x);
  const detail::Square<T> square = detail::square_of(a);
  const T bell = exp(-square.value);
  const T tail = (bell - bell * square.rest) * detail::scaled_erfc(a);
  const T outer = x < T{0} ? T{2} - tail : tail;
  return a < T{0.5} ? detail::central_erfc(x) : outer;
}

// e^(x^2) erfc(x), within 8 ulp; infinite below -9.4 in float and -26.7 in double.
template <class T>
VT_MATH T erfcx(T x) noexcept {
  const T a = detail::magnitude(x);
  const detail::Square<T> square = detail::square_of(a);
  const T bell = exp(square.value);
  const T whole = bell * (T{1} + square.rest);
  const T scaled = detail::scaled_erfc(a);
  const T outer = x < T{0} ? T{2} * whole - scaled : scaled;
  return a < T{0.5} ? detail::central_erfc(x) * whole : outer;
}

// The inverse of erf, within 3 ulp: x times a function of w = -log(1 - x^2), a polynomial in w where that is small and in
// its root beyond, as in Giles ("Approximating the erfinv function", GPU Computing Gems, 2011). NaN beyond [-1, 1].
template <class T>
VT_MATH T erfinv(T x) noexcept {
  using detail::long_polynomial;
  using detail::polynomial;
  const T a = detail::magnitude(x);
  const T w = -log((T{1} - a) * (T{1} + a));
  T central, tail;
  bool is_central;
  if constexpr (std::is_same_v<T, float>) {
    is_central = w < 5.0f;
    central = polynomial(w - 2.5f, 0x1.805c5ep+0f, 0x1.f91ebap-3f, -0x1.11c96ep-8f, -0x1.4899fep-10f, 0x1.ca5b0ap-13f,
                         -0x1.2e91acp-18f, -0x1.d83cacp-19f, 0x1.8ae5f8p-22f, 0x1.dc11ecp-26f, -0x1.d91976p-30f);
    tail = polynomial(detail::square_root(w) - 3.0f, 0x1.6a9efcp+1f, 0x1.006dc2p+0f, 0x1.3578a4p-7f, -0x1.f453c4p-8f,
                      0x1.753a02p-8f, -0x1.d92992p-9f, 0x1.7fe1d2p-10f, -0x1.19c556p-15f, -0x1.333bfap-12f,
                      0x1.a15c96p-14f);
  } else {
    is_central = w < 6.25;
    central = long_polynomial(
        w - 3.125, 0x1.a755e7c99ae86p+0, 0x1.ebd80d9b13df7p-3, -0x1.8b6c33114ee3dp-8, -0x1.845769483413ap-11,
        0x1.879c2a20d6a92p-13, -0x1.d1d1f7cb065a9p-17, -0x1.6e8a53ee26d8cp-20, 0x1.c6b4f8aef4627p-22,
        -0x1.f36ce544da3ep-26, -0x1.1a9eb6e9afd28p-28, 0x1.20f4eb3ab8d9bp-30, -0x1.dc3dd4c73b2ddp-35,
        -0x1.c8960f789763dp-37, 0x1.72308ac3a74d4p-39, -0x1.6d8e77c64d5b6p-44, -0x1.68327d67ad25ep-45,
        0x1.db323a33d8e67p-48, -0x1.8b36d697dd2e5p-55, -0x1.2bd84c2493e45p-53, 0x1.22b200e042a64p-56,
        0x1.51bebdfa65ad4p-60, -0x1.a610ce8d86e63p-62, -0x1.308028de18ac8p-70, 0x1.fe0199266e5fap-69);
    tail =
        long_polynomial(detail::square_root(w) - 4.0, 0x1.eb7e0914cbf1bp+1, 0x1.026e265c38c3ep+0, 0x1.4a42eb3d6bbf6p-10,
                        -0x1.c79a1b118a84p-11, 0x1.508bb6bc21258p-12, -0x1.ee5c5b05bae25p-14, 0x1.d309081528b5ap-15,
                        -0x1.110ad6dbc6d45p-15, 0x1.394420dbf0beep-16, -0x1.29f3612ac6a3fp-17, 0x1.94a2d64778e09p-19,
                        -0x1.be6dabb51ab55p-22, -0x1.26f7b67d0f4p-22, 0x1.00a803c51857ap-22, -0x1.92a3af47205a6p-24,
                        0x1.02ba380038bfdp-26, 0x1.806bc64bed367p-28, -0x1.477a9606a3a79p-28, 0x1.93c5c65fcef07p-30,
                        -0x1.a696221ede112p-34, -0x1.60a6ece46368ap-34, 0x1.16598f6b99c3p-35, -0x1.059e53afe8f53p-36,
                        0x1.0174757579339p-37, -0x1.224d53a2b5078p-42, -0x1.5cc8d480064e5p-40, 0x1.9ed71089d7627p-42,
                        0x1.fb5a5fffa46a3p-46, -0x1.e559265739d8ep-46, 0x1.d3d4d402d605p-49);
  }
  const T value = x * (is_central ? central : tail);
  return a == T{1} ? detail::with_sign_of(detail::kInfinity<T>, x) : value;
}

}  // namespace vt::math
