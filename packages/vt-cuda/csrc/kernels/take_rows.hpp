// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernel that reads whole rows at indices.
#pragma once

#include "index.hpp"

namespace vt::cuda {

// out[i] = the row of `self` at index i, 0 where that is out of range. Rows are whole vectors of 16 bytes, one after the other
// in `out`; the indices are dense.
template <class Index>
struct TakeRowsParams {
  char* out;
  const char* self;
  const char* index;
  int64_t num_vectors;
  Extent<Index> row_vectors;
  int64_t row_bytes;  // between the rows of self
  int64_t size;       // so many rows
  int64_t dim;
  IndexOp op;
  bool is_int64;
  bool wraps;
  IndexErrorRecord* record;
};
inline constexpr int kTakeVectorsPerThread = 2;

const void* take_rows_kernel(bool wide) noexcept;

}  // namespace vt::cuda
