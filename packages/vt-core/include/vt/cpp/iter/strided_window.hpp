// SPDX-License-Identifier: Apache-2.0
// Which elements of a storage sizes, strides and an offset reach.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include "../error.hpp"

namespace vt {

// Positions from the first to the last, both reached; none of an empty window.
struct Reach {
  int64_t first = 0;
  int64_t last = -1;

  int64_t count() const noexcept { return last - first + 1; }
};

// The reach of a window in the arguments of `op`, as many strides as sizes. Strides may be negative, but all positions and
// their number are within 62 bits; otherwise fails.
inline Reach reach_of(const char* op, std::span<const int64_t> sizes, std::span<const int64_t> strides,
                      int64_t offset) {
  constexpr int64_t kFarthest = int64_t{1} << 61;
  if (std::find(sizes.begin(), sizes.end(), 0) != sizes.end()) return {};
  Reach reach{offset, offset};
  bool is_near = -kFarthest <= offset && offset <= kFarthest;
  for (size_t d = 0; d < sizes.size() && is_near; ++d) {
    int64_t extent;
    is_near = !__builtin_mul_overflow(sizes[d] - 1, strides[d], &extent) && -kFarthest <= extent && extent <= kFarthest;
    if (is_near) (extent < 0 ? reach.first : reach.last) += extent;
    is_near &= -kFarthest <= reach.first && reach.last <= kFarthest;
  }
  if (!is_near) fail(VT_ERROR_VALUE, std::string(op) + ": sizes, strides and offset reach beyond any storage");
  return reach;
}

// What either reaches.
inline Reach joined(Reach a, Reach b) noexcept {
  if (a.count() == 0 || b.count() == 0) return a.count() == 0 ? b : a;
  return {std::min(a.first, b.first), std::max(a.last, b.last)};
}

}  // namespace vt
