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

// Output number `index` of the sequence `seed`: key = seed, counter = (index, 0), little end first. Reference: Salmon,
// Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
VT_HOST_DEVICE constexpr PhiloxWords philox(uint64_t seed, uint64_t index) noexcept {
  constexpr uint64_t kMultiplier0 = 0xD2511F53;
  constexpr uint64_t kMultiplier1 = 0xCD9E8D57;
  constexpr uint32_t kWeyl0 = 0x9E3779B9;
  constexpr uint32_t kWeyl1 = 0xBB67AE85;

  uint32_t key0 = static_cast<uint32_t>(seed);
  uint32_t key1 = static_cast<uint32_t>(seed >> 32);
  PhiloxWords c{{static_cast<uint32_t>(index), static_cast<uint32_t>(index >> 32), 0, 0}};
  for (int round = 0; round < 10; ++round) {
    const uint64_t product0 = kMultiplier0 * c.word[0];
    const uint64_t product1 = kMultiplier1 * c.word[2];
    c = {{static_cast<uint32_t>(product1 >> 32) ^ c.word[1] ^ key0, static_cast<uint32_t>(product1),
          static_cast<uint32_t>(product0 >> 32) ^ c.word[3] ^ key1, static_cast<uint32_t>(product0)}};
    key0 += kWeyl0;
    key1 += kWeyl1;
  }
  return c;
}

}  // namespace vt
