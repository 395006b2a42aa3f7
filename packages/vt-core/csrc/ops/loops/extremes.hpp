// SPDX-License-Identifier: Apache-2.0
// The fold of the largest or smallest element, by itself and as a part of the reductions that need it.
#pragma once

#include <limits>

#include "ops/loops/fold.hpp"

namespace vt::core::VT_ISA {

// A NaN prevails.
template <class T, bool kMaximum>
struct Extreme {
  using Element = T;
  using Lane = Wide<T>;
  [[gnu::always_inline]] static inline Lane identity() noexcept {
    using Limits = std::numeric_limits<Lane>;
    if constexpr (Limits::has_infinity) {
      return kMaximum ? -Limits::infinity() : Limits::infinity();
    } else {
      return kMaximum ? Limits::lowest() : Limits::max();
    }
  }
  [[gnu::always_inline]] static inline Lane map(T x, double) noexcept { return widen(x); }
  [[gnu::always_inline]] static inline Lane combine(Lane a, Lane b) noexcept {
    const bool better = kMaximum ? a < b : b < a;
    return (better | (b != b)) ? b : a;
  }
  [[gnu::always_inline]] static inline T finish(Lane a, double) noexcept { return convert_element<T>(a); }
};

// The rest of the reduction loops, each in a file of its own.
void fill_positions();
void fill_moments();

}  // namespace vt::core::VT_ISA
