// SPDX-License-Identifier: Apache-2.0
// sort and topk by a bitonic network, and the gradient of what selects elements (Note [Bitonic sort] in search.hpp).
#include "search.hpp"

#include "sorted.cuh"

namespace vt::cuda {
namespace {

VT_DEVICE bool precedes(const SortEntry& a, const SortEntry& b) {
  return a.key < b.key || (a.key == b.key && a.index < b.index);
}

// Puts two entries in order; `upwards` in this part of the network.
VT_DEVICE void order(SortEntry& a, SortEntry& b, bool upwards) {
  if (precedes(b, a) != upwards) return;
  const SortEntry held = a;
  a = b;
  b = held;
}

__global__ void __launch_bounds__(kBlockThreads) sort_fill(const __grid_constant__ SortFill p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num_entries) return;
  const int64_t place = i % p.padded;
  SortEntry entry{~uint64_t{0}, INT64_MAX};  // padding comes last
  if (place < p.length) {
    int64_t at[1];
    p.lines.offsets(i / p.padded, at);
    const uint64_t key = key_of(load_any(p.in + at[0] + place * p.stride, p.dtype));
    entry = {p.descending ? ~key : key, place};
  }
  p.entries[i] = entry;
}

// Compares entries of a tile in shared memory at each distance from `distance` down to one, in sequences of `span`.
VT_DEVICE void merge_in_tile(SortEntry* tile, int64_t first, int64_t padded, int64_t span, int distance, int size) {
  for (; distance > 0; distance /= 2) {
    __syncthreads();
    for (int pair = static_cast<int>(threadIdx.x); pair < size / 2; pair += kBlockThreads) {
      const int low = pair / distance * distance * 2 + pair % distance;
      order(tile[low], tile[low + distance], ((first + low) % padded & span) == 0);
    }
  }
}

VT_DEVICE int tile_size(const SortParams& p) { return static_cast<int>(p.padded < kSortTile ? p.padded : kSortTile); }

// Sorts each tile, into the directions that the next longer sequences want. A short line is a tile of its own.
__global__ void __launch_bounds__(kBlockThreads) sort_tiles(const __grid_constant__ SortParams p) {
  wait_for_previous_kernel();
  alignas(16) __shared__ unsigned char memory[kSortTile * sizeof(SortEntry)];
  auto* tile = reinterpret_cast<SortEntry*>(memory);
  const int size = tile_size(p);
  const int64_t first = static_cast<int64_t>(blockIdx.x) * size;
  for (int i = static_cast<int>(threadIdx.x); i < size; i += kBlockThreads) tile[i] = p.entries[first + i];
  for (int span = 2; span <= size; span *= 2) merge_in_tile(tile, first, p.padded, span, span / 2, size);
  __syncthreads();
  for (int i = static_cast<int>(threadIdx.x); i < size; i += kBlockThreads) p.entries[first + i] = tile[i];
}

// One distance that reaches beyond a tile.
__global__ void __launch_bounds__(kBlockThreads) sort_step(const __grid_constant__ SortParams p) {
  wait_for_previous_kernel();
  const int64_t pair = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (pair >= p.num_entries / 2) return;
  const int64_t low = pair / p.distance * p.distance * 2 + pair % p.distance;
  order(p.entries[low], p.entries[low + p.distance], (low % p.padded & p.span) == 0);
}

// The rest of a merge, within tiles.
__global__ void __launch_bounds__(kBlockThreads) sort_merge(const __grid_constant__ SortParams p) {
  wait_for_previous_kernel();
  alignas(16) __shared__ unsigned char memory[kSortTile * sizeof(SortEntry)];
  auto* tile = reinterpret_cast<SortEntry*>(memory);
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kSortTile;
  for (int i = static_cast<int>(threadIdx.x); i < kSortTile; i += kBlockThreads) tile[i] = p.entries[first + i];
  merge_in_tile(tile, first, p.padded, p.span, kSortTile / 2, kSortTile);
  __syncthreads();
  for (int i = static_cast<int>(threadIdx.x); i < kSortTile; i += kBlockThreads) p.entries[first + i] = tile[i];
}

__global__ void __launch_bounds__(kBlockThreads) sort_write(const __grid_constant__ SortWrite p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const int64_t column = i % p.inner;
  const int64_t place = i / p.inner % p.length;
  const int64_t line = i / (p.inner * p.length) * p.inner + column;
  const int64_t index = p.entries[line * p.padded + place].index;
  int64_t at[1];
  p.lines.offsets(line, at);
  copy_element(p.values + i * p.itemsize, p.in + at[0] + index * p.stride, p.itemsize);
  p.indices[i] = index;
}

__global__ void __launch_bounds__(kBlockThreads) select_backward(const __grid_constant__ SelectBackward p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const int64_t index = p.indices[i];
  if (index < 0 || index >= p.to_length) return;
  const int64_t line = i / (p.inner * p.from_length) * p.inner * p.to_length + i % p.inner;
  copy_element(p.out + (line + index * p.inner) * p.itemsize, p.grad + i * p.itemsize, p.itemsize);
}

}  // namespace

const void* sort_fill_kernel() noexcept { return reinterpret_cast<const void*>(&sort_fill); }
const void* sort_tiles_kernel() noexcept { return reinterpret_cast<const void*>(&sort_tiles); }
const void* sort_step_kernel() noexcept { return reinterpret_cast<const void*>(&sort_step); }
const void* sort_merge_kernel() noexcept { return reinterpret_cast<const void*>(&sort_merge); }
const void* sort_write_kernel() noexcept { return reinterpret_cast<const void*>(&sort_write); }
const void* select_backward_kernel() noexcept { return reinterpret_cast<const void*>(&select_backward); }

}  // namespace vt::cuda
