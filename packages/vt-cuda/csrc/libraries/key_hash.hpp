// SPDX-License-Identifier: Apache-2.0
// Hashes what the plan of a library is kept by.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace vt::cuda {

struct KeyHash {
  template <std::size_t kSize>
  std::size_t operator()(const std::array<int64_t, kSize>& key) const noexcept {
    uint64_t hash = 0xcbf29ce484222325;
    for (const int64_t part : key) {
      hash ^= static_cast<uint64_t>(part);
      hash *= 0x9e3779b97f4a7c15;
      hash ^= hash >> 32;
    }
    return hash;
  }
};

}  // namespace vt::cuda
