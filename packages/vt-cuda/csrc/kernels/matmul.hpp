// SPDX-License-Identifier: Apache-2.0
// The parameters of the matrix product kernel.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// c = alpha * a @ b + beta * d for matrices of any strides, in elements; without `d` nothing is added. Block i computes tile
// i % tiles of the matrices that position i / tiles of the batch says.
struct MatmulParams {
  const char* a;
  const char* b;
  char* c;
  const char* d;
  int64_t m;
  int64_t n;
  int64_t k;
  int64_t a_row, a_col, b_row, b_col, c_row, c_col, d_row, d_col;
  int64_t tiles_across;
  int64_t tiles;
  double alpha;  // for floating and complex dtypes
  double beta;
  double alpha_imag;  // for complex dtypes
  double beta_imag;
  uint64_t alpha_integer;  // for the others
  uint64_t beta_integer;
  Walk<int64_t, 4> batch;  // bytes in a, b, c, d
};
inline constexpr int kMatmulTile = 64;

// Null for dtypes without products.
const void* matmul_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
