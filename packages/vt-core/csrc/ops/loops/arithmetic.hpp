// SPDX-License-Identifier: Apache-2.0
// Arithmetic on the types that elements are computed in: numbers, complex pairs and booleans.
#pragma once

#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

template <class T>
[[gnu::always_inline]] inline T sum_of(T a, T b) noexcept {
  if constexpr (kIsComplex<T>) {
    return T{a.real + b.real, a.imag + b.imag};
  } else if constexpr (std::is_same_v<T, Bool>) {
    return Bool{static_cast<uint8_t>(a.bits | b.bits)};
  } else {
    return static_cast<T>(a + b);
  }
}

template <class T>
[[gnu::always_inline]] inline T product_of(T a, T b) noexcept {
  if constexpr (kIsComplex<T>) {
    return T{a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
  } else if constexpr (std::is_same_v<T, Bool>) {
    return Bool{static_cast<uint8_t>(a.bits & b.bits)};
  } else {
    return static_cast<T>(a * b);
  }
}

// NaN when either is. The comparisons are joined without a branch, so that loops vectorise also where one feeds another.
template <class T>
[[gnu::always_inline]] inline T larger_of(T a, T b) noexcept {
  if constexpr (std::is_same_v<T, Bool>) {
    return Bool{static_cast<uint8_t>(a.bits | b.bits)};
  } else {
    return (a < b) | (b != b) ? b : a;
  }
}
template <class T>
[[gnu::always_inline]] inline T smaller_of(T a, T b) noexcept {
  if constexpr (std::is_same_v<T, Bool>) {
    return Bool{static_cast<uint8_t>(a.bits & b.bits)};
  } else {
    return (a > b) | (b != b) ? b : a;
  }
}

// Smith's method: no overflow where the quotient has none.
template <class T>
[[gnu::always_inline]] inline Complex<T> complex_quotient(Complex<T> a, Complex<T> b) noexcept {
  const T real = b.real < 0 ? -b.real : b.real;
  const T imag = b.imag < 0 ? -b.imag : b.imag;
  if (real >= imag) {
    if (real == 0 && imag == 0) return {a.real / real, a.imag / imag};
    const T ratio = b.imag / b.real;
    const T scale = T{1} / (b.real + b.imag * ratio);
    return {(a.real + a.imag * ratio) * scale, (a.imag - a.real * ratio) * scale};
  }
  const T ratio = b.real / b.imag;
  const T scale = T{1} / (b.real * ratio + b.imag);
  return {(a.real * ratio + a.imag) * scale, (a.imag * ratio - a.real) * scale};
}

template <class T>
[[gnu::always_inline]] inline T quotient_of(T a, T b) noexcept {
  if constexpr (kIsComplex<T>) {
    return complex_quotient(a, b);
  } else {
    return a / b;
  }
}

}  // namespace vt::core::VT_ISA
