// SPDX-License-Identifier: Apache-2.0
// Loops of comparison, of the logical and of the bitwise operators.
#include "ops/loops/binary_loop.hpp"
#include "ops/loops/compare.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class T>
[[gnu::always_inline]] inline auto key_of(T value) noexcept {
  if constexpr (std::is_same_v<T, Bool>) {
    return value.bits;
  } else {
    return value;
  }
}

template <class T>
[[gnu::always_inline]] inline bool is_set(T value) noexcept {
  if constexpr (kIsComplex<T>) {
    return (value.real != 0) | (value.imag != 0);
  } else {
    return key_of(value) != 0;
  }
}

template <CompareKind Kind, class T>
[[gnu::always_inline]] inline bool holds(T a, T b) noexcept {
  if constexpr (kIsComplex<T> && Kind <= kNotEqual) {
    const bool equal = (a.real == b.real) & (a.imag == b.imag);
    return equal == (Kind == kEqual);
  } else {
    if constexpr (Kind == kEqual) return key_of(a) == key_of(b);
    if constexpr (Kind == kNotEqual) return key_of(a) != key_of(b);
    if constexpr (Kind == kGreater) return key_of(a) > key_of(b);
    if constexpr (Kind == kGreaterEqual) return key_of(a) >= key_of(b);
    if constexpr (Kind == kLogicalAnd) return is_set(a) & is_set(b);
    if constexpr (Kind == kLogicalOr) return is_set(a) | is_set(b);
    if constexpr (Kind == kLogicalXor) return is_set(a) != is_set(b);
  }
}

template <CompareKind Kind, class T>
void compare(char* out, const char* a, const char* b, int64_t n, const int64_t* strides, const void*) {
  binary_loop<Bool, T, T>(out, a, b, n, strides,
                          [](Compute<T> x, Compute<T> y) { return Bool{static_cast<uint8_t>(holds<Kind>(x, y))}; });
}

// a < b is b > a: one loop serves both.
template <CompareKind Kind, class T>
void compare_exchanged(char* out, const char* a, const char* b, int64_t n, const int64_t* strides,
                       const void* settings) {
  const int64_t exchanged[] = {strides[0], strides[2], strides[1]};
  compare<Kind, T>(out, b, a, n, exchanged, settings);
}

template <CompareKind Kind, class Bits>
[[gnu::always_inline]] inline Bits combined(Bits a, Bits b) noexcept {
  if constexpr (Kind == kBitwiseAnd) return static_cast<Bits>(a & b);
  if constexpr (Kind == kBitwiseOr) return static_cast<Bits>(a | b);
  if constexpr (Kind == kBitwiseXor) return static_cast<Bits>(a ^ b);
}

template <CompareKind Kind, class T>
void combine_bits(char* out, const char* a, const char* b, int64_t n, const int64_t* strides, const void*) {
  binary_loop<T, T, T>(out, a, b, n, strides, [](Compute<T> x, Compute<T> y) {
    if constexpr (std::is_same_v<T, Bool>) {
      return Bool{combined<Kind>(x.bits, y.bits)};
    } else {
      return combined<Kind>(x, y);
    }
  });
}

// The sign of an integer matters to an order only.
template <CompareKind Kind>
void fill_kind(CompareLoops& loops) {
  for_each_dtype([&]<class T, size_t Index>() {
    using Unsigned = typename UnsignedOf<T>::Type;
    constexpr bool kIsOrder = Kind >= kLess && Kind <= kGreaterEqual;
    if constexpr (Kind >= kBitwiseAnd) {
      if constexpr (std::is_integral_v<T> || std::is_same_v<T, Bool>)
        loops.by_kind[Kind][Index] = &combine_bits<Kind, Unsigned>;
    } else if constexpr (!kIsOrder) {
      loops.by_kind[Kind][Index] = &compare<Kind, Unsigned>;
    } else if constexpr (!kIsComplex<T> && Kind <= kLessEqual) {
      constexpr CompareKind kExchanged = Kind == kLess ? kGreater : kGreaterEqual;
      loops.by_kind[Kind][Index] = &compare_exchanged<kExchanged, T>;
    } else if constexpr (!kIsComplex<T>) {
      loops.by_kind[Kind][Index] = &compare<Kind, T>;
    }
  });
}

}  // namespace

void fill_compare() {
  CompareLoops& table = chosen_loops<CompareLoops>;
  fill_kind<kEqual>(table);
  fill_kind<kNotEqual>(table);
  fill_kind<kLess>(table);
  fill_kind<kLessEqual>(table);
  fill_kind<kGreater>(table);
  fill_kind<kGreaterEqual>(table);
  fill_kind<kLogicalAnd>(table);
  fill_kind<kLogicalOr>(table);
  fill_kind<kLogicalXor>(table);
  fill_kind<kBitwiseAnd>(table);
  fill_kind<kBitwiseOr>(table);
  fill_kind<kBitwiseXor>(table);
}

}  // namespace vt::core::VT_ISA
