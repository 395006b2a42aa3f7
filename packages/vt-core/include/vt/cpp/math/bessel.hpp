// SPDX-License-Identifier: Apache-2.0
// Modified Bessel functions of the first kind, of order 0 and 1, plain and scaled by e^-|x|.
#pragma once

#include <vt/cpp/math/exponential.hpp>

namespace vt::math {

namespace detail {

// I0 by a = (x / 2)^2, and I1 over x, for |x| <= 8.
template <class T>
VT_MATH T central_i0(T a) noexcept {
  if constexpr (std::is_same_v<T, float>) {
    return polynomial(a, 0x1p+0f, 0x1.000004p+0f, 0x1.ffff92p-3f, 0x1.c720cap-6f, 0x1.c6f37ap-10f, 0x1.24152p-14f,
                      0x1.fc5566p-20f, 0x1.72cb14p-25f, 0x1.a2bf4ap-32f, 0x1.07af84p-36f);
  } else {
    return long_polynomial(a, 0x1.0p+0, 0x1.0p+0, 0x1.ffffffffffff3p-3, 0x1.c71c71c71c85ap-6, 0x1.c71c71c71a94fp-10,
                           0x1.23456789c5d45p-14, 0x1.02e85c06ca66dp-19, 0x1.522a442178492p-25, 0x1.522a4127e4d07p-31,
                           0x1.0b3153daef776p-37, 0x1.55ff4e2f7bc40p-44, 0x1.69e618964cc6ep-51, 0x1.40a60a82d41c1p-58,
                           0x1.f2a15e36dec20p-66, 0x1.108fb57bc9e79p-73, 0x1.1caaada6f98d6p-80);
  }
}
template <class T>
VT_MATH T central_i1(T a) noexcept {
  if constexpr (std::is_same_v<T, float>) {
    return polynomial(a, 0x1p-1f, 0x1.000002p-2f, 0x1.555532p-5f, 0x1.c71ed2p-9f, 0x1.6c028ap-13f, 0x1.85191p-18f,
                      0x1.23e032p-23f, 0x1.6c50eap-29f, 0x1.93fb3p-36f, 0x1.95ecb4p-41f);
  } else {
    return long_polynomial(a, 0x1.0p-1, 0x1.ffffffffffff9p-3, 0x1.5555555555600p-5, 0x1.c71c71c71ad9dp-9,
                           0x1.6c16c16c35939p-13, 0x1.845c8a0a2a782p-18, 0x1.27e4fb9efb2c8p-23, 0x1.522a40f834704p-29,
                           0x1.2c978132983edp-35, 0x1.ab7eea3600394p-42, 0x1.f19f27e453a23p-49, 0x1.e0e1b26c6c167p-56,
                           0x1.959ffcaa4ba5fp-63, 0x1.d9fb6743763e3p-71, 0x1.0ce5bcbc04dbep-77);
  }
}

// I0 and I1 times e^-x sqrt(x), for x >= 8.
template <class T>
VT_MATH T outer_i0(T x) noexcept {
  if constexpr (std::is_same_v<T, float>) {
    return polynomial(T{1} / x, 0x1.988454p-2f, 0x1.988814p-5f, 0x1.c91adcp-6f, 0x1.14a712p-5f, -0x1.c1d6cp-7f,
                      0x1.8ce3ep-2f);
  } else {
    return long_polynomial(T{16} / x - T{1}, 0x1.9bd428ad249a5p-2, 0x1.b87969bb93b92p-9, 0x1.1daa72b5e28f1p-13,
                           0x1.75e5ee71506e1p-17, 0x1.8e513a75a5debp-20, 0x1.3f49a8b759985p-22, 0x1.7d0f0fa1771d1p-24,
                           0x1.51ce1b0f4ce5ap-25, 0x1.7233e989c4610p-26, 0x1.039d01ac906ecp-27, -0x1.cfce8e8d07f89p-28,
                           -0x1.cce07f4f7f5fcp-27, -0x1.72faa6f8d7b07p-28, 0x1.03e7a7d6ae651p-27, 0x1.fd83fcbf70c7cp-28,
                           -0x1.e4a659bc9a4edp-29, -0x1.97463cf8e1fdep-28, 0x1.a82f94e23d090p-30, 0x1.efe9d7ed3e048p-29,
                           -0x1.434828234326bp-31, -0x1.b757f61934e48p-30, 0x1.5eaf2c26e6565p-33, 0x1.ee3994965f866p-32,
                           -0x1.792593a315c1ap-36, -0x1.0498ff94b4bd3p-34);
  }
}
template <class T>
VT_MATH T outer_i1(T x) noexcept {
  if constexpr (std::is_same_v<T, float>) {
    return polynomial(T{1} / x, 0x1.988454p-2f, -0x1.326456p-3f, -0x1.7d8e1ep-5f, -0x1.79fa2cp-5f, 0x1.3917cap-7f,
                      -0x1.cec7d4p-2f);
  } else {
    return long_polynomial(T{16} / x - T{1}, 0x1.8ebe783a84030p-2, -0x1.3f796198ee62fp-7, -0x1.cbc54df1e8fc6p-13,
                           -0x1.f89c2305d644fp-17, -0x1.ec8e10734a315p-20, -0x1.7613804dc9b4bp-22,
                           -0x1.ad8d4cbf17c8ap-24, -0x1.7279bf476a35dp-25, -0x1.9190d106aadacp-26,
                           -0x1.219c0cd03480bp-27, 0x1.cee786926e5dap-28, 0x1.e25a5c7401b8dp-27, 0x1.9a1cbab0c4f93p-28,
                           -0x1.06f6d63b577a3p-27, -0x1.0e79aaa55edddp-27, 0x1.d980e5a5d6295p-29, 0x1.ab1a03e607646p-28,
                           -0x1.9163daa3c0338p-30, -0x1.02af34726787fp-28, 0x1.2b8e3d94e8c93p-31, 0x1.c95d76fd7d80dp-30,
                           -0x1.41c8a40f6b07ep-33, -0x1.0109f4d565cd1p-31, 0x1.58f9b0adc9814p-36,
                           0x1.0f01fb2264ebap-34);
  }
}

// `center` up to 8, else outer e^a / sqrt(a), by two equal factors of the exponential so that no sooner than the result
// overflows.
template <class T>
VT_MATH T modified_bessel(T a, T center, T outer) noexcept {
  const T bell = exp(a * T{0.5});
  const T far = bell * (outer / square_root(a)) * bell;
  return a <= T{8} ? center : far;
}
template <class T>
VT_MATH T scaled_modified_bessel(T a, T center, T outer) noexcept {
  const T near = center * exp(-a);
  const T far = outer / square_root(a);
  return a <= T{8} ? near : far;
}

}  // namespace detail

// Within 5 ulp, as the others; even.
template <class T>
VT_MATH T i0(T x) noexcept {
  const T a = detail::magnitude(x);
  const T value = detail::modified_bessel(a, detail::central_i0(a * a * T{0.25}), detail::outer_i0(a));
  return a == detail::kInfinity<T> ? a : value;
}
template <class T>
VT_MATH T i0e(T x) noexcept {
  const T a = detail::magnitude(x);
  return detail::scaled_modified_bessel(a, detail::central_i0(a * a * T{0.25}), detail::outer_i0(a));
}

// Odd.
template <class T>
VT_MATH T i1(T x) noexcept {
  const T a = detail::magnitude(x);
  const T value = detail::modified_bessel(a, a * detail::central_i1(a * a * T{0.25}), detail::outer_i1(a));
  return detail::with_sign_of(a == detail::kInfinity<T> ? a : value, x);
}
template <class T>
VT_MATH T i1e(T x) noexcept {
  const T a = detail::magnitude(x);
  const T value = detail::scaled_modified_bessel(a, a * detail::central_i1(a * a * T{0.25}), detail::outer_i1(a));
  return detail::with_sign_of(value, x);
}

}  // namespace vt::math
