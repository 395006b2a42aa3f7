// SPDX-License-Identifier: Apache-2.0
// The integral of the normal distribution, its logarithm and its inverse.
#pragma once

#include <vt/cpp/math/error_function.hpp>

namespace vt::math {

namespace detail {

// The integral of the standard normal distribution from `a` on, for a >= 0, or at least accurate beyond 0.7, where half of
// erfc(a / sqrt(2)) is as the bell times a slow function. The exponent is exact: a^2 / 2 is half a square of two parts.
template <class T>
VT_MATH T normal_tail(T a) noexcept {
  const Square<T> square = square_of(a * T{0.5});
  const T bell = exp(T{-2} * square.value);
  return T{0.5} * (bell - bell * (T{2} * square.rest)) * scaled_erfc(a * T(0.70710678118654752440));
}

// log(u + lost) for a `lost` far below u.
template <class T>
VT_MATH T log_of_sum(T u, T lost) noexcept {
  using F = Format<T>;
  const LogParts<T> p = log_parts(u);
  const T low = p.s * (p.half_square + p.r) + (p.exponent * F::kLn2Low + lost / u);
  return log_or_special(u, ((low - p.half_square) + p.f) + p.exponent * F::kLn2High);
}

}  // namespace detail

// The integral of the standard normal distribution up to x, within 8 ulp as far as it is not subnormal.
template <class T>
VT_MATH T ndtr(T x) noexcept {
  const T a = detail::magnitude(x);
  const T tail = detail::normal_tail(a);
  const T outer = x < T{0} ? tail : T{1} - tail;
  return a < T(0.7) ? T{0.5} * detail::central_erfc(x * T(-0.70710678118654752440)) : outer;
}

// log(ndtr(x)), within 4 ulp: below -1 by the logarithm of what the bell leaves.
template <class T>
VT_MATH T log_ndtr(T x) noexcept {
  const T a = detail::magnitude(x);
  const bool is_low = x < T{-1};
  const T scaled = a * T(0.70710678118654752440);
  const T center = T{0.5} * detail::central_erfc(x * T(0.70710678118654752440));
  const T tail = detail::normal_tail(a);
  const T outer = x < T{0} ? T{1} - tail : tail;
  const T rest = a < T(0.7) ? center : outer;  // 1 - ndtr(x)
  const T u = T{1} - rest;
  const T lost = (T{1} - u) - rest;
  const T log = detail::log_of_sum(is_low ? T{0.5} * detail::scaled_erfc(scaled) : u, is_low ? T{0} : lost);
  const T value = is_low ? log - T{0.5} * x * x : log;
  return x == -detail::kInfinity<T> ? x : value;
}

// The inverse of ndtr, within 4 ulp; NaN beyond [0, 1]. Rational in the square of p - 1/2 near it, in the root of -log(p)
// beyond, as in Wichura ("Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37, 1988).
template <class T>
VT_MATH T ndtri(T p) noexcept {
  using detail::polynomial;
  const T q = p - T{0.5};
  const T from_end = p > T{0.5} ? T{1} - p : p;
  const T y = T(0.180625) - q * q;
  const T root = detail::square_root(-log(from_end));
  T over, under;
  const bool is_central = y >= T{0};
  if constexpr (std::is_same_v<T, float>) {
    const T s = root - 1.5f;
    const T central_over = polynomial(y, 0x1.b18d92p+1f, 0x1.1d397cp+6f, 0x1.a9338p+8f, 0x1.5f5714p+9f, 0x1.32e94ep+7f);
    const T central_under = polynomial(y, 1.0f, 0x1.80eacap+4f, 0x1.5f8cb6p+7f, 0x1.9d53dap+8f, 0x1.a6fc56p+7f);
    over = is_central ? central_over
                      : polynomial(s, 0x1.4059fcp+0f, 0x1.856e6ep+1f, 0x1.082744p+1f, 0x1.f94c68p-2f, 0x1.158886p-5f);
    under = is_central ? central_under : polynomial(s, 1.0f, 0x1.0ba47ep+0f, 0x1.40f606p-2f, 0x1.88672cp-6f);
  } else {
    const bool is_far = root > 5.0;
    const T s = root - 1.6;
    const T far = root - 5.0;
    const T central_over = polynomial(y, 0x1.b18d91e9eef76p+1, 0x1.33cf370985caap+7, 0x1.57001cdf96b7ap+11,
                                      0x1.7d78e1f934cb0p+14, 0x1.be1d0f47b6237p+16, 0x1.09b1b3233b253p+18,
                                      0x1.1f95397c7ccc6p+18, 0x1.b1af8698d7007p+16, 0x1.9378f345168dfp+12);
    const T central_under =
        polynomial(y, 1.0, 0x1.838be542c333fp+5, 0x1.d2d38054a5fecp+9, 0x1.1e0c3988d083bp+13, 0x1.7afed5a1b014bp+15,
                   0x1.0af08d532cf2ep+17, 0x1.6fa75977de2d8p+17, 0x1.9a23693f86893p+16, 0x1.d19e0672a5774p+13);
    const T tail_over =
        polynomial(s, 0x1.6c665fde9526ap+0, 0x1.2820282491d4ep+2, 0x1.7096cfee7fc18p+2, 0x1.d1784f96ffe28p+1,
                   0x1.43c0fbe63f318p+0, 0x1.ec492379f7a25p-3, 0x1.71e42af0e7adcp-6, 0x1.939114de773fep-11);
    const T tail_under =
        polynomial(s, 1.0, 0x1.0681493fab80cp+1, 0x1.ac081ed601632p+0, 0x1.5fa993315ae8cp-1, 0x1.2d95a5b59539ep-3,
                   0x1.eeca37685ab2ep-7, 0x1.1d51078f07540p-11, 0x1.210fa391fcc96p-30);
    const T far_over =
        polynomial(far, 0x1.aa1b1c13ee527p+2, 0x1.5d9c7a437b345p+2, 0x1.c8b38c8e840d0p+0, 0x1.2f6d75275652bp-2,
                   0x1.b221be5b6dfc7p-6, 0x1.4519e4f3abc99p-10, 0x1.c58c805795bd5p-16, 0x1.adc5c3a6c2c9ep-23);
    const T far_under =
        polynomial(far, 1.0, 0x1.33075e771f811p-1, 0x1.18401569b33d5p-3, 0x1.e6de42167d80ap-7, 0x1.9bc31f9fd9bfep-11,
                   0x1.34d7a72477f60p-16, 0x1.2fe4a0b56a353p-23, 0x1.22a10681fc641p-49);
    const T beyond_over = is_far ? far_over : tail_over;
    const T beyond_under = is_far ? far_under : tail_under;
    over = is_central ? central_over : beyond_over;
    under = is_central ? central_under : beyond_under;
  }
  const T ratio = over / under;
  const T signed_ratio = detail::with_sign_of(ratio, q);
  const T value = is_central ? q * ratio : signed_ratio;
  const T end = detail::with_sign_of(detail::kInfinity<T>, q);
  return from_end == T{0} ? end : value;
}

}  // namespace vt::math
