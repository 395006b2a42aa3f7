// SPDX-License-Identifier: Apache-2.0
// Products that neither overflow nor underflow on the way, for scans that multiply elements in another order than theirs.
#pragma once

#include "scan.cuh"

namespace vt::cuda {

VT_DEVICE uint64_t times(uint64_t a, uint64_t b) { return a * b; }
VT_DEVICE double times(double a, double b) { return a * b; }
VT_DEVICE ComplexNumber times(ComplexNumber a, ComplexNumber b) {
  return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}
VT_DEVICE uint64_t plus(uint64_t a, uint64_t b) { return a + b; }
VT_DEVICE double plus(double a, double b) { return a + b; }
VT_DEVICE ComplexNumber plus(ComplexNumber a, ComplexNumber b) { return {a.real + b.real, a.imag + b.imag}; }

namespace scaled {

inline constexpr int kExponent = 500;

VT_DEVICE double magnitude(double x) { return x < 0 ? -x : x; }
VT_DEVICE double magnitude(ComplexNumber z) {
  const double real = magnitude(z.real);
  const double imag = magnitude(z.imag);
  return real < imag ? imag : real;
}
VT_DEVICE double by_power(double x, int exponent) { return scalbn(x, exponent); }
VT_DEVICE ComplexNumber by_power(ComplexNumber z, int exponent) {
  return {scalbn(z.real, exponent), scalbn(z.imag, exponent)};
}

}  // namespace scaled

// A product as a value of magnitude 2^-500 to 2^500 and a power of 2^500. Zeros, infinities and NaN are themselves.
template <class Value>
struct Scaled {
  Value value;
  int32_t power = 0;

  VT_DEVICE static Scaled of(Value x) { return Scaled{x, 0}.balanced(); }
  VT_DEVICE Scaled balanced() const {
    const double size = scaled::magnitude(value);
    if (size > 0x1p500 && size <= 0x1.fffffffffffffp+1023)
      return {scaled::by_power(value, -scaled::kExponent), power + 1};
    if (size < 0x1p-500 && size > 0) return {scaled::by_power(value, scaled::kExponent), power - 1};
    return *this;
  }
  VT_DEVICE Scaled operator*(const Scaled& other) const {
    return Scaled{times(value, other.value), power + other.power}.balanced();
  }
  // This times x as a number.
  VT_DEVICE Value operator*(Value x) const {
    if (power == 0) return times(value, x);
    int exponent = 0;
    const double size = scaled::magnitude(value);
    if (size > 0 && size <= 0x1p500) static_cast<void>(frexp(size, &exponent));
    // Beyond any exponent of a product with a finite number, so that a sum of powers stays an int.
    const int most = power > 8 ? 8 : power < -8 ? -8 : power;
    return scaled::by_power(times(scaled::by_power(value, -exponent), x), exponent + most * scaled::kExponent);
  }
};

}  // namespace vt::cuda
