// SPDX-License-Identifier: Apache-2.0
// Products of blocks of queries and keys, cut to the side of the diagonal that a causal mask leaves.
#pragma once

#include "ops/loops/gemm_tile.hpp"

namespace vt::core::VT_ISA {

// Of a matrix of queries and keys only key <= query + diagonal counts.
enum class Trim {
  kColumns,    // rows are queries, columns keys: columns beyond those of the panel's last row are left as they are
  kDepth,      // rows are queries, the depth keys: ends with those of the panel's last row
  kDepthFrom,  // rows are keys, the depth queries: begins with those of the panel's first row
};
// Lets every element count.
inline constexpr int64_t kNoDiagonal = INT64_MAX / 4;

// out = alpha a b, or out += alpha a b. Rows of `b` and `out` are dense, as are those of `a`, but where its rows are
// keys: there its columns are. Strides in elements.
template <class C>
struct BlockProduct {
  const C* a;
  int64_t a_stride;
  const C* b;
  int64_t b_row;
  C* out;
  int64_t out_row;
  int64_t rows;
  int64_t columns;
  int64_t depth;
  C alpha;
  Merge merge;
};

// The rows [row, row + Rows) of the result.
template <class C, int Rows, Trim kTrim>
void multiply_panel(const BlockProduct<C>& p, int64_t row, int64_t diagonal) noexcept {
  constexpr bool kTransposed = kTrim == Trim::kDepthFrom;
  int64_t columns = p.columns;
  int64_t first = 0;
  int64_t depth = p.depth;
  const int64_t keys = row + Rows + diagonal;  // that the last row sees
  if constexpr (kTrim == Trim::kColumns) {
    if (keys < columns) columns = keys < 0 ? 0 : keys;
  } else if constexpr (kTrim == Trim::kDepth) {
    if (keys < depth) depth = keys < 0 ? 0 : keys;
  } else {
    const int64_t query = row - diagonal;
    if (query > 0) first = query < depth ? query : depth;
    depth -= first;
  }
  TileArgs<C> t;
  t.k = depth;
  t.a = kTransposed ? p.a + row + first * p.a_stride : p.a + row * p.a_stride;
  t.a_row = kTransposed ? 1 : p.a_stride;
  t.a_step = kTransposed ? p.a_stride : 1;
  t.b_step = p.b_row;
  t.c_row = p.out_row;
  t.alpha = p.alpha;
  t.merge = p.merge;
  t.row = nullptr;
  for (int64_t j = 0; j < columns; j += kTileColumns<C>) {
    t.b = p.b + first * p.b_row + j;
    t.c = p.out + row * p.out_row + j;
    // Up to whole vectors where the block has them.
    const int64_t left = p.columns - j;
    if (columns - j > kNumLanes<C>) {
      t.columns = left < kTileColumns<C> ? left : kTileColumns<C>;
      multiply_tile<C, Rows, 2, false>(t);
    } else {
      t.columns = left < kNumLanes<C> ? left : kNumLanes<C>;
      multiply_tile<C, Rows, 1, false>(t);
    }
  }
}

template <Trim kTrim, class C>
void multiply(const BlockProduct<C>& p, int64_t diagonal) noexcept {
  constexpr int kRows = kTileRows >= 8 ? 8 : kTileRows;
  int64_t row = 0;
  for (; row + kRows <= p.rows; row += kRows) multiply_panel<C, kRows, kTrim>(p, row, diagonal);
  for (; row + 4 <= p.rows; row += 4) multiply_panel<C, 4, kTrim>(p, row, diagonal);
  for (; row < p.rows; ++row) multiply_panel<C, 1, kTrim>(p, row, diagonal);
}

}  // namespace vt::core::VT_ISA
