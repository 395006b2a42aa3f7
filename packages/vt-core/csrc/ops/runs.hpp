// SPDX-License-Identifier: Apache-2.0
// Walks a plan on the CPU: cuts it into one-dimensional runs and spreads them over threads.
#pragma once

#include <vt/cpp/iter.hpp>

#include "runtime/thread_pool.hpp"

namespace vt::core {

// Elements per part of a parallel loop: some 10 us of work, several times the cost of waking a thread.
inline constexpr int64_t kGrain = 32768;
// The same for loops over rows of `size` elements.
inline int64_t rows_per_grain(int64_t size) noexcept {
  return std::max<int64_t>(kGrain / std::max<int64_t>(size, 1), 1);
}

// Calls body(data, n) for runs of n elements along the innermost dimension that together cover [begin, end) of the plan's
// elements; data[k] points to the first element of operand k.
template <size_t NumOperands, class Body>
void for_each_run_in(const IterPlan& p, int64_t begin, int64_t end, Body&& body) {
  const auto ndim = static_cast<size_t>(p.ndim);
  InlineVector<int64_t, 4> index;
  index.resize(ndim);
  char* data[NumOperands];
  int64_t rest = begin;
  for (size_t d = 0; d < ndim; ++d) {
    index[d] = rest % p.sizes[d];
    rest /= p.sizes[d];
  }
  for (size_t k = 0; k < NumOperands; ++k) {
    data[k] = static_cast<char*>(p.data[k]);
    for (size_t d = 0; d < ndim; ++d) data[k] += index[d] * p.strides[k * ndim + d];
  }
  for (int64_t done = begin; done < end;) {
    const int64_t n = std::min(p.sizes[0] - index[0], end - done);
    body(data, n);
    done += n;
    if (done >= end) return;
    for (size_t k = 0; k < NumOperands; ++k) data[k] -= index[0] * p.strides[k * ndim];
    index[0] = 0;
    // Whole runs along the second dimension.
    const int64_t more = std::min(p.sizes[1] - index[1] - 1, (end - done) / p.sizes[0]);
    for (int64_t run = 0; run < more; ++run) {
      for (size_t k = 0; k < NumOperands; ++k) data[k] += p.strides[k * ndim + 1];
      body(data, p.sizes[0]);
    }
    done += more * p.sizes[0];
    index[1] += more;
    for (size_t d = 1; d < ndim; ++d) {
      for (size_t k = 0; k < NumOperands; ++k) data[k] += p.strides[k * ndim + d];
      if (++index[d] < p.sizes[d]) break;
      for (size_t k = 0; k < NumOperands; ++k) data[k] -= p.sizes[d] * p.strides[k * ndim + d];
      index[d] = 0;
    }
  }
}

// Where the order of elements is free: runs of a few elements cost more than their elements do, so the next dimension is walked
// first where it is longer. To be called before inner strides are read.
inline void lengthen_runs(IterPlan& p) noexcept {
  constexpr int64_t kShortRun = 8;
  if (p.ndim < 2 || p.sizes[0] >= kShortRun || p.sizes[1] < 4 * kShortRun) return;
  const auto ndim = static_cast<size_t>(p.ndim);
  std::swap(p.sizes[0], p.sizes[1]);
  for (size_t k = 0; k < p.data.size(); ++k) std::swap(p.strides[k * ndim], p.strides[k * ndim + 1]);
}

// Runs and number of runs in a tile, chosen so that the cache lines of a transposed operand outlive the tile.
inline constexpr int64_t kTileLength = 16;
inline constexpr int64_t kTileRuns = 64;

// Whether some operand is walked against its layout: neighbours along the second dimension, far apart along the first.
template <size_t NumOperands>
bool wants_tiles(const IterPlan& p) noexcept {
  if (p.ndim < 2 || p.sizes[0] < kTileLength || p.sizes[1] < kTileLength) return false;
  const auto ndim = static_cast<size_t>(p.ndim);
  for (size_t k = 0; k < NumOperands; ++k) {
    const int64_t inner = p.strides[k * ndim];
    const int64_t outer = p.strides[k * ndim + 1];
    if (outer > 0 && outer < inner && inner >= 64) return true;
  }
  return false;
}

// Runs of up to kTileLength elements, tile by tile over the two innermost dimensions, in parallel.
template <size_t NumOperands, class Body>
void for_each_tiled_run(const IterPlan& p, Body&& body) {
  const auto ndim = static_cast<size_t>(p.ndim);
  const int64_t across = (p.sizes[0] + kTileLength - 1) / kTileLength;
  const int64_t down = (p.sizes[1] + kTileRuns - 1) / kTileRuns;
  const int64_t outer = p.numel / (p.sizes[0] * p.sizes[1]);
  parallel_for(0, across * down * outer, kGrain / (kTileLength * kTileRuns), [&](int64_t begin, int64_t end) {
    for (int64_t tile = begin; tile < end; ++tile) {
      const int64_t column = tile % across * kTileLength;
      const int64_t row = tile / across % down * kTileRuns;
      const int64_t length = std::min(kTileLength, p.sizes[0] - column);
      char* data[NumOperands];
      for (size_t k = 0; k < NumOperands; ++k) {
        data[k] = static_cast<char*>(p.data[k]) + column * p.strides[k * ndim] + row * p.strides[k * ndim + 1];
        int64_t rest = tile / (across * down);
        for (size_t d = 2; d < ndim; ++d) {
          data[k] += rest % p.sizes[d] * p.strides[k * ndim + d];
          rest /= p.sizes[d];
        }
      }
      for (int64_t r = row; r < std::min(row + kTileRuns, p.sizes[1]); ++r) {
        body(data, length);
        for (size_t k = 0; k < NumOperands; ++k) data[k] += p.strides[k * ndim + 1];
      }
    }
  });
}

// Runs over all elements, in parallel. body must be safe to call from several threads.
template <size_t NumOperands, class Body>
void for_each_run(const IterPlan& p, Body&& body) {
  if (p.numel == 0) return;
  if (wants_tiles<NumOperands>(p)) return for_each_tiled_run<NumOperands>(p, body);
  if (p.ndim == 1 && p.numel <= kGrain) {
    char* data[NumOperands];
    for (size_t k = 0; k < NumOperands; ++k) data[k] = static_cast<char*>(p.data[k]);
    body(data, p.numel);
    return;
  }
  parallel_for(0, p.numel, kGrain,
               [&](int64_t begin, int64_t end) { for_each_run_in<NumOperands>(p, begin, end, body); });
}

// Byte strides of the innermost dimension, one per operand.
template <size_t NumOperands>
struct InnerStrides {
  explicit InnerStrides(const IterPlan& p) noexcept {
    for (size_t k = 0; k < NumOperands; ++k) value[k] = p.strides[k * static_cast<size_t>(p.ndim)];
  }
  int64_t value[NumOperands];
};

}  // namespace vt::core
