// SPDX-License-Identifier: Apache-2.0
// Extremes of half types by their bits: what is only chosen among needs no conversion.
#pragma once

#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

template <class T>
inline constexpr bool kIsHalf = std::is_same_v<T, Half> || std::is_same_v<T, BFloat>;

// The bits of an element of T, as the functions below take them.
template <class T>
struct HalfBits {
  uint16_t bits;

  bool is_nan() const noexcept {
    constexpr uint16_t kInfinity = std::is_same_v<T, Half> ? 0x7c00u : 0x7f80u;
    return (bits & 0x7fffu) > kInfinity;
  }
  // Integers in the order of the numbers; both zeros are 0.
  int16_t order() const noexcept {
    const auto sign = static_cast<int16_t>(static_cast<int16_t>(bits) >> 15);
    return static_cast<int16_t>(((bits & 0x7fff) ^ sign) - sign);
  }
};

// By a mask: the compiler makes branches of a choice that feeds another.
template <class T>
[[gnu::always_inline]] inline HalfBits<T> chosen(bool condition, HalfBits<T> yes, HalfBits<T> no) noexcept {
  const auto mask = static_cast<uint16_t>(-static_cast<int>(condition));
  return {static_cast<uint16_t>((yes.bits & mask) | (no.bits & ~mask))};
}

// NaN when either is.
template <class T>
[[gnu::always_inline]] inline HalfBits<T> larger_of(HalfBits<T> a, HalfBits<T> b) noexcept {
  return chosen(((a.order() < b.order()) | b.is_nan()) & !a.is_nan(), b, a);
}
template <class T>
[[gnu::always_inline]] inline HalfBits<T> smaller_of(HalfBits<T> a, HalfBits<T> b) noexcept {
  return chosen(((a.order() > b.order()) | b.is_nan()) & !a.is_nan(), b, a);
}

}  // namespace vt::core::VT_ISA
