// SPDX-License-Identifier: Apache-2.0
// What kernels of the radix sort share (Note [Radix sort]).
#pragma once

#include "elements.cuh"
#include "radix_sort.hpp"
#include "sum_before.cuh"

namespace vt::cuda {

template <class Key>
VT_DEVICE int digit_of(Key key, int pass) {
  return static_cast<int>(key >> (kDigitBits * pass)) & (kDigits - 1);
}

// Writes the keys of a block, key_at(i) for each position, and counts their digits.
template <class Key, class KeyAt>
VT_DEVICE void make_keys(const RadixKeys& out, KeyAt key_at) {
  constexpr int kAhead = 4;  // loaded before the first is dealt with
  __shared__ uint32_t digits[kMaxPasses][kDigits];
  const int thread = static_cast<int>(threadIdx.x);
  for (int pass = 0; pass < out.num_passes; ++pass) digits[pass][thread] = 0;
  __syncthreads();
  auto* const keys = static_cast<Key*>(out.keys);
  const int64_t begin = blockIdx.x * out.num_of_block;
  const int64_t end = begin + out.num_of_block < out.num ? begin + out.num_of_block : out.num;
  for (int64_t first = begin + thread; first < end; first += kAhead * kBlockThreads) {
    Key ahead[kAhead];
#pragma unroll
    for (int e = 0; e < kAhead; ++e)
      if (first + e * kBlockThreads < end) ahead[e] = key_at(first + e * kBlockThreads);
#pragma unroll
    for (int e = 0; e < kAhead; ++e) {
      const int64_t i = first + e * kBlockThreads;
      if (i >= end) break;
      keys[i] = ahead[e];
      for (int pass = 0; pass < out.num_passes; ++pass) atomicAdd(&digits[pass][digit_of(ahead[e], pass)], 1u);
    }
  }
  __syncthreads();
  for (int pass = 0; pass < out.num_passes; ++pass)
    if (const uint32_t count = digits[pass][thread]; count > 0) atomicAdd(&out.counts->digits[pass][thread], count);
}

}  // namespace vt::cuda
