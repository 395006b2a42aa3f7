// SPDX-License-Identifier: Apache-2.0
// Parameters of the kernels on two operands: arithmetic, division, powers, comparison.
#pragma once

#include "params.hpp"

namespace vt::cuda {

enum class BinaryKind : uint8_t {
  kAdd,
  kAddScaled,
  kMul,
  kMaximum,
  kMinimum,
  kDiv,
  kFloorDivide,
  kTruncDivide,
  kRemainder,
  kPow,
  kPowNumber,  // one exponent for all elements
  kAtan2,
  kFmod,
  kFmax,
  kFmin,
  kCopysign,
  kHypot,
  kHeaviside,
  kLogaddexp,
  kLogaddexp2,
  kLdexp,
  kXlogy,
  kXlog1py,
  kZeta,
  kGammainc,
  kGammaincc,
  kChebyshevT,
  kChebyshevU,
  kChebyshevV,
  kChebyshevW,
  kShiftedChebyshevT,
  kShiftedChebyshevU,
  kShiftedChebyshevV,
  kShiftedChebyshevW,
  kHermiteH,
  kHermiteHe,
  kLaguerre,
  kLegendre,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kLogicalAnd,
  kLogicalOr,
  kLogicalXor,
  kBitwiseAnd,
  kBitwiseOr,
  kBitwiseXor,
  kNextafter,
  kGcd,
  kLcm,
  kLeftShift,
  kRightShift
};

constexpr bool gives_bool(BinaryKind kind) noexcept {
  return kind >= BinaryKind::kEqual && kind <= BinaryKind::kLogicalXor;
}

// binary_dense: all operands dense, of one dtype, aligned to 16 bytes. An operand without memory is a number. mixed_dense:
// both operands have memory, one of them of a half dtype.
struct BinaryDense {
  void* out;
  const void* a;
  const void* b;
  int64_t num;
  ElementCell a_number;  // of the dtype
  ElementCell b_number;  // of the dtype, float for the small floating dtypes where `b_unrounded`
  ElementCell alpha;     // of the dtype, float for the small floating dtypes
  BinaryKind kind;
  bool b_unrounded;
};

// binary_strided, in the common dtype.
template <class Index>
struct BinaryStrided {
  char* out;
  const char* a;
  const char* b;
  int64_t num;
  Walk<Index, 3> walk;
  BinaryKind kind;
  DtypeIndex out_dtype;
  DtypeIndex a_dtype;
  DtypeIndex b_dtype;
  bool b_unrounded;  // b enters in float, not rounded to a small floating dtype first
  ElementCell a_number;
  ElementCell b_number;
  ElementCell alpha;
};

// The symbols for a kind; null where the dtype does not have it.
struct BinaryKernels {
  const void* dense = nullptr;
  const void* strided = nullptr;
  const void* wide = nullptr;
};
BinaryKernels arithmetic_kernels(BinaryKind kind, DtypeIndex dtype) noexcept;
// The dense one for float32 beside a half dtype; null for what has none.
const void* mixed_arithmetic_kernel(BinaryKind kind, DtypeIndex a, DtypeIndex b) noexcept;
BinaryKernels division_kernels(BinaryKind kind, DtypeIndex dtype) noexcept;
BinaryKernels power_kernels(BinaryKind kind, DtypeIndex dtype) noexcept;
BinaryKernels pair_kernels(BinaryKind kind, DtypeIndex dtype) noexcept;
BinaryKernels special_pair_kernels(BinaryKind kind, DtypeIndex dtype) noexcept;
BinaryKernels integer_kernels(BinaryKind kind, DtypeIndex dtype) noexcept;
BinaryKernels comparison_kernels(BinaryKind kind, DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
