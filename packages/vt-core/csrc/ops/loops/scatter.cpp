// SPDX-License-Identifier: Apache-2.0
// Loops that fold values into the elements at an index each.
#include "ops/loops/scatter.hpp"

#include "ops/loops/along.hpp"
#include "ops/loops/arithmetic.hpp"

namespace vt::core::VT_ISA {

namespace {

// By a mask: which of two is the greater cannot be foretold, and the compiler makes a branch of a choice.
template <class T>
[[gnu::always_inline]] inline T chosen(bool condition, T yes, T no) noexcept {
  if constexpr (std::is_floating_point_v<T>) {
    using Bits = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;
    const Bits mask = Bits{0} - static_cast<Bits>(condition);
    return std::bit_cast<T>((std::bit_cast<Bits>(yes) & mask) | (std::bit_cast<Bits>(no) & ~mask));
  } else {
    return condition ? yes : no;
  }
}

template <ScatterKind kKind, class T>
[[gnu::always_inline]] inline T folded(T a, T b) noexcept {
  if constexpr (std::is_same_v<T, Bool>) {
    return kKind == kScatterLargest ? larger_of(a, b) : kKind == kScatterSmallest ? smaller_of(a, b) : product_of(a, b);
  } else if constexpr (kKind == kScatterLargest) {
    return chosen((a < b) | (b != b), b, a);
  } else if constexpr (kKind == kScatterSmallest) {
    return chosen((a > b) | (b != b), b, a);
  } else if constexpr (std::is_integral_v<T>) {
    // Wraps, in a type wide enough that no product is one of signed ints.
    return static_cast<T>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
  } else {
    return product_of(a, b);
  }
}

template <ScatterKind kKind, class T>
bool fold(const AlongLine& line) {
  return write_along<T, int64_t>(
      line, [](char* to, T value) __attribute__((always_inline)) { store(to, folded<kKind>(load<T>(to), value)); });
}

}  // namespace

// Half types are folded as float32 by the caller.
void fill_scatter() {
  ScatterLoops& loops = chosen_loops<ScatterLoops>;
  for_each_dtype([&]<class T, size_t kIndex>() {
    if constexpr (!kIsSmallFloat<T>) {
      loops.by_kind[kScatterProduct][kIndex] = &fold<kScatterProduct, T>;
      if constexpr (!kIsComplex<T>) {
        loops.by_kind[kScatterLargest][kIndex] = &fold<kScatterLargest, T>;
        loops.by_kind[kScatterSmallest][kIndex] = &fold<kScatterSmallest, T>;
      }
    }
  });
}

}  // namespace vt::core::VT_ISA
