// SPDX-License-Identifier: Apache-2.0
// Medians, k-th values and modes of sorted lines.
#include "rank.hpp"

#include "sorted.cuh"

namespace vt::cuda {
namespace {

VT_DEVICE void write_picked(const RankParams& p, int64_t line, int64_t place) {
  int64_t at[1];
  p.lines.offsets(line, at);
  copy_element(p.values + line * p.itemsize, p.in + at[0] + place * p.stride, p.itemsize);
  if (p.places != nullptr) p.places[line] = place;
}

// The first of sorted entries whose key is not below, or with kPast whose key is above.
template <bool kPast>
VT_DEVICE int64_t find_key(const SortEntry* entries, uint64_t key, int64_t low, int64_t high) {
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (kPast ? entries[middle].key <= key : entries[middle].key < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

__global__ void __launch_bounds__(kBlockThreads) pick_rank(const __grid_constant__ RankParams p) {
  wait_for_previous_kernel();
  const int64_t line = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (line >= p.num_lines) return;
  const SortEntry* entries = p.entries + line * p.padded;
  int64_t k = p.k;
  if (p.rank != Rank::kKth) {
    const int64_t numbers = p.has_nan ? find_key<false>(entries, kNanKey, 0, p.length) : p.length;
    const bool takes_nan = numbers < p.length && (p.rank == Rank::kMedian || numbers == 0);
    k = takes_nan ? numbers : (numbers - 1) / 2;
  }
  write_picked(p, line, entries[k].index);
}

// The longest run of equal keys, the first of several. A NaN equals none.
__global__ void __launch_bounds__(kBlockThreads) pick_mode(const __grid_constant__ RankParams p) {
  wait_for_previous_kernel();
  __shared__ int64_t lengths[kBlockThreads];
  __shared__ int64_t ends[kBlockThreads];
  const int thread = static_cast<int>(threadIdx.x);
  const int64_t line = blockIdx.x;
  const SortEntry* entries = p.entries + line * p.padded;
  const int64_t numbers = p.has_nan ? find_key<false>(entries, kNanKey, 0, p.length) : p.length;
  int64_t longest = 0;
  int64_t longest_end = 0;
  for (int64_t i = thread; i < numbers; i += kBlockThreads) {
    const uint64_t key = entries[i].key;
    if (i > 0 && entries[i - 1].key == key) continue;
    const int64_t end = find_key<true>(entries, key, i + 1, numbers);
    if (end - i <= longest) continue;
    longest = end - i;
    longest_end = end;
  }
  lengths[thread] = longest;
  ends[thread] = longest_end;
  for (int half = kBlockThreads / 2; half > 0; half /= 2) {
    __syncthreads();
    if (thread >= half) continue;
    const int64_t other = lengths[thread + half];
    const bool is_first = other == lengths[thread] && ends[thread + half] < ends[thread];
    if (other < lengths[thread] || (other == lengths[thread] && !is_first)) continue;
    lengths[thread] = other;
    ends[thread] = ends[thread + half];
  }
  if (thread == 0) write_picked(p, line, numbers == 0 ? 0 : entries[ends[0] - 1].index);
}

}  // namespace

const void* rank_kernel() noexcept { return reinterpret_cast<const void*>(&pick_rank); }
const void* mode_kernel() noexcept { return reinterpret_cast<const void*>(&pick_mode); }

}  // namespace vt::cuda
