// SPDX-License-Identifier: Apache-2.0
// The bags of indices, and the rows that the largest elements of bags come from.
#include "embedding_bag.hpp"

#include "index.cuh"

namespace vt::cuda {
namespace {

// The first index that is of `bag` or a later one.
VT_DEVICE int64_t begin_of(const BagPlaces& p, int64_t bag) {
  int64_t low = 0;
  int64_t high = p.num_indices;
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (p.bag_of[middle] < bag) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// A thread for each bag and column. The first of equal elements counts, and a NaN as the largest.
__global__ void __launch_bounds__(kBlockThreads) bag_places(const __grid_constant__ BagPlaces p) {
  wait_for_previous_kernel();
  const int64_t thread = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t bag = thread / p.num_columns;
  if (bag >= p.num_bags) return;
  const int64_t column = thread - bag * p.num_columns;
  int64_t place = -1;
  double largest = 0;
  for (int64_t i = begin_of(p, bag); i < p.num_indices && p.bag_of[i] == bag; ++i) {
    const int64_t row = load_index(p.indices + i * (p.is_int64 ? 8 : 4), p.is_int64);
    if (row == p.padding) continue;
    if (row < 0 || row >= p.num_rows) {
      report(p.record, IndexOp::kEmbeddingBag, row, 0, p.num_rows);
      continue;
    }
    const double x = load_any(p.weight + (row * p.num_columns + column) * p.itemsize, p.dtype).real;
    const bool is_larger = largest == largest && !(x <= largest);
    if (place >= 0 && !is_larger) continue;
    place = row;
    largest = x;
  }
  p.places[thread] = place;
}

VT_DEVICE int64_t offset_at(const BagNumbers& p, int64_t i) {
  return load_index(p.offsets + i * (p.is_int64 ? 8 : 4), p.is_int64);
}

__global__ void __launch_bounds__(kBlockThreads) bag_numbers(const __grid_constant__ BagNumbers p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i < p.num_offsets) {
    const int64_t offset = offset_at(p, i);
    const bool is_first = i == 0;
    if (is_first ? offset != 0 : offset < offset_at(p, i - 1) || offset < 0 || offset > p.num_indices)
      report(p.record, IndexOp::kEmbeddingBag, offset, i, p.num_indices, IndexFault::kWrongOffset);
  }
  if (i >= p.num_indices) return;
  int64_t low = 1;
  int64_t high = p.num_bags > 1 ? p.num_bags : 1;
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (offset_at(p, middle) <= i) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  p.bag_of[i] = low - 1;
}

}  // namespace

const void* bag_numbers_kernel() noexcept { return reinterpret_cast<const void*>(&bag_numbers); }
const void* bag_places_kernel() noexcept { return reinterpret_cast<const void*>(&bag_places); }

}  // namespace vt::cuda
