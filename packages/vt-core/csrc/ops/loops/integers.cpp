// SPDX-License-Identifier: Apache-2.0
// Loops of gcd, lcm and the shifts.
#include <vt/cpp/pairs.hpp>

#include "ops/loops/binary.hpp"
#include "ops/loops/binary_loop.hpp"

namespace vt::core::VT_ISA {

namespace {

template <BinaryKind Kind, class T>
[[gnu::always_inline]] inline T apply(T a, T b) noexcept {
  if constexpr (Kind == kGcd) return pairs::common_divisor(a, b);
  if constexpr (Kind == kLcm) return pairs::common_multiple(a, b);
  if constexpr (Kind == kLeftShift) return pairs::shifted_left(a, b);
  if constexpr (Kind == kRightShift) return pairs::shifted_right(a, b);
}

template <BinaryKind Kind, class T, class B>
struct Whole {
  static void run(char* out, const char* a, const char* b, int64_t n, const int64_t* strides, const void*) {
    binary_loop<T, T, B>(out, a, b, n, strides, [](Compute<T> x, Compute<T> y) {
      return apply<Kind, T>(static_cast<T>(x), static_cast<T>(y));
    });
  }
};

template <BinaryKind Kind>
void fill_kind(BinaryLoops& table) {
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (std::is_integral_v<T>) fill_binary_row<Kind, Whole, T, Index>(table);
  });
}

}  // namespace

void fill_integers() {
  BinaryLoops& table = chosen_loops<BinaryLoops>;
  fill_kind<kGcd>(table);
  fill_kind<kLcm>(table);
  fill_kind<kLeftShift>(table);
  fill_kind<kRightShift>(table);
}

}  // namespace vt::core::VT_ISA
