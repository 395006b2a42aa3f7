// SPDX-License-Identifier: Apache-2.0
// The error function.
#pragma once

#include <vt/cpp/math/exponential.hpp>

namespace vt::math {

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

}  // namespace vt::math
