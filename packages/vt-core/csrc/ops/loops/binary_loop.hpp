// SPDX-License-Identifier: Apache-2.0
// The loop over two operands that the binary and comparing loops share, and the types it computes in.
#pragma once

#include "ops/loops/binary.hpp"
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

// What elements are computed in: small floats in float, unsigned integers at least 32 bits wide, since shorter ones would
// promote to a signed int that can overflow.
template <class T>
struct ComputeOf {
  using Type = T;
};
template <class T>
  requires kIsSmallFloat<T>
struct ComputeOf<T> {
  using Type = float;
};
template <>
struct ComputeOf<uint8_t> {
  using Type = uint32_t;
};
template <>
struct ComputeOf<uint16_t> {
  using Type = uint32_t;
};
template <class T>
using Compute = typename ComputeOf<T>::Type;

// The type whose loop serves T where the sign of an integer makes no difference.
template <class T>
struct UnsignedOf {
  using Type = T;
};
template <class T>
  requires std::is_integral_v<T>
struct UnsignedOf<T> {
  using Type = std::make_unsigned_t<T>;
};

template <class T>
[[gnu::always_inline]] inline Compute<T> load_wide(const char* p) noexcept {
  if constexpr (kIsSmallFloat<T>) {
    return widen(load<T>(p));
  } else if constexpr (std::is_same_v<T, Bool>) {
    return Bool{widen(load<Bool>(p))};
  } else {
    return static_cast<Compute<T>>(load<T>(p));
  }
}

// out[i] = op(a[i], b[i]), computed in Compute<T>. The layouts that matter get constant strides, so that they vectorise.
// Loads precede the store of an element, so out may be a or b.
template <class Out, class T, class B, class Op>
[[gnu::always_inline]] inline void binary_loop(char* out, const char* a, const char* b, int64_t n,
                                               const int64_t* strides, const Op& op) {
  constexpr auto kItemOut = static_cast<int64_t>(sizeof(Out));
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  constexpr auto kItemB = static_cast<int64_t>(sizeof(B));
  if (strides[0] == kItemOut && strides[1] == kItem && strides[2] == kItemB) {
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i)
      store(out + i * kItemOut, narrow<Out>(op(load_wide<T>(a + i * kItem), load_wide<B>(b + i * kItemB))));
  } else if (strides[0] == kItemOut && strides[1] == kItem && strides[2] == 0) {
    const Compute<T> number = load_wide<B>(b);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i) store(out + i * kItemOut, narrow<Out>(op(load_wide<T>(a + i * kItem), number)));
  } else if (strides[0] == kItemOut && strides[1] == 0 && strides[2] == kItemB) {
    const Compute<T> number = load_wide<T>(a);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i) store(out + i * kItemOut, narrow<Out>(op(number, load_wide<B>(b + i * kItemB))));
  } else {
    for (int64_t i = 0; i < n; ++i)
      store(out + i * strides[0], narrow<Out>(op(load_wide<T>(a + i * strides[1]), load_wide<B>(b + i * strides[2]))));
  }
}

// Fills the rows of one kind for a dtype: with a tensor as second operand, and with a number.
template <BinaryKind Kind, template <BinaryKind, class, class> class Loop, class T, size_t Index>
void fill_binary_row(BinaryLoops& table) {
  table.by_kind[Kind][Index] = &Loop<Kind, T, T>::run;
  if constexpr (kIsSmallFloat<T>) {
    table.by_number[Kind][Index] = &Loop<Kind, T, float>::run;
  } else {
    table.by_number[Kind][Index] = table.by_kind[Kind][Index];
  }
}

void fill_divide();
void fill_power();
void fill_pairs();
void fill_integers();

}  // namespace vt::core::VT_ISA
