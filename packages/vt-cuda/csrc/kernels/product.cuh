// SPDX-License-Identifier: Apache-2.0
// What sums of products are computed in: half types in float, integers modulo two to their width.
#pragma once

#include "arithmetic.cuh"

namespace vt::cuda {

template <class T>
struct SumOf {
  using Type = std::conditional_t<kIsSmallFloat<T>, float, T>;
};
template <class T>
  requires std::is_integral_v<T>
struct SumOf<T> {
  using Type = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;
};
template <class T>
using SumType = typename SumOf<T>::Type;

template <class T>
VT_DEVICE SumType<T> to_sum(T value) {
  if constexpr (kIsSmallFloat<T>) {
    return widen(value);
  } else {
    return static_cast<SumType<T>>(value);
  }
}
template <class T>
VT_DEVICE T from_sum(SumType<T> sum) {
  if constexpr (kIsSmallFloat<T>) {
    return narrow<T>(sum);
  } else {
    return static_cast<T>(sum);
  }
}

// a * b + c, rounded once.
VT_DEVICE float fused(float a, float b, float c) { return __fmaf_rn(a, b, c); }
VT_DEVICE double fused(double a, double b, double c) { return __fma_rn(a, b, c); }
VT_DEVICE uint32_t fused(uint32_t a, uint32_t b, uint32_t c) { return a * b + c; }
VT_DEVICE uint64_t fused(uint64_t a, uint64_t b, uint64_t c) { return a * b + c; }
template <class Part>
VT_DEVICE Complex<Part> fused(Complex<Part> a, Complex<Part> b, Complex<Part> c) {
  return {fused(a.real, b.real, fused(-a.imag, b.imag, c.real)), fused(a.real, b.imag, fused(a.imag, b.real, c.imag))};
}

}  // namespace vt::cuda
