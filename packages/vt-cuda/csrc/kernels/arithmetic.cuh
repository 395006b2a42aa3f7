// SPDX-License-Identifier: Apache-2.0
// Arithmetic on the types that elements are computed in: numbers, complex pairs and booleans.
#pragma once

#include "elements.cuh"

namespace vt::cuda {

template <class W>
VT_DEVICE W sum_of(W a, W b) {
  if constexpr (kIsComplex<W>) {
    return W{a.real + b.real, a.imag + b.imag};
  } else if constexpr (std::is_same_v<W, Bool>) {
    return Bool{static_cast<uint8_t>(a.bits | b.bits)};
  } else {
    return a + b;
  }
}
template <class W>
VT_DEVICE W product_of(W a, W b) {
  if constexpr (kIsComplex<W>) {
    return W{a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
  } else if constexpr (std::is_same_v<W, Bool>) {
    return Bool{static_cast<uint8_t>(a.bits & b.bits)};
  } else {
    return a * b;
  }
}
// Smith's method: no overflow where the quotient has none.
template <class W>
VT_DEVICE W quotient_of(W a, W b) {
  if constexpr (kIsComplex<W>) {
    using Part = decltype(W::real);
    const Part real = b.real < 0 ? -b.real : b.real;
    const Part imag = b.imag < 0 ? -b.imag : b.imag;
    if (real >= imag) {
      if (real == 0 && imag == 0) return W{a.real / real, a.imag / imag};
      const Part ratio = b.imag / b.real;
      const Part scale = Part{1} / (b.real + b.imag * ratio);
      return W{(a.real + a.imag * ratio) * scale, (a.imag - a.real * ratio) * scale};
    }
    const Part ratio = b.real / b.imag;
    const Part scale = Part{1} / (b.real * ratio + b.imag);
    return W{(a.real * ratio + a.imag) * scale, (a.imag * ratio - a.real) * scale};
  } else {
    return a / b;
  }
}

// NaN when either is.
template <class W>
VT_DEVICE W larger_of(W a, W b) {
  if constexpr (std::is_same_v<W, Bool>) {
    return sum_of(a, b);
  } else {
    return a > b || a != a ? a : b;
  }
}
template <class W>
VT_DEVICE W smaller_of(W a, W b) {
  if constexpr (std::is_same_v<W, Bool>) {
    return product_of(a, b);
  } else {
    return a < b || a != a ? a : b;
  }
}

}  // namespace vt::cuda
