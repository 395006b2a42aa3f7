// SPDX-License-Identifier: Apache-2.0
// Passes of the radix sort, and keys that are numbers of rows (Note [Radix sort]).
#include "radix_sort.hpp"

#include "radix_keys.cuh"

namespace vt::cuda {
namespace {

constexpr int kWarps = kBlockThreads / 32;
constexpr int kKeys = kRadixKeysPerThread;
constexpr int kStatesAhead = 4;  // asked for at once

template <class Key>
__global__ void __launch_bounds__(kBlockThreads) row_keys(const __grid_constant__ RowKeys p) {
  wait_for_previous_kernel();
  make_keys<Key>(p.out, [&](int64_t i) {
    const int64_t row = p.rows[i];
    return static_cast<Key>(row < 0 ? p.past_last : row);
  });
}

// How many keys with the thread's digit lie in the tiles before this one, or, of smaller digits, in all; `count` are in this
// one. Every thread of the block makes the call.
VT_DEVICE uint32_t look_back(const RadixPass& p, int64_t tile, uint32_t count) {
  const int digit = static_cast<int>(threadIdx.x);
  const uint64_t of_tile = 2 * static_cast<uint64_t>(p.pass) + 1;
  const uint64_t of_all = of_tile + 1;
  volatile uint64_t* const states = p.states + digit;
  uint32_t before = 0;
  if (tile == 0) {
    before = sum_before(p.counts->digits[p.pass][digit]);
  } else {
    states[tile * kDigits] = of_tile << 32 | count;
    bool is_whole = false;
    for (int64_t t = tile - 1; !is_whole; t -= kStatesAhead) {
      // Before the first tile are states of none, which no sum comes to: that tile's is of all.
      uint64_t ahead[kStatesAhead];
#pragma unroll
      for (int e = 0; e < kStatesAhead; ++e) ahead[e] = t >= e ? states[(t - e) * kDigits] : 0;
#pragma unroll
      for (int e = 0; e < kStatesAhead; ++e) {
        if (is_whole) break;
        while (ahead[e] >> 32 < of_tile) ahead[e] = states[(t - e) * kDigits];
        before += static_cast<uint32_t>(ahead[e]);
        is_whole = ahead[e] >> 32 == of_all;
      }
    }
  }
  states[tile * kDigits] = of_all << 32 | (before + count);
  return before;
}

// The lanes of the warp with the same digit, one bit each.
VT_DEVICE uint32_t lanes_with(int digit) {
  uint32_t lanes = 0xffffffffu;
#pragma unroll
  for (int b = 0; b < kDigitBits; ++b) {
    const bool bit = (digit >> b & 1) != 0;
    const uint32_t with = __ballot_sync(0xffffffffu, bit);
    lanes &= bit ? with : ~with;
  }
  return lanes;
}

template <class Key>
__global__ void __launch_bounds__(kBlockThreads) radix_pass(const __grid_constant__ RadixPass p) {
  wait_for_previous_kernel();
  __shared__ Key held[kRadixTile];
  __shared__ uint32_t counts[kWarps][kDigits];
  __shared__ uint32_t targets[kDigits];
  __shared__ uint32_t ticket;
  const int thread = static_cast<int>(threadIdx.x);
  const int lane = thread % 32;
  const int warp = thread / 32;
  if (thread == 0) ticket = atomicAdd(&p.counts->tickets[p.pass], 1u);
#pragma unroll
  for (int w = 0; w < kWarps; ++w) counts[w][thread] = 0;
  __syncthreads();
  const int64_t tile = ticket;
  const int64_t begin = tile * kRadixTile;
  const int num = static_cast<int>(p.num - begin < kRadixTile ? p.num - begin : kRadixTile);
  const int first = warp * 32 * kKeys + lane;  // of the thread's keys, each 32 after the other
  // Beyond the last key are greatest ones, which stay behind all.
  const Key* from = static_cast<const Key*>(p.keys) + begin;
  Key keys[kKeys];
#pragma unroll
  for (int k = 0; k < kKeys; ++k) keys[k] = first + k * 32 < num ? from[first + k * 32] : static_cast<Key>(~Key{0});
  // Where a key stands among those of its digit, first within the warp and then within the tile.
  int ranks[kKeys];
#pragma unroll
  for (int k = 0; k < kKeys; ++k) {
    const int digit = digit_of(keys[k], p.pass);
    const uint32_t peers = lanes_with(digit);
    const uint32_t lower = peers & ((1u << lane) - 1);
    const uint32_t before = counts[warp][digit];
    ranks[k] = static_cast<int>(before) + __popc(lower);
    __syncwarp();
    if (lower == 0) counts[warp][digit] = before + static_cast<uint32_t>(__popc(peers));
    __syncwarp();
  }
  // What goes with the keys is asked for while the tile waits for those before it.
  uint32_t places[kKeys];
#pragma unroll
  for (int k = 0; k < kKeys; ++k) {
    const int at = first + k * 32;
    places[k] = p.places == nullptr ? static_cast<uint32_t>(begin + at) : at < num ? p.places[begin + at] : 0;
  }
  __syncthreads();
  uint32_t count = 0;
#pragma unroll
  for (int w = 0; w < kWarps; ++w) {
    const uint32_t own = counts[w][thread];
    counts[w][thread] = count;
    count += own;
  }
  const uint32_t local = sum_before(count);
  targets[thread] = look_back(p, tile, count) - local;
#pragma unroll
  for (int w = 0; w < kWarps; ++w) counts[w][thread] += local;
  __syncthreads();
#pragma unroll
  for (int k = 0; k < kKeys; ++k) {
    ranks[k] += static_cast<int>(counts[warp][digit_of(keys[k], p.pass)]);
    held[ranks[k]] = keys[k];
  }
  __syncthreads();
  uint32_t to[kKeys];
#pragma unroll
  for (int k = 0; k < kKeys; ++k) {
    const int at = k * kBlockThreads + thread;
    const Key key = held[at];
    to[k] = targets[digit_of(key, p.pass)] + static_cast<uint32_t>(at);
    if (at >= num) continue;
    if (p.rows_out != nullptr) {
      const auto row = static_cast<int64_t>(key);
      p.rows_out[to[k]] = row == p.past_last ? kNoRow : row;
    } else {
      static_cast<Key*>(p.keys_out)[to[k]] = key;
    }
  }
  __syncthreads();
  auto* const held_places = reinterpret_cast<uint32_t*>(held);
#pragma unroll
  for (int k = 0; k < kKeys; ++k)
    if (first + k * 32 < num) held_places[ranks[k]] = places[k];
  __syncthreads();
#pragma unroll
  for (int k = 0; k < kKeys; ++k) {
    const int at = k * kBlockThreads + thread;
    if (at >= num) continue;
    if (p.offsets_out != nullptr) {
      int64_t offset[1];
      p.walk.offsets(held_places[at], offset);
      p.offsets_out[to[k]] = offset[0];
    } else {
      p.places_out[to[k]] = held_places[at];
    }
  }
}

}  // namespace

const void* row_keys_kernel(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&row_keys<uint64_t>) : reinterpret_cast<const void*>(&row_keys<uint32_t>);
}
const void* radix_pass_kernel(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&radix_pass<uint64_t>)
              : reinterpret_cast<const void*>(&radix_pass<uint32_t>);
}

}  // namespace vt::cuda
