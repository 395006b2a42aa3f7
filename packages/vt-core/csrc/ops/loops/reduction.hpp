// SPDX-License-Identifier: Apache-2.0
// The loops of the reduction family: for each kind and dtype the functions that gather elements in cells.
#pragma once

#include <vt/cpp/iter/reduce_kinds.hpp>

#include <cstddef>
#include <cstdint>

namespace vt::core {

// Columns of one call of `rows` at most.
inline constexpr int64_t kReduceColumns = 256;
inline constexpr size_t kMaxReduceCell = 40;

// A cell is what one output is gathered in, `cell_bytes` of plain data. `position` is the number of the first element among
// those of its output. NULL functions: the dtype does not have the kind.
struct ReduceLoops {
  size_t cell_bytes;
  // Makes cells of no elements.
  void (*clear)(void* cells, int64_t n);
  // Gathers n elements `stride` bytes apart.
  void (*run)(const char* src, int64_t stride, int64_t n, int64_t position, void* cell, const ReduceSettings& settings);
  // Gathers `rows` rows of `columns` elements, each column in a cell of its own.
  void (*rows)(const char* src, int64_t row_stride, int64_t rows, int64_t column_stride, int64_t columns,
               int64_t position, void* cells, const ReduceSettings& settings);
  // Gathers into each of n cells what came after its elements.
  void (*merge)(void* into, const void* from, int64_t n);
  // Writes the results of n cells, `strides` bytes apart; a slot without memory is skipped.
  void (*store)(const void* cells, int64_t n, char* const* out, const int64_t* strides, const ReduceSettings& settings);
};

struct ReductionLoops {
  ReduceLoops reduce[kNumReduceKinds][18];
  ReduceLoops nan_sum[18];  // kSum with zeros for NaN
};

}  // namespace vt::core
