// SPDX-License-Identifier: Apache-2.0
// Parameters and look-up of the kernels of the unary and activation families. Free of CUDA types.
#pragma once

#include <vt/cpp/pointwise.hpp>

#include "params.hpp"

// Note [Pointwise kernels]
// Dense operands of float32 or a half type, which matter, have a kernel per op and dtype. One kernel per family and type of
// computation serves every other dtype and layout; it finds the op at run time. Where the formula of an op takes longer than
// its elements take to move, dense elements of half types have a form of their own: fused multiplications and additions and the
// device's powers of two and reciprocals, to 2^-15 of what is rounded to 2^-11 or 2^-8.
namespace vt::cuda {

// pointwise_dense: all operands dense, of one dtype, aligned to 16 bytes, so many of which a thread has. `b` is null for ops of
// one input.
struct PointwiseDense {
  void* out;
  const void* a;
  const void* b;
  int64_t num;
  pointwise::Parameters parameters;
};

// pointwise_strided: `op` counts in the family's list; an op of one input has it as `b` too.
template <class Index>
struct PointwiseStrided {
  char* out;
  const char* a;
  const char* b;
  int64_t num;
  Walk<Index, 3> walk;
  int32_t op;
  DtypeIndex out_dtype;
  DtypeIndex a_dtype;
  DtypeIndex b_dtype;
  pointwise::Parameters parameters;
};

// Null where there is no dense kernel; `computed` is the dtype that elements are computed in.
const void* unary_dense_kernel(size_t op, DtypeIndex dtype) noexcept;
const void* unary_strided_kernel(DtypeIndex computed, bool wide) noexcept;
const void* trigonometric_dense_kernel(size_t op, DtypeIndex dtype) noexcept;
const void* trigonometric_strided_kernel(DtypeIndex computed, bool wide) noexcept;
const void* activation_dense_kernel(size_t op, DtypeIndex dtype) noexcept;
const void* activation_strided_kernel(DtypeIndex computed, bool wide) noexcept;
const void* nonlinear_dense_kernel(size_t op, DtypeIndex dtype) noexcept;
const void* nonlinear_strided_kernel(DtypeIndex computed, bool wide) noexcept;
const void* special_dense_kernel(size_t op, DtypeIndex dtype) noexcept;
const void* special_strided_kernel(DtypeIndex computed, bool wide) noexcept;
const void* special_scalar_strided_kernel(DtypeIndex computed, bool wide) noexcept;

}  // namespace vt::cuda
