// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels of linear algebra.
//
// Note [Factorisations on CUDA]
// A block factorises one matrix of a batch where it lies, column by column: what its threads write between two barriers does not
// depend on their order, so results are the same on every run. Many small matrices fill a device; a single large one keeps one
// multiprocessor busy. Solving takes a block per matrix and strip of right hand sides.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// (batch) column-major matrices of m rows and n columns, one after the other.
struct LuParams {
  void* matrices;
  int32_t* pivots;  // min(m, n) of each, counted from 1
  int32_t* info;    // the number of the first zero pivot, 0 for none
  int64_t m;
  int64_t n;
};

// Square matrices of which the lower triangle is read, or by exchanged strides the upper one; the other is set to zero.
struct CholeskyParams {
  void* matrices;
  int32_t* info;  // the order of the first minor that is not positive, 0 for none
  int64_t n;
  int64_t row;
  int64_t column;
};

// A X = B for triangular matrices A; X holds B at first. Strides in elements.
struct TriangularParams {
  const void* a;
  void* x;
  int64_t n;
  int64_t num_sides;                 // columns of X
  int64_t strips;                    // of columns
  int64_t a_batch, a_row, a_column;  // a_batch 0 where one matrix serves all
  int64_t x_batch, x_row, x_column;
  bool upper;
  bool unit;       // ones on the diagonal, which is not read
  bool conjugate;  // A
};
inline constexpr int kSidesPerStrip = 16;

// Rows of X exchanged with those that the pivots say, in their order or backwards.
struct ExchangeParams {
  const int32_t* pivots;
  void* x;
  int64_t num;  // matrices times sides
  int64_t n;
  int64_t num_sides;
  int64_t pivots_batch;
  int64_t x_batch, x_row, x_column;
  bool backwards;
  struct IndexErrorRecord* record;
};

// The order of `size` rows that `num_pivots` exchanges leave.
struct PermutationParams {
  const int32_t* pivots;
  int64_t* rows;
  int64_t num;  // batch
  int64_t num_pivots;
  int64_t size;
  struct IndexErrorRecord* record;
};

// Null for other dtypes than float32, float64 and the complex ones.
const void* lu_kernel(DtypeIndex dtype) noexcept;
const void* cholesky_kernel(DtypeIndex dtype) noexcept;
const void* triangular_kernel(DtypeIndex dtype) noexcept;
const void* exchange_kernel(DtypeIndex dtype) noexcept;
const void* permutation_kernel() noexcept;

}  // namespace vt::cuda
