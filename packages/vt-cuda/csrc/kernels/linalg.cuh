// SPDX-License-Identifier: Apache-2.0
// Arithmetic that kernels of linear algebra share.
#pragma once

#include "linalg.hpp"
#include "product.cuh"

namespace vt::cuda {

template <class T>
struct PartOf {
  using Type = T;
};
template <class Part>
struct PartOf<Complex<Part>> {
  using Type = Part;
};
template <class T>
using Part = typename PartOf<T>::Type;

template <class T>
VT_DEVICE T conjugate_of(T v) {
  if constexpr (kIsComplex<T>) v.imag = -v.imag;
  return v;
}
template <class T>
VT_DEVICE T negative(T v) {
  if constexpr (kIsComplex<T>) {
    return {-v.real, -v.imag};
  } else {
    return -v;
  }
}
template <class T>
VT_DEVICE Part<T> real_part(T v) {
  if constexpr (kIsComplex<T>) {
    return v.real;
  } else {
    return v;
  }
}
template <class T>
VT_DEVICE T from_real(Part<T> v) {
  if constexpr (kIsComplex<T>) {
    return {v, 0};
  } else {
    return v;
  }
}
template <class T>
VT_DEVICE T divided(T v, Part<T> by) {
  if constexpr (kIsComplex<T>) {
    return {v.real / by, v.imag / by};
  } else {
    return v / by;
  }
}
// By which pivots are chosen, as in LAPACK: cheap, and zero for zero alone.
template <class T>
VT_DEVICE Part<T> size_of(T v) {
  if constexpr (kIsComplex<T>) {
    return (v.real < 0 ? -v.real : v.real) + (v.imag < 0 ? -v.imag : v.imag);
  } else {
    return v < 0 ? -v : v;
  }
}
// c - a * b
template <class T>
VT_DEVICE T without_product(T a, T b, T c) {
  return fused(negative(a), b, c);
}

VT_DEVICE float square_root(float v) { return sqrtf(v); }
VT_DEVICE double square_root(double v) { return sqrt(v); }
VT_DEVICE float length_of(float x, float y) { return hypotf(x, y); }
VT_DEVICE double length_of(double x, double y) { return hypot(x, y); }

// The right hand sides that a block solves for, and the matrix of their system.
template <class T>
class Strip {
 public:
  VT_DEVICE explicit Strip(const System& s) : system_(s), matrix_(static_cast<int64_t>(blockIdx.x) / s.strips) {
    const int64_t first = (static_cast<int64_t>(blockIdx.x) - matrix_ * s.strips) * kSidesPerStrip;
    num_ = s.x.num - first < kSidesPerStrip ? s.x.num - first : kSidesPerStrip;
    a_ = static_cast<const T*>(s.a) + matrix_ * s.a_batch;
    x_ = static_cast<T*>(s.x.data) + matrix_ * s.x.batch + first * s.x.column;
  }

  VT_DEVICE int64_t matrix() const { return matrix_; }
  VT_DEVICE int64_t n() const { return system_.x.n; }
  VT_DEVICE int64_t num() const { return num_; }
  VT_DEVICE T factor(int64_t i, int64_t j) const { return a_[i * system_.a_row + j * system_.a_column]; }
  VT_DEVICE T& at(int64_t i, int64_t c) const { return x_[i * system_.x.row + c * system_.x.column]; }

 private:
  const System& system_;
  int64_t matrix_;
  int64_t num_;
  const T* a_;
  T* x_;
};

// The kernel that `make` gives for one of the four dtypes.
template <class Make>
const void* matrix_kernel(DtypeIndex dtype, Make&& make) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat32: return make.template operator()<float>();
    case DtypeIndex::kFloat64: return make.template operator()<double>();
    case DtypeIndex::kComplex64: return make.template operator()<Complex<float>>();
    case DtypeIndex::kComplex128: return make.template operator()<Complex<double>>();
    default: return nullptr;
  }
}

}  // namespace vt::cuda
