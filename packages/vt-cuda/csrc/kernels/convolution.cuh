// SPDX-License-Identifier: Apache-2.0
// What the kernels of convolutions share.
#pragma once

#include "convolution.hpp"
#include "product_tile.cuh"

namespace vt::cuda {

// The remainder of n < 2^31, or of any n where `wide`; the quotient replaces n.
VT_DEVICE int32_t split(const Extent<int32_t>& extent, bool wide, int64_t& n) {
  if (wide) {
    const int64_t quotient = n / extent.size;
    const auto remainder = static_cast<int32_t>(n - quotient * extent.size);
    n = quotient;
    return remainder;
  }
  auto narrow = static_cast<int32_t>(n);
  const int32_t remainder = extent.split(narrow);
  n = narrow;
  return remainder;
}

template <class W>
VT_DEVICE W conjugated(W value, bool conjugate) {
  if constexpr (kIsComplex<W>) {
    if (conjugate) value.imag = -value.imag;
  }
  return value;
}

// The kernel that `make` gives for a dtype's element type. Signed integers are summed as unsigned ones, with the same bits.
template <class Make>
const void* convolution_kernel(DtypeIndex dtype, Make&& make) noexcept {
  switch (dtype) {
    case DtypeIndex::kUInt8:
    case DtypeIndex::kInt8: return make.template operator()<uint8_t>();
    case DtypeIndex::kInt16: return make.template operator()<uint16_t>();
    case DtypeIndex::kInt32: return make.template operator()<uint32_t>();
    case DtypeIndex::kInt64: return make.template operator()<uint64_t>();
    case DtypeIndex::kFloat16: return make.template operator()<Half>();
    case DtypeIndex::kBFloat16: return make.template operator()<BFloat>();
    case DtypeIndex::kFloat32: return make.template operator()<float>();
    case DtypeIndex::kFloat64: return make.template operator()<double>();
    case DtypeIndex::kComplex64: return make.template operator()<Complex<float>>();
    case DtypeIndex::kComplex128: return make.template operator()<Complex<double>>();
    default: return nullptr;
  }
}
// The same without complex types.
template <class Make>
const void* real_convolution_kernel(DtypeIndex dtype, Make&& make) noexcept {
  return convolution_kernel(dtype, [&]<class T>() -> const void* {
    if constexpr (kIsComplex<T>) {
      return nullptr;
    } else {
      return make.template operator()<T>();
    }
  });
}

}  // namespace vt::cuda
