// SPDX-License-Identifier: Apache-2.0
// How interleaved lanes become one value, in an order that depends on nothing but their number and what is left over.
#pragma once

#include <cstdint>

// Says of the next loop that it stays one, so that it is vectorised: unrolled whole, its iterations would be taken one by one.
#if defined(__clang__)
#define VT_KEPT_LOOP _Pragma("clang loop unroll(disable)")
#else
#define VT_KEPT_LOOP _Pragma("GCC unroll 1")
#endif

namespace vt::core::VT_ISA {

// Combines 2 * Width lanes pairwise, the upper half into the lower, until one is left. `left` elements, fewer than lanes, that
// fill no step of all of them, join where as many lanes are left as the bits of `left` say: rest(l) is element l of them.
template <int64_t Width, class Lane, class Combine, class Rest>
[[gnu::always_inline]] inline Lane fold_lanes(Lane* lanes, int64_t left, Combine combine, Rest rest) noexcept {
  VT_KEPT_LOOP
  for (int64_t l = 0; l < Width; ++l) lanes[l] = combine(lanes[l], lanes[l + Width]);
  if (left & Width) {
    const int64_t first = left & ~(2 * Width - 1);
    VT_KEPT_LOOP
    for (int64_t l = 0; l < Width; ++l) lanes[l] = combine(lanes[l], rest(first + l));
  }
  if constexpr (Width > 1) fold_lanes<Width / 2>(lanes, left, combine, rest);
  return lanes[0];
}

}  // namespace vt::core::VT_ISA
