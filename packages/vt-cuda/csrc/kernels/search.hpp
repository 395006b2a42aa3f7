// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels that sort and select lines along one dimension.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// Note [Bitonic sort]
// A line is padded to a power of two of entries: a key that orders as the element does, and its position, by which equal
// keys are ordered, so that the sort is stable and the same on each run. Tiles are sorted by a block each in shared memory;
// longer distances are compared in global memory, one launch a distance, until they fit into a tile again.
struct SortEntry {
  uint64_t key;
  int64_t index;
};
//
// Few long lines are sorted by the digits of their elements instead (Note [Radix sort]).
inline constexpr int kSortTile = 1024;

struct SortParams {
  SortEntry* entries;  // of [line][padded]
  int64_t padded;
  int64_t num_entries;
  int64_t span;      // length of the bitonic sequences that are merged
  int64_t distance;  // between the entries that are compared
};
struct SortFill {
  SortEntry* entries;
  const char* in;
  int64_t padded;
  int64_t num_entries;
  int64_t length;
  int64_t stride;  // bytes along the line
  bool descending;
  DtypeIndex dtype;
  Walk<int64_t, 1> lines;
};
// Writes the first `length` entries of each line: row-major `outer` x length x inner.
struct SortWrite {
  const SortEntry* entries;
  const char* in;
  char* values;
  int64_t* indices;
  int64_t padded;
  int64_t length;
  int64_t inner;
  int64_t num;
  int64_t stride;
  int32_t itemsize;
  Walk<int64_t, 1> lines;
};

// grad, row-major [outer][from_length][inner], to the places that `indices` names in [outer][to_length][inner].
struct SelectBackward {
  const char* grad;
  const int64_t* indices;
  char* out;
  int64_t num;
  int64_t from_length;
  int64_t to_length;
  int64_t inner;
  int32_t itemsize;
};

const void* sort_fill_kernel() noexcept;
const void* sort_tiles_kernel() noexcept;
const void* sort_step_kernel() noexcept;
const void* sort_merge_kernel() noexcept;
const void* sort_write_kernel() noexcept;
const void* select_backward_kernel() noexcept;

}  // namespace vt::cuda
