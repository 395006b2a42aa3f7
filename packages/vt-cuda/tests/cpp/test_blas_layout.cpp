// SPDX-License-Identifier: Apache-2.0
// How strided products become calls of a column-major library, checked by doing what the library would do.
#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "blas/layout.hpp"

namespace vt::cuda {
namespace {

double stored(const BlasMatrix& matrix, int64_t i, int64_t j) {
  const auto* data = static_cast<const double*>(matrix.data);
  return matrix.transposed ? data[j + i * matrix.ld] : data[i + j * matrix.ld];
}

// What a BLAS does with a call: column-major c = a b + (d or bias).
void multiply(const BlasProduct& p) {
  auto* c = static_cast<double*>(const_cast<void*>(p.c.data));
  for (int64_t i = 0; i < p.m; ++i)
    for (int64_t j = 0; j < p.n; ++j) {
      double sum = p.bias ? static_cast<const double*>(p.bias)[i] : p.d.data ? stored(p.d, i, j) : 0;
      for (int64_t k = 0; k < p.k; ++k) sum += stored(p.a, i, k) * stored(p.b, k, j);
      c[i + j * p.c.ld] = sum;
    }
}

struct Memory {
  Memory() : a(64), b(64), c(256), d(64) {
    for (size_t i = 0; i < a.size(); ++i) {
      a[i] = static_cast<double>(i % 7) - 3;
      b[i] = static_cast<double>(i % 5) - 2;
      d[i] = static_cast<double>(i);
    }
  }
  std::vector<double> a, b, c, d;
};

// Rows dense, columns dense, or rows with gaps.
StridedMatrix matrix(const std::vector<double>& data, int64_t rows, int64_t cols, int layout) {
  if (layout == 0) return {data.data(), cols, 1, 0};
  if (layout == 1) return {data.data(), 1, rows, 0};
  return {data.data(), cols + 3, 1, 0};
}

double at(const StridedMatrix& m, int64_t i, int64_t j) {
  return static_cast<const double*>(m.data)[i * m.row + j * m.col];
}

StridedProduct sizes(int64_t m, int64_t n, int64_t k) {
  StridedProduct p;
  p.m = m;
  p.n = n;
  p.k = k;
  return p;
}

void expect_product(const StridedProduct& p, bool bias_allowed) {
  BlasObstacles obstacles;
  const auto call = as_blas_product(p, bias_allowed, obstacles);
  ASSERT_TRUE(call);
  for (const BlasMatrix& m : {call->a, call->b, call->c}) EXPECT_GE(m.ld, m.rows);
  EXPECT_FALSE(call->c.transposed);
  multiply(*call);
  for (int64_t i = 0; i < p.m; ++i)
    for (int64_t j = 0; j < p.n; ++j) {
      double sum = p.d.data ? at(p.d, i, j) : 0;
      for (int64_t k = 0; k < p.k; ++k) sum += at(p.a, i, k) * at(p.b, k, j);
      EXPECT_EQ(at(p.c, i, j), sum) << i << ", " << j;
    }
}

TEST(BlasLayout, AnyDenseSideIsReadInPlace) {
  for (const auto& [m, n, k] : {std::array<int64_t, 3>{2, 3, 4}, {1, 4, 3}, {4, 1, 3}, {3, 2, 1}, {1, 1, 5}})
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b)
        for (int c = 0; c < 3; ++c) {
          Memory memory;
          StridedProduct p = sizes(m, n, k);
          p.a = matrix(memory.a, m, k, a);
          p.b = matrix(memory.b, k, n, b);
          p.c = matrix(memory.c, m, n, c);
          expect_product(p, false);
        }
}

TEST(BlasLayout, OneRowForAllIsABias) {
  Memory memory;
  StridedProduct p = sizes(3, 4, 2);
  p.a = matrix(memory.a, 3, 2, 0);
  p.b = matrix(memory.b, 2, 4, 1);
  p.c = matrix(memory.c, 3, 4, 0);
  p.d = {memory.d.data(), 0, 1, 0};
  expect_product(p, true);
  BlasObstacles obstacles;
  EXPECT_EQ(as_blas_product(p, true, obstacles)->bias, memory.d.data());
}

TEST(BlasLayout, WithoutABiasEpilogueOneRowForAllIsAnObstacle) {
  Memory memory;
  StridedProduct p = sizes(3, 4, 2);
  p.a = matrix(memory.a, 3, 2, 0);
  p.b = matrix(memory.b, 2, 4, 0);
  p.c = matrix(memory.c, 3, 4, 0);
  p.d = {memory.d.data(), 0, 1, 0};
  BlasObstacles obstacles;
  EXPECT_FALSE(as_blas_product(p, false, obstacles));
  EXPECT_TRUE(obstacles.d);
  EXPECT_FALSE(obstacles.a || obstacles.b || obstacles.c);
}

TEST(BlasLayout, AMatrixIsAddedInPlace) {
  for (int c = 0; c < 2; ++c) {
    Memory memory;
    StridedProduct p = sizes(3, 4, 2);
    p.a = matrix(memory.a, 3, 2, 0);
    p.b = matrix(memory.b, 2, 4, 0);
    p.c = matrix(memory.c, 3, 4, c);
    p.d = matrix(memory.d, 3, 4, c);
    expect_product(p, true);
  }
}

TEST(BlasLayout, ObstaclesNameTheOperandWhicheverWayItIsExchanged) {
  for (int c = 0; c < 2; ++c) {
    Memory memory;
    StridedProduct p = sizes(3, 4, 2);
    p.a = {memory.a.data(), 9, 2, 0};
    p.b = matrix(memory.b, 2, 4, 0);
    p.c = matrix(memory.c, 3, 4, c);
    BlasObstacles obstacles;
    EXPECT_FALSE(as_blas_product(p, false, obstacles));
    EXPECT_TRUE(obstacles.a);
    EXPECT_FALSE(obstacles.b || obstacles.c || obstacles.d);
  }
}

TEST(BlasLayout, RowsAtOneAddressAreAnObstacle) {
  Memory memory;
  StridedProduct p = sizes(3, 4, 2);
  p.a = {memory.a.data(), 0, 1, 0};
  p.b = matrix(memory.b, 2, 4, 0);
  p.c = matrix(memory.c, 3, 4, 0);
  BlasObstacles obstacles;
  EXPECT_FALSE(as_blas_product(p, false, obstacles));
  EXPECT_TRUE(obstacles.a);
}

}  // namespace
}  // namespace vt::cuda
