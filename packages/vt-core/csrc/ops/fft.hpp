// SPDX-License-Identifier: Apache-2.0
// The three Fourier transforms that all others are composed of.
#pragma once

#include <vt/cpp/op.hpp>

#include <span>

// Note [Fourier transforms]
// _fft_c2c, _fft_r2c and _fft_c2r transform along dimensions, as PyTorch's do, and are each other's derivatives. A real signal of
// n has n / 2 + 1 coefficients along the last of the dimensions; the rest are their conjugates. They allocate the result and hand
// both to _fft_transform, which a device implements (Note [Transforms on the CPU]).
namespace vt::core::fft {

// What the sums are divided by, where n is the number of points.
enum class Norm : int64_t { kNone, kByRootN, kByN };

inline Tensor c2c(const Tensor& t, std::span<const int64_t> dims, Norm norm, bool forward) {
  static const Op op("_fft_c2c");
  return op(t, dims, static_cast<int64_t>(norm), forward);
}
inline Tensor r2c(const Tensor& t, std::span<const int64_t> dims, Norm norm, bool onesided) {
  static const Op op("_fft_r2c");
  return op(t, dims, static_cast<int64_t>(norm), onesided);
}
inline Tensor c2r(const Tensor& t, std::span<const int64_t> dims, Norm norm, int64_t last_size) {
  static const Op op("_fft_c2r");
  return op(t, dims, static_cast<int64_t>(norm), last_size);
}

}  // namespace vt::core::fft
