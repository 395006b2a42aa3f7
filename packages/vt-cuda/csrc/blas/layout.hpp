// SPDX-License-Identifier: Apache-2.0
// From row-major products with strides to the column-major form that BLAS libraries take. Plain arithmetic.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

// Note [Rows and columns]
// A BLAS matrix is column-major with a leading dimension. Row-major memory read so is the transpose, and c = a b is the same as
// c^T = b^T a^T: the library is given b and a in exchanged order and writes c in place, row-major. A column-major c is first
// exchanged to a row-major one.
namespace vt::cuda {

// A batch of matrices as a kernel sees it; strides in elements.
struct StridedMatrix {
  const void* data = nullptr;
  int64_t row = 0;
  int64_t col = 0;
  int64_t batch = 0;
};

// c = alpha * a @ b + beta * d over (m, k), (k, n) and (m, n); no d when its data is null.
struct StridedProduct {
  int64_t m = 0;
  int64_t n = 0;
  int64_t k = 0;
  int64_t batch = 1;
  StridedMatrix a;
  StridedMatrix b;
  StridedMatrix c;
  StridedMatrix d;
};

// How the library is told of one operand: stored as `rows` x `cols` with columns `ld` apart, used transposed or not.
struct BlasMatrix {
  const void* data = nullptr;
  int64_t rows = 0;
  int64_t cols = 0;
  int64_t ld = 0;
  int64_t batch = 0;
  bool transposed = false;
};

// What is made of the elements of a product before they are rounded.
enum class Activation : uint8_t { kNone, kRelu, kGeluTanh };

// One call of the library; a and b are the exchanged operands. d is a matrix like c, or `bias` a vector added to all rows of c.
struct BlasProduct {
  int64_t m = 0;
  int64_t n = 0;
  int64_t k = 0;
  int64_t batch = 1;
  BlasMatrix a;
  BlasMatrix b;
  BlasMatrix c;
  BlasMatrix d;
  const void* bias = nullptr;
  Activation activation = Activation::kNone;
};

// A row-major matrix of `rows` x `cols` as a column-major one of `cols` x `rows`, untransposed; or, where its columns are the dense
// ones, transposed. Nothing when it is neither.
inline std::optional<BlasMatrix> as_blas_matrix(const StridedMatrix& matrix, int64_t rows, int64_t cols) noexcept {
  const int64_t row_ld = rows > 1 ? matrix.row : std::max<int64_t>(cols, 1);
  if ((matrix.col == 1 || cols <= 1) && row_ld >= std::max<int64_t>(cols, 1))
    return BlasMatrix{matrix.data, cols, rows, row_ld, matrix.batch, false};
  const int64_t col_ld = cols > 1 ? matrix.col : std::max<int64_t>(rows, 1);
  if ((matrix.row == 1 || rows <= 1) && col_ld >= std::max<int64_t>(rows, 1))
    return BlasMatrix{matrix.data, rows, cols, col_ld, matrix.batch, true};
  return std::nullopt;
}

inline StridedProduct exchanged(const StridedProduct& p) noexcept {
  StridedProduct e = p;
  std::swap(e.m, e.n);
  std::swap(e.a, e.b);
  for (StridedMatrix* matrix : {&e.a, &e.b, &e.c, &e.d}) std::swap(matrix->row, matrix->col);
  return e;
}

// Which operands have no BLAS form and need a dense copy first.
struct BlasObstacles {
  bool a = false;
  bool b = false;
  bool c = false;
  bool d = false;
  bool any() const noexcept { return a || b || c || d; }
};

// The call for a product of positive sizes, or what is in its way. `bias_allowed` says that factors are one and the dtype has the
// bias epilogue.
inline std::optional<BlasProduct> as_blas_product(const StridedProduct& product, bool bias_allowed,
                                                  BlasObstacles& obstacles) noexcept {
  obstacles = {};
  const auto whole = as_blas_matrix(product.c, product.m, product.n);
  const bool exchange = whole && whole->transposed;
  const StridedProduct p = exchange ? exchanged(product) : product;
  const auto a = as_blas_matrix(p.a, p.m, p.k);
  const auto b = as_blas_matrix(p.b, p.k, p.n);
  const auto c = as_blas_matrix(p.c, p.m, p.n);
  obstacles.a = exchange ? !b : !a;
  obstacles.b = exchange ? !a : !b;
  obstacles.c = !c;
  BlasProduct call;
  call.m = p.n;
  call.n = p.m;
  call.k = p.k;
  call.batch = p.batch;
  if (p.d.data && c) {
    const bool repeated = (p.d.row == 0 || p.m == 1) && (p.d.batch == 0 || p.batch == 1);
    if (bias_allowed && repeated && (p.d.col == 1 || p.n == 1)) {
      call.bias = p.d.data;
    } else if (const auto d = as_blas_matrix(p.d, p.m, p.n); d && !d->transposed) {
      call.d = *d;
    } else {
      obstacles.d = true;
    }
  }
  if (obstacles.any()) return std::nullopt;
  call.a = *b;
  call.b = *a;
  call.c = *c;
  return call;
}

}  // namespace vt::cuda
