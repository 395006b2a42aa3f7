// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels of linear algebra.
//
// Note [Factorisations on CUDA]
// A block factorises one matrix of a batch where it lies, column by column: what its threads write between two barriers does not
// depend on their order, so results are the same on every run. Many small matrices fill a device; a single large one keeps one
// multiprocessor busy. Solving takes a block per matrix and strip of right hand sides.
//
// Note [Screening]
// Routines that iterate may not return from numbers that are not finite. Matrices that hold such are noted and set to zero before;
// afterwards their results are set to NaN, or the note makes an error of them.
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
  bool exchanges;  // rows; otherwise every row is its own pivot
};

// Square matrices of which the lower triangle is read, or by exchanged strides the upper one; the other is set to zero.
struct CholeskyParams {
  void* matrices;
  int32_t* info;  // the order of the first minor that is not positive, 0 for none
  int64_t n;
  int64_t row;
  int64_t column;
};

// The first k = min(m, n) reflectors that make column-major matrices upper triangular, below the diagonal, and their scales.
struct QrParams {
  void* matrices;
  void* tau;  // k of each
  int64_t m;
  int64_t n;
  int64_t k;
};
// The first `columns` columns of the product of such reflectors.
struct QrColumnsParams {
  const void* factors;
  const void* tau;
  void* q;
  int64_t m;
  int64_t n;
  int64_t k;
  int64_t columns;
};

// Square matrices of which the lower triangle is read: D in blocks of one or two, and L below them (Bunch and Kaufman, 1977).
struct LdlParams {
  void* matrices;
  int32_t* pivots;  // n of each, counted from 1; negative, twice, for a block of two
  int32_t* info;    // the number of the first zero block, 0 for none
  int64_t n;
  bool hermitian;
};

// X of a batch of systems A X = B: what holds B at first, n rows and a column per right hand side. Strides in elements.
struct Sides {
  void* data;
  int64_t n;
  int64_t num;
  int64_t batch, row, column;
};
// Such systems, for each matrix of which a block solves `kSidesPerStrip` right hand sides. Strides in elements.
struct System {
  const void* a;
  int64_t a_batch, a_row, a_column;  // a_batch 0 where one matrix serves all
  Sides x;
  int64_t strips;
};
inline constexpr int kSidesPerStrip = 16;

// Of factors D and L.
struct LdlSolveParams {
  System system;
  const int32_t* pivots;  // n of each
  bool hermitian;
  struct IndexErrorRecord* record;
};

// Notes matrices that hold numbers which are not finite: Note [Screening].
struct ScreenParams {
  const void* matrices;
  int32_t* notes;  // -1 where there are such, else left
  int64_t size;    // elements of a matrix
  int64_t parts;   // blocks of a matrix
};
// Gives all elements of the matrices that were noted one value.
struct RefillParams {
  void* matrices;
  const int32_t* notes;
  int64_t size;
  int64_t parts;
  double value;
};
inline constexpr int64_t kScreenedPerBlock = int64_t{16} * kBlockThreads;

// Eigenvectors of real matrices from the columns in which LAPACK has them: a pair of conjugate ones as real and imaginary parts.
struct PairsParams {
  const void* packed;  // real, (batch) n by n
  const void* values;  // complex, (batch) n
  void* vectors;       // complex, (batch) n by n
  int64_t num;         // elements
  int64_t n;
};

// Of triangular matrices A.
struct TriangularParams {
  System system;
  bool upper;
  bool unit;       // ones on the diagonal, which is not read
  bool conjugate;  // A
};

// Rows of X exchanged with those that the pivots say, in their order or backwards.
struct ExchangeParams {
  const int32_t* pivots;  // n of each
  Sides x;
  int64_t num;  // matrices times sides
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
const void* qr_kernel(DtypeIndex dtype) noexcept;
const void* qr_columns_kernel(DtypeIndex dtype) noexcept;
const void* ldl_kernel(DtypeIndex dtype) noexcept;
const void* ldl_solve_kernel(DtypeIndex dtype) noexcept;
const void* screen_kernel(DtypeIndex dtype) noexcept;
const void* refill_kernel(DtypeIndex dtype) noexcept;
// By the dtype of the real matrix.
const void* eigenvector_pairs_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
