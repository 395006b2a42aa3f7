// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernel that sorts few row numbers.
#pragma once

#include "radix_sort.hpp"

namespace vt::cuda {

// Note [Sorted rows]
// Row numbers and their positions are put in order of the rows, equal rows in order of their positions, negative ones last:
// a radix sort with as many passes as the largest row has digits, whose last pass writes where the values of a position lie
// instead of the position. Few are sorted by one block, which makes all passes in one launch; each of its warps has a stretch
// of its own, so that no order depends on timing. More are sorted by many blocks (Note [Radix sort]).
inline constexpr int kMostRowsPerThread = 4;
inline constexpr int64_t kMostRowsOfBlock = kBlockThreads * kMostRowsPerThread;

struct SortedRows {
  int64_t* rows;
  int64_t* places;  // positions, and after the last pass offsets
};
struct SortRowsParams {
  SortedRows from;  // its places are not read in the pass 0: they are 0, 1, 2, ...
  SortedRows to;    // `from` and `to` are exchanged after each pass
  int32_t num;
  int64_t past_last;  // by which negative rows are sorted
  int32_t rows_per_thread;
  int32_t num_passes;
  Walk<int64_t, 1> walk;  // from a position to an offset
};

const void* sort_rows_kernel() noexcept;

}  // namespace vt::cuda
