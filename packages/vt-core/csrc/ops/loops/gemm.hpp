// SPDX-License-Identifier: Apache-2.0
// The loops of matrix products.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// A factor of a product: `real` counts for floating dtypes, `imag` too for complex ones, `integer` for the others.
struct GemmFactor {
  double real = 1;
  uint64_t integer = 1;
  double imag = 0;
};

// c[i, j] = alpha * (sum over p of a[i, p] * b[p, j]) + beta * d[i, j], for i < m, j < n, p < k. Strides are in elements and
// may be anything, zero and negative too; c must not overlap a or b. Without `d` nothing is added; d may be c itself.
struct GemmProblem {
  int64_t m = 0;
  int64_t n = 0;
  int64_t k = 0;
  const void* a = nullptr;
  int64_t a_row = 0;
  int64_t a_col = 0;
  const void* b = nullptr;
  int64_t b_row = 0;
  int64_t b_col = 0;
  void* c = nullptr;
  int64_t c_row = 0;
  int64_t c_col = 0;
  const void* d = nullptr;
  int64_t d_row = 0;
  int64_t d_col = 0;
  GemmFactor alpha;
  GemmFactor beta;
};

// Computes a product on the calling thread. `scratch` has kGemmScratchBytes, aligned to 64.
using GemmFunction = void (*)(const GemmProblem& p, char* scratch);
inline constexpr size_t kGemmScratchBytes = size_t{8} << 20;

// `num` products one after the other, whose matrices lie so many elements apart.
using GemmSmall = void (*)(const GemmProblem& p, int64_t num, int64_t a_step, int64_t b_step, int64_t c_step,
                           int64_t d_step);

// How a dtype is multiplied on one instruction set. Elements do not depend on how a product is cut into parts by rows and columns,
// as long as all parts are given to the same function.
struct GemmLoop {
  GemmFunction tiles;  // any product
  // May be NULL:
  GemmFunction rows;  // at most kGemmFewRows rows by a large matrix with dense rows: b_col is 1
  GemmFunction dots;  // kGemmFewRows rows at most, dense or of kGemmMostDotElements, by dense columns: b_row is 1
  GemmSmall small;    // many tiny products
};
inline constexpr int64_t kGemmFewRows = 6;
inline constexpr int64_t kGemmMostDotElements = int64_t{1} << 19;

struct GemmLoops {
  GemmLoop by_dtype[18];  // as the other tables, by DtypeIndex; NULL where a dtype has no products
};

}  // namespace vt::core
