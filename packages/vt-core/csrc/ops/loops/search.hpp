// SPDX-License-Identifier: Apache-2.0
// The loops of the search family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// One line to sort, or whose first `k` elements in that order are wanted. Strides in bytes; indices are int64.
struct SortLine {
  const char* src;
  int64_t src_stride;
  int64_t n;
  int64_t k;
  bool descending;
  char* values;
  int64_t value_stride;
  char* indices;
  int64_t index_stride;
  void* scratch;  // sort_scratch_bytes(n)
};
using SortLoop = void (*)(const SortLine& line);

// Enough for two copies of a line as keys with positions.
constexpr size_t sort_scratch_bytes(int64_t n) noexcept { return static_cast<size_t>(n) * 32; }

struct SearchLoops {
  SortLoop sort[18];
};

}  // namespace vt::core
