// SPDX-License-Identifier: Apache-2.0
// Philox 4x32-10 as a pure function of seed and index, the same on the host and on CUDA devices.
#pragma once

#include <cstdint>

#if defined(__CUDACC__)
#define VT_HOST_DEVICE __host__ __device__
#else
#define VT_HOST_DEVICE
#endif

namespace vt {

struct PhiloxWords {
  uint32_t word[4];
};

// The pair of keys that a round mixes in.
struct PhiloxKey {
  uint32_t low;
  uint32_t high;
};

[[gnu::always_inline]] VT_HOST_DEVICE constexpr PhiloxKey philox_key(uint64_t seed) noexcept {
  return {static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)};
}

// One of the ten rounds; the next one takes next_key(key).
[[gnu::always_inline]] VT_HOST_DEVICE constexpr PhiloxWords philox_round(PhiloxWords c, PhiloxKey key) noexcept {
  constexpr uint64_t kMultiplier0 = 0xD2511F53;
  constexpr uint64_t kMultiplier1 = 0xCD9E8D57;
  const uint64_t product0 = kMultiplier0 * c.word[0];
  const uint64_t product1 = kMultiplier1 * c.word[2];
  return {{static_cast<uint32_t>(product1 >> 32) ^ c.word[1] ^ key.low, static_cast<uint32_t>(product1),
           static_cast<uint32_t>(product0 >> 32) ^ c.word[3] ^ key.high, static_cast<uint32_t>(product0)}};
}
[[gnu::always_inline]] VT_HOST_DEVICE constexpr PhiloxKey next_key(PhiloxKey key) noexcept {
  return {key.low + 0x9E3779B9, key.high + 0xBB67AE85};
}
inline constexpr int kPhiloxRounds = 10;

// Output number `index` of the sequence `seed`: key = seed, counter = (index, 0), little end first. Reference: Salmon,
// Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
[[gnu::always_inline]] VT_HOST_DEVICE constexpr PhiloxWords philox(uint64_t seed, uint64_t index) noexcept {
  PhiloxKey key = philox_key(seed);
  PhiloxWords c{{static_cast<uint32_t>(index), static_cast<uint32_t>(index >> 32), 0, 0}};
  for (int round = 0; round < kPhiloxRounds; ++round) {
    c = philox_round(c, key);
    key = next_key(key);
  }
  return c;
}

}  // namespace vt
