// SPDX-License-Identifier: Apache-2.0
// Loops of add, add with alpha, and mul.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

namespace {

// What elements are computed in. Integers wrap, so that one unsigned type serves both signs; at least 32 bits wide, since
// shorter ones would promote to a signed int that can overflow.
template <class T>
struct ComputeOf {
  using Type = T;
};
template <>
struct ComputeOf<Half> {
  using Type = float;
};
template <>
struct ComputeOf<BFloat> {
  using Type = float;
};
template <>
struct ComputeOf<E4M3> {
  using Type = float;
};
template <>
struct ComputeOf<E5M2> {
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

template <class T>
[[gnu::always_inline]] inline T sum_of(T a, T b) noexcept {
  if constexpr (kIsComplex<T>) {
    return T{a.real + b.real, a.imag + b.imag};
  } else if constexpr (std::is_same_v<T, Bool>) {
    return Bool{static_cast<uint8_t>(a.bits | b.bits)};
  } else {
    return static_cast<T>(a + b);
  }
}
template <class T>
[[gnu::always_inline]] inline T product_of(T a, T b) noexcept {
  if constexpr (kIsComplex<T>) {
    return T{a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
  } else if constexpr (std::is_same_v<T, Bool>) {
    return Bool{static_cast<uint8_t>(a.bits & b.bits)};
  } else {
    return static_cast<T>(a * b);
  }
}

template <BinaryKind Kind, class Wide>
[[gnu::always_inline]] inline Wide apply(Wide a, Wide b, Wide alpha) noexcept {
  if constexpr (Kind == kAdd) return sum_of(a, b);
  if constexpr (Kind == kAddScaled) return sum_of(a, product_of(alpha, b));
  if constexpr (Kind == kMul) return product_of(a, b);
}

// The three layouts that matter get constant strides, so that they vectorise. Loads precede the store of an element, so
// out may be a or b.
template <BinaryKind Kind, class T, class B>
void binary(char* out, const char* a, const char* b, int64_t n, const int64_t* strides, const void* alpha_pointer) {
  using Wide = Compute<T>;
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  constexpr auto kItemB = static_cast<int64_t>(sizeof(B));
  Wide alpha{};
  if constexpr (Kind == kAddScaled) {
    if constexpr (kIsSmallFloat<T>) {
      alpha = load<float>(static_cast<const char*>(alpha_pointer));
    } else {
      alpha = load_wide<T>(static_cast<const char*>(alpha_pointer));
    }
  }
  if (strides[0] == kItem && strides[1] == kItem && strides[2] == kItemB) {
    if constexpr (Kind == kAdd && kIsComplex<T>) {
      // A sum of complex numbers is that of their parts.
      using Part = decltype(T::real);
      constexpr auto kPart = static_cast<int64_t>(sizeof(Part));
      const int64_t part_strides[3] = {kPart, kPart, kPart};
      return binary<Kind, Part, Part>(out, a, b, 2 * n, part_strides, nullptr);
    }
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i)
      store(out + i * kItem, narrow<T>(apply<Kind>(load_wide<T>(a + i * kItem), load_wide<B>(b + i * kItemB), alpha)));
  } else if (strides[0] == kItem && strides[1] == kItem && strides[2] == 0) {
    const Wide number = load_wide<B>(b);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i)
      store(out + i * kItem, narrow<T>(apply<Kind>(load_wide<T>(a + i * kItem), number, alpha)));
  } else {
    for (int64_t i = 0; i < n; ++i)
      store(out + i * strides[0],
            narrow<T>(apply<Kind>(load_wide<T>(a + i * strides[1]), load_wide<B>(b + i * strides[2]), alpha)));
  }
}

template <BinaryKind Kind>
void fill_kind(LoopTable& table) {
  for_each_dtype([&]<class T, size_t Index>() {
    // As in PyTorch float8 has products only.
    if constexpr (Kind == kMul || (!std::is_same_v<T, E4M3> && !std::is_same_v<T, E5M2>)) {
      if constexpr (std::is_integral_v<T>) {
        table.binary[Kind][Index] = &binary<Kind, std::make_unsigned_t<T>, std::make_unsigned_t<T>>;
      } else {
        table.binary[Kind][Index] = &binary<Kind, T, T>;
      }
      if constexpr (kIsSmallFloat<T>) {
        table.binary_number[Kind][Index] = &binary<Kind, T, float>;
      } else {
        table.binary_number[Kind][Index] = table.binary[Kind][Index];
      }
    }
  });
}

}  // namespace

void fill_binary(LoopTable& table) {
  fill_kind<kAdd>(table);
  fill_kind<kAddScaled>(table);
  fill_kind<kMul>(table);
}

}  // namespace vt::core::VT_ISA
