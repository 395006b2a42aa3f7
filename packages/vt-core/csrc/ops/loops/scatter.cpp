// SPDX-License-Identifier: Apache-2.0
// Loops that fold values into the elements at offsets.
#include "ops/loops/scatter.hpp"

#include "ops/loops/arithmetic.hpp"

namespace vt::core::VT_ISA {

namespace {

template <ScatterKind kKind, class T>
[[gnu::always_inline]] inline T folded(T a, T b) noexcept {
  if constexpr (kKind == kScatterLargest) {
    return larger_of(a, b);
  } else if constexpr (kKind == kScatterSmallest) {
    return smaller_of(a, b);
  } else if constexpr (std::is_integral_v<T>) {
    // Wraps, in a type wide enough that no product is one of signed ints.
    return static_cast<T>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
  } else {
    return product_of(a, b);
  }
}

template <ScatterKind kKind, class T>
void fold(char* self, int64_t self_stride, const char* offsets, int64_t offset_stride, const char* values,
          int64_t value_stride, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    char* to = self + i * self_stride + load<int64_t>(offsets + i * offset_stride);
    store(to, folded<kKind>(load<T>(to), load<T>(values + i * value_stride)));
  }
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
