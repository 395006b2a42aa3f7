// SPDX-License-Identifier: Apache-2.0
// Loops of searchsorted: binary search without branches on what is found.
#include "ops/loops/bounds.hpp"

#include "ops/loops/fold.hpp"

// Note [Binary search]
// The range that may hold the bound is halved until one element is left; whether its lower half is left behind is a number and
// no branch, so that values that follow each other are searched for at the same time. A NaN lies behind every number.
namespace vt::core::VT_ISA {

namespace {

// Whether an element lies before the bound of x.
template <bool kRight, class V>
[[gnu::always_inline]] inline bool precedes(V element, V x) noexcept {
  return kRight ? !(element > x) : !(element >= x);
}

template <class T, bool kRight, bool kSorted>
void find_bounds(const BoundLine& line) noexcept {
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  for (int64_t i = 0; i < line.num; ++i) {
    const Wide<T> x = widen(load<T>(line.values + i * kItem));
    int64_t first = 0;
    for (int64_t n = line.length; n > 0;) {
      const int64_t half = n / 2;
      const int64_t middle = first + half;
      const int64_t at = kSorted ? middle : line.sorter[middle];
      const bool before = precedes<kRight>(widen(load<T>(line.sequence + at * kItem)), x);
      first = before ? middle + 1 : first;
      n = before ? n - half - 1 : half;
    }
    line.out[i] = first;
  }
}

template <class T>
void find(const BoundLine& line) {
  if (line.sorter) return line.right ? find_bounds<T, true, false>(line) : find_bounds<T, false, false>(line);
  return line.right ? find_bounds<T, true, true>(line) : find_bounds<T, false, true>(line);
}

}  // namespace

void fill_bounds() {
  BoundLoops& table = chosen_loops<BoundLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (kIsOrdered<T> && !std::is_same_v<T, Bool>) table.find[Index] = &find<T>;
  });
}

}  // namespace vt::core::VT_ISA
