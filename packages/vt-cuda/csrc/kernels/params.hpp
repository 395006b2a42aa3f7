// SPDX-License-Identifier: Apache-2.0
// The parameters of every kernel, and the look-up of kernels by dtype. Shared by the host and nvcc; free of CUDA types.
//
// Note [Kernels]
// Each kernel takes one struct. The host plans, fills it and launches the symbol through the driver table; whatever can be
// decided at run time at little cost (other dtypes, layouts) is, so that few instances have to be compiled.
#pragma once

#include <vt/cpp/dtype.hpp>

#include <cstdint>

#include "walk.hpp"

namespace vt::cuda {

inline constexpr int kBlockThreads = 256;

struct alignas(16) ElementCell {
  unsigned char bytes[16];
};

// fill_dense: `bytes` bytes from a 16-byte aligned address, the pattern over and over.
struct FillDense {
  char* out;
  int64_t bytes;
  ElementCell pattern;
};
inline constexpr int kFillVectorsPerThread = 4;
inline constexpr int64_t kFillBytesPerBlock = int64_t{16} * kFillVectorsPerThread * kBlockThreads;

// fill_strided: one element of 1, 2, 4, 8 or 16 bytes per position.
template <class Index>
struct FillStrided {
  char* out;
  int64_t num;
  Walk<Index, 1> walk;
  ElementCell element;
};

// copy_strided moves elements of one size, cast_strided converts between any two dtypes.
template <class Index>
struct CopyStrided {
  char* out;
  const char* in;
  int64_t num;
  Walk<Index, 2> walk;
  DtypeIndex out_dtype;
  DtypeIndex in_dtype;
};
// cast_dense: both sides dense and aligned to 16 bytes.
struct CastDense {
  void* out;
  const void* in;
  int64_t num;
};
inline constexpr int kCastElementsPerThread = 8;

// Of the kernels on one and two operands: vectors of 16 bytes, or elements by a walk.
inline constexpr int kDenseVectorsPerThread = 2;
inline constexpr int kStridedElementsPerThread = 4;

// as_strided_backward: a window's dimensions, with `num_nested` first whose positions differ for different indices
// (strides descending, each beyond the reach of those after it), then the ones that repeat positions.
struct Window {
  int32_t ndim;
  int32_t num_nested;
  int64_t offset;
  int64_t num_repeats;  // product of the sizes of the rest
  int64_t sizes[kWideDims];
  int64_t strides[kWideDims];       // in elements
  int64_t data_strides[kWideDims];  // bytes in the gradient, or in the result
};
struct AsStridedBackward {
  const char* grad;
  char* out;
  int64_t num;
  DtypeIndex dtype;
  Window seen;   // what the view saw; data_strides of the gradient
  Window input;  // data_strides of the result
};

// Symbols to launch; null where a dtype does not have the operation.
const void* fill_dense_kernel() noexcept;
const void* fill_strided_kernel(int64_t itemsize, bool wide) noexcept;
const void* copy_strided_kernel(int64_t itemsize, bool wide) noexcept;
const void* cast_strided_kernel(bool wide) noexcept;
const void* cast_dense_kernel(DtypeIndex to, DtypeIndex from) noexcept;
const void* as_strided_backward_kernel() noexcept;

}  // namespace vt::cuda
