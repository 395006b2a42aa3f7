// SPDX-License-Identifier: Apache-2.0
// The loops of the rank family: the element of a line with so many others below it, and the most frequent one.
#pragma once

#include <vt/cpp/iter/rank_rules.hpp>

#include <cstddef>
#include <cstdint>

namespace vt::core {

// n > 0 elements `stride` bytes apart; `scratch` holds rank_scratch_bytes(n).
struct RankLine {
  const char* src;
  int64_t stride;
  int64_t n;
  int64_t k;
  void* scratch;
};
// The place of the element, the first of equal ones but for kMode.
using RankLoop = int64_t (*)(const RankLine& line);

// Enough for two copies of a line's keys.
constexpr size_t rank_scratch_bytes(int64_t n) noexcept { return static_cast<size_t>(n) * 16; }

struct RankLoops {
  RankLoop find[4][18];  // by Rank and DtypeIndex
};

}  // namespace vt::core
