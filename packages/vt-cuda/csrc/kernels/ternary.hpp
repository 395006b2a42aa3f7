// SPDX-License-Identifier: Apache-2.0
// Parameters of the kernels on three operands and of the triangle.
#pragma once

#include "params.hpp"

namespace vt::cuda {

enum class TernaryKind : uint8_t { kSelect, kClamp, kLerp, kAddcmul, kAddcdiv };

// An operand of a ternary kernel: memory, or without it a number.
struct TernaryOperand {
  const char* data;
  DtypeIndex dtype;
  bool unrounded;      // enters in float, not rounded to a small floating dtype first
  ElementCell number;  // of the common dtype, float for the small floating dtypes where `unrounded`
};

// ternary_dense: operands with memory are dense, of the common dtype (a mask of bytes) and aligned to 16 bytes.
struct TernaryDense {
  char* out;
  int64_t num;
  TernaryOperand in[3];
  ElementCell value;  // of the common dtype, float for the small floating dtypes
};

// ternary_strided: any layout and dtypes, computed in the common dtype.
template <class Index>
struct TernaryStrided {
  char* out;
  int64_t num;
  DtypeIndex out_dtype;
  TernaryKind kind;
  TernaryOperand in[3];
  ElementCell value;
  Walk<Index, 4> walk;
};
inline constexpr int kTernaryElementsPerThread = 4;

// The symbols for a kind; null where the dtype does not have it. Dense selection goes by the size of an element.
struct TernaryKernels {
  const void* dense = nullptr;
  const void* strided = nullptr;
  const void* wide = nullptr;
};
TernaryKernels ternary_kernels(TernaryKind kind, DtypeIndex dtype) noexcept;

// triangle: out = in on one side of a diagonal, zero on the other; a row-major result.
template <class Index>
struct Triangle {
  char* out;
  const char* in;
  int64_t num;
  int64_t rows;
  int64_t columns;
  int64_t diagonal;
  bool upper;
  Walk<Index, 2> walk;  // of out and in, over sizes innermost first
};
inline constexpr int kTriangleElementsPerThread = 4;
const void* triangle_kernel(int64_t itemsize, bool wide) noexcept;

}  // namespace vt::cuda
