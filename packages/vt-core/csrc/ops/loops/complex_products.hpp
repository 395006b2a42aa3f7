// SPDX-License-Identifier: Apache-2.0
// Products of dense complex numbers.
#pragma once

#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

#include "ops/loops/gemm_lanes.hpp"

namespace vt::core::VT_ISA {

// Complex numbers side by side. Their products are written out: GCC 12 vectorises a loop of them into fused instructions,
// contraction off or not, so that results would differ between instruction sets.
template <class Part, int... L>
[[gnu::always_inline]] inline void multiply_complex_lanes(char* out, const char* a, const char* b,
                                                          std::integer_sequence<int, L...>) noexcept {
  using Bits = std::conditional_t<sizeof(Part) == 4, int32_t, int64_t>;
  constexpr Lanes<Bits> kSignsOfReal = {(L % 2 ? Bits{0} : std::numeric_limits<Bits>::min())...};
  Lanes<Part> x, y;
  std::memcpy(&x, a, sizeof x);
  std::memcpy(&y, b, sizeof y);
  const Lanes<Part> by_real = __builtin_shufflevector(x, x, (L / 2 * 2)...) * y;
  const Lanes<Part> by_imag =
      __builtin_shufflevector(x, x, (L / 2 * 2 + 1)...) * __builtin_shufflevector(y, y, (L ^ 1)...);
  const Lanes<Part> product = by_real + (Lanes<Part>)((Lanes<Bits>)by_imag ^ kSignsOfReal);
  std::memcpy(out, &product, sizeof product);
}

template <class Part>
void multiply_dense_complex(char* out, const char* a, const char* b, int64_t n) noexcept {
  constexpr std::make_integer_sequence<int, kNumLanes<Part>> kAll;
  const int64_t size = n * static_cast<int64_t>(2 * sizeof(Part));
  int64_t at = 0;
  for (; at + kVectorBytes <= size; at += kVectorBytes) multiply_complex_lanes<Part>(out + at, a + at, b + at, kAll);
  const auto rest = static_cast<size_t>(size - at);
  if (rest == 0) return;
  char x[kVectorBytes] = {}, y[kVectorBytes] = {}, product[kVectorBytes];
  std::memcpy(x, a + at, rest);
  std::memcpy(y, b + at, rest);
  multiply_complex_lanes<Part>(product, x, y, kAll);
  std::memcpy(out + at, product, rest);
}

}  // namespace vt::core::VT_ISA
