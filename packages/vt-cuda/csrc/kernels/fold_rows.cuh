// SPDX-License-Identifier: Apache-2.0
// The engine that folds the values for one row into it (Note [Ordered writes]).
//
// A fold has
//   Held                                 what a thread folds in: an element, or neighbouring ones
//   load(params, at)                     the elements at an address, as Held
//   join(held, other)                    folds the other in
//   take(params, values, at, n, held)    folds in the values of n positions from `at` on, in their order
//   store(params, at, held, count)       rounds, and divides by the count where it means to
#pragma once

#include "index.cuh"
#include "put.hpp"

namespace vt::cuda {

// The first in [low, high) that is not before `row`. Rows that are left out come last, as if unsigned.
VT_DEVICE int32_t find_row(const int64_t* rows, int64_t row, int32_t low, int32_t high) {
  while (low < high) {
    const int32_t middle = low + (high - low) / 2;
    if (static_cast<uint64_t>(rows[middle]) < static_cast<uint64_t>(row)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// Where the run of the row at `at` begins, and where it ends. Most runs are short, so the search goes on in doubled steps from there.
VT_DEVICE int32_t begin_of_run(const int64_t* rows, int32_t at) {
  const int64_t row = rows[at];
  int32_t high = at;  // in the run
  for (int32_t step = 1;; step *= 2) {
    const int32_t low = high - step;
    if (low < 0 || rows[low] != row) return find_row(rows, row, low < 0 ? 0 : low + 1, high);
    high = low;
  }
}
VT_DEVICE int32_t end_of_run(const int64_t* rows, int32_t at, int32_t num) {
  const int64_t row = rows[at];
  int32_t low = at;  // in the run
  for (int32_t step = 1;; step *= 2) {
    const int32_t left = num - low;
    const int32_t high = step < left ? low + step : num;
    if (high == num || rows[high] != row) return find_row(rows, row + 1, low + 1, high);
    low = high;
  }
}

VT_DEVICE int64_t value_offset(const PutParams& p, int64_t at) { return p.offsets == nullptr ? 4 * at : p.offsets[at]; }

// Where a piece is kept: the one that begins a run in the chunk, or the one that carries on in it.
template <class Fold>
VT_DEVICE typename Fold::Held* partial_of(const PutParams& p, int64_t chunk, bool begins, int64_t column) {
  return reinterpret_cast<typename Fold::Held*>(p.partials) + (2 * chunk + begins) * p.num_columns + column;
}

// All pieces that begin in the chunk.
template <class Fold>
VT_DEVICE void fold_chunk(const PutParams& p, int32_t chunk, int64_t column) {
  int64_t at_column[2];
  p.column_walk.offsets(column, at_column);
  const char* values = p.values + at_column[0];
  const int64_t* rows = p.rows;
  const int32_t first = chunk * kPiece;
  const int32_t end = p.num - first < kPiece ? p.num : first + kPiece;
  for (int32_t at = first; at < end;) {
    const int64_t row = rows[at];
    if (row < 0) return;
    bool begins = true;
    if (at == first && at > 0 && rows[at - 1] == row) {
      const int32_t begin = begin_of_run(rows, at - 1);
      const int32_t over = (at - begin) % kPiece;
      const int32_t missing = over > 0 ? kPiece - over : 0;  // to where its next piece begins
      if (end - first <= missing || rows[first + missing] != row) {
        at = find_row(rows, row + 1, first, end - first <= missing ? end : first + missing);
        continue;
      }
      at = first + missing;
      begins = false;
    }
    const int32_t piece = p.num - at < kPiece ? p.num - at : kPiece;
    int32_t num = 1;
    if (rows[at + piece - 1] == row) {
      num = piece;
    } else {
      while (rows[at + num] == row) ++num;
    }
    char* self = p.self + at_column[1] + row * p.row_bytes;
    const bool has_self = begins && p.include_self;
    const int32_t taken = has_self ? 0 : 1;
    typename Fold::Held held = Fold::load(p, has_self ? self : values + value_offset(p, at));
    Fold::take(p, values, at + taken, num - taken, held);
    at += num;
    if (begins && (at == p.num || rows[at] != row)) {
      Fold::store(p, self, held, num + p.include_self);
    } else {
      *partial_of<Fold>(p, chunk, begins, column) = held;
    }
  }
}

// The chunk and the column of a thread.
template <class Fold>
VT_DEVICE void fold_pieces_of_thread(const PutParams& p) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t chunk = i / p.num_columns;
  if (chunk * kPiece < p.num) fold_chunk<Fold>(p, static_cast<int32_t>(chunk), i - chunk * p.num_columns);
}

// The first value of a run of several pieces that begins in the chunk, or -1: at most one does.
VT_DEVICE int32_t long_run_of(const PutParams& p, int32_t chunk) {
  const int64_t* rows = p.rows;
  const int32_t first = chunk * kPiece;
  if (p.num - first <= kPiece) return -1;
  const int64_t row = rows[first + kPiece];
  if (row < 0 || rows[first + kPiece - 1] != row || (first > 0 && rows[first - 1] == row)) return -1;
  const int32_t begin = find_row(rows, row, first, first + kPiece);
  return p.num - begin > kPiece && rows[begin + kPiece] == row ? begin : -1;
}

// The run that begins at `begin`, in a chunk: warps have shares of its pieces, lanes have columns.
template <class Fold>
VT_DEVICE void fold_run(const PutParams& p, int32_t chunk, int32_t begin, int64_t column) {
  using Held = typename Fold::Held;
  alignas(16) __shared__ unsigned char memory[kShares * 32 * sizeof(Held)];
  auto* const shares = reinterpret_cast<Held(*)[32]>(memory);
  const int64_t row = p.rows[begin];
  const int32_t end = end_of_run(p.rows, begin + kPiece, p.num);
  const int32_t num_pieces = (end - begin - 1) / kPiece + 1;
  const int32_t share = (num_pieces + kShares - 1) / kShares;
  const int warp = static_cast<int>(threadIdx.x) / 32;
  const int lane = static_cast<int>(threadIdx.x) % 32;
  const int32_t share_begin = warp * share;
  const int32_t share_end = share_begin + share < num_pieces ? share_begin + share : num_pieces;
  if (column < p.num_columns && share_begin < share_end) {
    Held held = *partial_of<Fold>(p, chunk + share_begin, share_begin == 0, column);
#pragma unroll 4
    for (int32_t piece = share_begin + 1; piece < share_end; ++piece)
      Fold::join(held, *partial_of<Fold>(p, chunk + piece, false, column));
    shares[warp][lane] = held;
  }
  __syncthreads();
  if (warp == 0 && column < p.num_columns) {
    Held held = shares[0][lane];
    for (int w = 1; w * share < num_pieces; ++w) Fold::join(held, shares[w][lane]);
    int64_t at_column[2];
    p.column_walk.offsets(column, at_column);
    Fold::store(p, p.self + at_column[1] + row * p.row_bytes, held, end - begin + p.include_self);
  }
  __syncthreads();
}

// Runs of several pieces that begin in the chunks of the block, one after the other: most chunks have none.
template <class Fold>
VT_DEVICE void fold_runs(const PutParams& p) {
  const int64_t num_groups = (p.num_columns + 31) / 32;
  const int64_t block = blockIdx.x / num_groups;
  const int lane = static_cast<int>(threadIdx.x) % 32;
  const int64_t column = (blockIdx.x - block * num_groups) * 32 + lane;
  const auto chunk = static_cast<int32_t>(block * kChunksOfBlock);
  const int64_t own = int64_t{chunk} + lane;
  const int32_t begin = own * kPiece < p.num ? long_run_of(p, static_cast<int32_t>(own)) : -1;
  for (uint32_t left = __ballot_sync(0xffffffffu, begin >= 0); left != 0; left &= left - 1) {
    const int c = __popc((left & (~left + 1)) - 1);  // the lowest bit that is set
    fold_run<Fold>(p, chunk + c, __shfl_sync(0xffffffffu, begin, c), column);
  }
}

}  // namespace vt::cuda
