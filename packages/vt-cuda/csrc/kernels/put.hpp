// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels that write and add at indices.
#pragma once

#include "index.hpp"

namespace vt::cuda {

// Note [Ordered writes]
// Indices come sorted (Note [Sorted rows]): the values for one row of `self` are a run, in their order. The last of a run is
// what a plain write leaves. An accumulating one folds a run, mostly into a sum, in pieces of kPiece values counted from its
// beginning, each in order; the first piece begins with the element itself, if that is included. Then the pieces are folded:
// each of kShares shares of consecutive pieces in order, and then the shares. So a result depends on nothing but the element and its values, is the
// same on every run, and up to kPiece values it is the sum one after the other. They are kept wide and rounded once.
//
// The sorted indices are dealt out in chunks of kPiece. A piece belongs to the chunk in which it begins: at most one that
// carries on with a longer run, and at most one that begins a run of several pieces; these two are kept for the second step.
inline constexpr int kPiece = 32;
inline constexpr int kShares = kBlockThreads / 32;
inline constexpr int kChunksOfBlock = 32;  // whose longer runs a block folds, a lane looks at each

struct PutParams {
  char* self;
  const char* values;
  const int64_t* rows;     // sorted, negative ones (which are left out) last
  const int64_t* offsets;  // of the values for each; null where single values of 4 bytes lie in this order
  char* partials;          // of pieces, in the wide dtype: [chunk][carried on, begun][column]
  int32_t num;
  int64_t row_bytes;             // between the rows of self
  int64_t num_columns;           // elements, or vectors of 16 bytes
  Walk<int64_t, 2> column_walk;  // of the values and of self over the dimensions that are taken whole
  bool vectors;
  bool include_self;  // the element itself is folded too
  DtypeIndex dtype;
};

// scatter and scatter_add: each thread has one position outside of the dimension and goes along it.
struct ScatterParams {
  char* self;
  const char* values;
  const char* index;
  int64_t num_columns;
  int64_t length;
  Walk<int64_t, 3> walk;  // of values, self and index without the dimension
  int64_t value_stride;
  int64_t index_stride;
  int64_t self_stride;
  int64_t size;
  int64_t dim;
  IndexOp op;
  bool is_int64;
  bool accumulates;
  bool has_number;
  ElementCell number;
  IndexErrorRecord* record;
};

enum class RowFold : uint8_t { kSum, kProduct, kMean, kLargest, kSmallest };

struct RowFoldKernels {
  const void* pieces;
  const void* partials;
  int64_t held_bytes;  // of a piece, per element
};

const void* write_rows_kernel(int64_t unit) noexcept;
RowFoldKernels add_rows_kernels(DtypeIndex dtype) noexcept;
RowFoldKernels fold_rows_kernels(RowFold fold, DtypeIndex dtype) noexcept;  // of those but kSum
const void* scatter_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
