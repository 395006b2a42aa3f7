// SPDX-License-Identifier: Apache-2.0
// Parameters and look-up of the kernel for small products of matrices.
#pragma once

#include "../blas/layout.hpp"
#include "params.hpp"

// Note [Small products]
// What a product of small matrices takes is latency: of a library's call on the host, and of memory on the device. A block computes
// a tile of 16 x 16 elements, one per thread, from 64 steps of k at a time, the next of which are on their way meanwhile. An element
// is one chain of fused multiply-adds in the order of k, as in Note [Tiles of a product]; half types are summed in float and
// rounded once.
namespace vt::cuda {

inline constexpr int kSmallTile = 16;

// small_product: c = activation(alpha * a @ b + beta * d) over (m, k), (k, n) and (m, n), of any strides in elements; without `d`
// nothing is added. A block per tile of c.
struct SmallProductParams {
  const char* a;
  const char* b;
  char* c;
  const char* d;
  int64_t m;
  int64_t n;
  int64_t k;
  int64_t a_row, a_col, b_row, b_col, c_row, c_col, d_row, d_col;
  double alpha;
  double beta;
  Activation activation;
};

// Whether such a product takes the kernel no longer than a library's kernels take, and half of the host's time or less.
constexpr bool is_small_product(int64_t m, int64_t n, int64_t k) noexcept {
  return k <= 512 && m <= 65536 && n <= 65536 && m * n <= 65536 && m * n * k <= int64_t{1} << 21;
}

constexpr int64_t small_tiles(int64_t rows, int64_t columns) noexcept {
  return (rows + kSmallTile - 1) / kSmallTile * ((columns + kSmallTile - 1) / kSmallTile);
}

// Null for dtypes that are not real floating ones.
const void* small_product_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
