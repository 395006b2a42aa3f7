// SPDX-License-Identifier: Apache-2.0
// Keys of elements: unsigned numbers that order as the elements do.
#pragma once

#include "ops/loops/fold.hpp"

// Note [Keys]
// An element becomes an unsigned number of its width that orders as it does: a NaN above all, the zeros alike, the whole turned
// over when descending.
namespace vt::core::VT_ISA {

template <size_t Bytes>
struct UnsignedOf {
  using Type = uint32_t;
};
template <>
struct UnsignedOf<8> {
  using Type = uint64_t;
};

template <class T>
using Key = typename UnsignedOf<sizeof(Wide<T>)>::Type;

template <class T>
[[gnu::always_inline]] inline Key<T> key_of(T element, Key<T> turn) noexcept {
  using V = Wide<T>;
  using K = Key<T>;
  const V x = widen(element);
  if constexpr (std::is_floating_point_v<V>) {
    constexpr K kSign = K{1} << (8 * sizeof(K) - 1);
    K bits;
    const V plain = x + V{0};  // -0 is 0
    __builtin_memcpy(&bits, &plain, sizeof bits);
    const K ordered = bits ^ ((bits & kSign) ? ~K{0} : kSign);
    return (x != x ? ~K{0} : ordered) ^ turn;
  } else if constexpr (std::is_signed_v<V>) {
    return (static_cast<K>(static_cast<std::make_signed_t<K>>(x)) ^ (K{1} << (8 * sizeof(K) - 1))) ^ turn;
  } else {
    return static_cast<K>(x) ^ turn;
  }
}

// The element whose key is `key`; whether a zero was negative and what a NaN carried is lost.
template <class T>
[[gnu::always_inline]] inline T element_of(Key<T> key) noexcept {
  using V = Wide<T>;
  using K = Key<T>;
  constexpr K kSign = K{1} << (8 * sizeof(K) - 1);
  if constexpr (std::is_floating_point_v<V>) {
    const K bits = key ^ ((key & kSign) ? kSign : ~K{0});
    V x;
    __builtin_memcpy(&x, &bits, sizeof x);
    return narrow<T>(x);
  } else if constexpr (std::is_same_v<T, Bool>) {
    return Bool{static_cast<uint8_t>(key)};
  } else if constexpr (std::is_signed_v<V>) {
    return static_cast<T>(key ^ kSign);
  } else {
    return static_cast<T>(key);
  }
}

// The key of NaN, which no number has.
template <class T>
inline constexpr Key<T> kNanKey = ~Key<T>{0};

}  // namespace vt::core::VT_ISA
