// SPDX-License-Identifier: Apache-2.0
// The element of a rank of each line (Note [Selection]).
#include "select.hpp"

#include <device/warp_sum.cuh>

#include "element_keys.cuh"

namespace vt::cuda {
namespace {

constexpr int kWarps = kBlockThreads / 32;

// The sum over the threads of a line, a warp or the block; every one gets it. Calls of a block in turn have different memory.
template <int kThreads>
VT_DEVICE int sum_of_line(int own, int turn) {
  const auto sum = static_cast<int>(sum_of_warp(static_cast<uint32_t>(own)));
  if constexpr (kThreads == 32) {
    return sum;
  } else {
    __shared__ int warps[2][kWarps];
    if (threadIdx.x % 32 == 0) warps[turn & 1][threadIdx.x / 32] = sum;
    __syncthreads();
    int all = 0;
#pragma unroll
    for (int w = 0; w < kWarps; ++w) all += warps[turn & 1][w];
    return all;
  }
}

// The keys of a line: those of a warp are side by side, kItems for each lane, 32 apart.
template <class Bits, int kThreads, int kItems>
struct LineOfKeys {
  using Key = KeyOf<Bits>;
  static constexpr int kBits = 8 * sizeof(Bits);
  Key keys[kItems];
  int first;  // position of the thread's first

  VT_DEVICE LineOfKeys(const SelectParams& p, const char* line) {
    const int thread = static_cast<int>(threadIdx.x) % kThreads;
    first = thread / 32 * (32 * kItems) + thread % 32;
#pragma unroll
    for (int v = 0; v < kItems; ++v) {
      const int at = first + 32 * v;
      keys[v] = kAllOf<Bits>;  // beyond the line, behind all
      if (at < p.length) keys[v] = key_of_bits(*reinterpret_cast<const Bits*>(line + at * p.stride), p.form);
    }
  }
  VT_DEVICE int count_nan(int length) const {
    int own = 0;
#pragma unroll
    for (int v = 0; v < kItems; ++v) own += keys[v] == kAllOf<Bits> && first + 32 * v < length;
    return sum_of_line<kThreads>(own, 0);
  }
};

// Of how many keys the upper bits, from `shift` on, are those of `prefix`.
template <class Key, int kItems>
VT_DEVICE int count_with(const Key (&keys)[kItems], Key prefix, int shift) {
  int own = 0;
#pragma unroll
  for (int v = 0; v < kItems; ++v) own += ((keys[v] ^ prefix) >> shift) == 0;
  return own;
}

template <class Bits, int kThreads, int kItems>
__global__ void __launch_bounds__(kBlockThreads) select_rank(const __grid_constant__ SelectParams p) {
  wait_for_previous_kernel();
  using Line = LineOfKeys<Bits, kThreads, kItems>;
  using Key = typename Line::Key;
  constexpr int kLines = kBlockThreads / kThreads;
  const int64_t line = static_cast<int64_t>(blockIdx.x) * kLines + threadIdx.x / kThreads;
  if (line >= p.num_lines) return;
  int64_t at[1];
  p.lines.offsets(line, at);
  const Line of(p, p.in + at[0]);

  int k = p.k;
  if (p.rank != Rank::kKth) {
    const int numbers = p.length - (p.form.kind == KeyKind::kReal ? of.count_nan(p.length) : 0);
    const bool takes_nan = numbers < p.length && (p.rank == Rank::kMedian || numbers == 0);
    k = takes_nan ? numbers : (numbers - 1) / 2;
  }
  Key prefix = 0;
  int shift = Line::kBits;
  for (int left = kThreads * kItems; left > 1 && shift > 0;) {
    --shift;
    const int clear = sum_of_line<kThreads>(count_with(of.keys, prefix, shift), shift);
    if (k < clear) {
      left = clear;
    } else {
      k -= clear;
      left -= clear;
      prefix |= Key{1} << shift;
    }
  }

  // The k-th of those that are left, in the order of their positions.
  if constexpr (kThreads > 32) {
    __shared__ int warps[kWarps];
    const auto own = static_cast<int>(sum_of_warp(static_cast<uint32_t>(count_with(of.keys, prefix, shift))));
    const int warp = static_cast<int>(threadIdx.x) / 32;
    if (threadIdx.x % 32 == 0) warps[warp] = own;
    __syncthreads();
    for (int w = 0; w < warp; ++w) k -= warps[w];
  }
  const uint32_t lower = (1u << threadIdx.x % 32) - 1;
#pragma unroll
  for (int v = 0; v < kItems; ++v) {
    const bool is_left = ((of.keys[v] ^ prefix) >> shift) == 0;
    const uint32_t lanes = __ballot_sync(0xffffffffu, is_left);
    if (is_left && __popc(lanes & lower) == k) {
      const int place = of.first + 32 * v;
      reinterpret_cast<Bits*>(p.values)[line] = *reinterpret_cast<const Bits*>(p.in + at[0] + place * p.stride);
      if (p.places != nullptr) p.places[line] = place;
    }
    k -= __popc(lanes);  // below zero once it has been found
  }
}

template <class Bits>
SelectKernel kernel_of(int64_t length) noexcept {
  constexpr int64_t kWarpLines = kWarps;
  if (length <= 256) return {reinterpret_cast<const void*>(&select_rank<Bits, 32, 8>), kWarpLines};
  if (length <= kMostOfWarp)
    return {reinterpret_cast<const void*>(&select_rank<Bits, 32, kMostOfWarp / 32>), kWarpLines};
  return {reinterpret_cast<const void*>(&select_rank<Bits, kBlockThreads, kMostSelected / kBlockThreads>), 1};
}

}  // namespace

SelectKernel select_kernel(int64_t itemsize, int64_t length) noexcept {
  switch (itemsize) {
    case 1: return kernel_of<uint8_t>(length);
    case 2: return kernel_of<uint16_t>(length);
    case 4: return kernel_of<uint32_t>(length);
    default: return kernel_of<uint64_t>(length);
  }
}

}  // namespace vt::cuda
