// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels that sort row numbers.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// Note [Sorted rows]
// Row numbers and their positions are put in order of the rows, equal rows in order of their positions, negative ones last:
// a radix sort from the lowest digit on, with as many passes as the largest row has digits. In each pass the digits of every
// tile are counted, then each tile finds from the counts of all where its rows go. A single tile makes all passes in one
// launch and counts for itself. Within a tile each warp has a stretch of its own, so that no order depends on timing. The last
// pass writes where the values of a position lie instead of the position.
inline constexpr int kDigitBits = 8;
inline constexpr int kDigits = 1 << kDigitBits;
static_assert(kDigits == kBlockThreads);  // each thread has a digit
inline constexpr int kMaxRowTiles = 256;

struct SortedRows {
  int64_t* rows;
  int64_t* places;  // positions, and after the last pass offsets
};
struct SortRowsParams {
  SortedRows from;  // its places are not read in the pass 0: they are 0, 1, 2, ...
  SortedRows to;
  int32_t* counts;  // [tile][digit]; of more than one tile
  int64_t num;
  int64_t past_last;  // by which negative rows are sorted
  int32_t num_tiles;
  int32_t rows_per_thread;  // in a tile
  int32_t first_pass;       // from here to end_pass; `from` and `to` are exchanged after each
  int32_t end_pass;
  int32_t num_passes;
  Walk<int64_t, 1> walk;  // from a position to an offset
};

const void* count_rows_kernel() noexcept;
const void* sort_rows_kernel() noexcept;

}  // namespace vt::cuda
