// SPDX-License-Identifier: Apache-2.0
// How a range is cut into pieces of nearly one size.
#pragma once

#include <cstdint>

namespace vt::core::VT_ISA {

constexpr int64_t ceil_divide(int64_t a, int64_t b) noexcept { return (a + b - 1) / b; }
constexpr int64_t least(int64_t a, int64_t b) noexcept { return a < b ? a : b; }

// `total` rows cut into pieces of at most `most` that differ by one at most.
struct EvenPieces {
  EvenPieces(int64_t total, int64_t most) noexcept : num(ceil_divide(total, most)) {
    if (num == 0) return;
    size = total / num;
    larger = total % num;
  }
  int64_t begin(int64_t piece) const noexcept { return piece * size + least(piece, larger); }
  int64_t length(int64_t piece) const noexcept { return size + (piece < larger); }
  int64_t num;
  int64_t size = 0;
  int64_t larger = 0;
};

}  // namespace vt::core::VT_ISA
