// SPDX-License-Identifier: Apache-2.0
// Loops over three operands: where, clamp, lerp, addcmul and addcdiv.
#include "ops/loops/arithmetic.hpp"
#include "ops/loops/binary_loop.hpp"
#include "ops/loops/half_order.hpp"
#include "ops/loops/ternary.hpp"

namespace vt::core::VT_ISA {

namespace {

// out[i] = op(a[i], b[i], c[i]), elements of types Out, A, B and C read by `read`. An operand at stride zero is read once.
template <class Out, class A, class B, class C, class Read, class Op>
[[gnu::always_inline]] inline void ternary_loop(char* out, const char* a, const char* b, const char* c, int64_t n,
                                                const int64_t* strides, const Read& read, const Op& op) {
  constexpr auto kOut = static_cast<int64_t>(sizeof(Out));
  constexpr auto kA = static_cast<int64_t>(sizeof(A));
  constexpr auto kB = static_cast<int64_t>(sizeof(B));
  constexpr auto kC = static_cast<int64_t>(sizeof(C));
  const bool dense = strides[0] == kOut && strides[1] == kA;
  if (dense && strides[2] == kB && strides[3] == kC) {
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i)
      store(out + i * kOut, op(read.template operator()<A>(a + i * kA), read.template operator()<B>(b + i * kB),
                               read.template operator()<C>(c + i * kC)));
  } else if (dense && strides[2] == kB && strides[3] == 0) {
    const auto z = read.template operator()<C>(c);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i)
      store(out + i * kOut, op(read.template operator()<A>(a + i * kA), read.template operator()<B>(b + i * kB), z));
  } else if (dense && strides[2] == 0 && strides[3] == kC) {
    const auto y = read.template operator()<B>(b);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i)
      store(out + i * kOut, op(read.template operator()<A>(a + i * kA), y, read.template operator()<C>(c + i * kC)));
  } else if (dense && strides[2] == 0 && strides[3] == 0) {
    const auto y = read.template operator()<B>(b);
    const auto z = read.template operator()<C>(c);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i) store(out + i * kOut, op(read.template operator()<A>(a + i * kA), y, z));
  } else {
    for (int64_t i = 0; i < n; ++i)
      store(out + i * strides[0],
            op(read.template operator()<A>(a + i * strides[1]), read.template operator()<B>(b + i * strides[2]),
               read.template operator()<C>(c + i * strides[3])));
  }
}

struct ReadWide {
  template <class T>
  [[gnu::always_inline]] auto operator()(const char* p) const noexcept {
    return load_wide<T>(p);
  }
};
struct ReadBits {
  template <class T>
  [[gnu::always_inline]] T operator()(const char* p) const noexcept {
    return load<T>(p);
  }
};

struct Bits128 {
  uint64_t low;
  uint64_t high;
};

// Without a branch, which a random mask would make slow.
template <class Bits>
[[gnu::always_inline]] inline Bits selected(bool condition, Bits yes, Bits no) noexcept {
  if constexpr (std::is_same_v<Bits, Bits128>) {
    return {selected(condition, yes.low, no.low), selected(condition, yes.high, no.high)};
  } else {
    const Bits mask = static_cast<Bits>(Bits{0} - static_cast<Bits>(condition));
    return static_cast<Bits>((yes & mask) | (no & static_cast<Bits>(~mask)));
  }
}

template <class Bits>
void select(char* out, const char* a, const char* b, const char* c, int64_t n, const int64_t* strides, const void*) {
  constexpr auto kItem = static_cast<int64_t>(sizeof(Bits));
  if (strides[1] == 0 && strides[0] == kItem) {  // one condition for the whole run
    const bool condition = load<uint8_t>(a) != 0;
    const char* from = condition ? b : c;
    const int64_t stride = strides[condition ? 2 : 3];
    if (stride == kItem) {
      __builtin_memmove(out, from, static_cast<size_t>(n * kItem));
    } else {
      for (int64_t i = 0; i < n; ++i) store(out + i * kItem, load<Bits>(from + i * stride));
    }
    return;
  }
  ternary_loop<Bits, uint8_t, Bits, Bits>(
      out, a, b, c, n, strides, ReadBits{},
      [](uint8_t condition, Bits yes, Bits no) { return selected(condition != 0, yes, no); });
}

// From whichever end is nearer, so that a weight of one gives the end exactly.
template <class T>
[[gnu::always_inline]] inline T interpolated(T from, T to, T weight) noexcept {
  if constexpr (kIsComplex<T>) {
    const T difference{to.real - from.real, to.imag - from.imag};
    if (weight.real * weight.real + weight.imag * weight.imag < decltype(T::real)(0.25))
      return sum_of(from, product_of(weight, difference));
    const T back = product_of(difference, T{1 - weight.real, -weight.imag});
    return T{to.real - back.real, to.imag - back.imag};
  } else {
    const T difference = to - from;
    const T near_start = from + weight * difference;
    const T near_end = to - difference * (T{1} - weight);
    return weight < T(0.5) && weight > T(-0.5) ? near_start : near_end;
  }
}

template <TernaryKind Kind, class Wide>
[[gnu::always_inline]] inline Wide apply(Wide a, Wide b, Wide c, Wide value) noexcept {
  if constexpr (Kind == kClamp) return smaller_of(larger_of(a, b), c);
  if constexpr (Kind == kLerp) return interpolated(a, b, c);
  if constexpr (Kind == kAddcmul) return sum_of(a, product_of(product_of(value, b), c));
  if constexpr (Kind == kAddcdiv) return sum_of(a, quotient_of(product_of(value, b), c));
}

template <TernaryKind Kind, class T, class C>
void ternary(char* out, const char* a, const char* b, const char* c, int64_t n, const int64_t* strides,
             const void* value_pointer) {
  if constexpr (Kind == kClamp && kIsHalf<T>) {
    using Bits = HalfBits<T>;
    return ternary_loop<Bits, Bits, Bits, Bits>(out, a, b, c, n, strides, ReadBits{},
                                                [](Bits x, Bits y, Bits z) { return apply<kClamp>(x, y, z, Bits{}); });
  }
  using Wide = Compute<T>;
  if constexpr (Kind == kClamp && std::is_floating_point_v<T>) {
    // Bounds that are numbers and not NaN need no test per element; NaN fails both comparisons and stays.
    if (strides[2] == 0 && strides[3] == 0 && load<T>(b) == load<T>(b) && load<T>(c) == load<T>(c))
      return ternary_loop<T, T, T, T>(out, a, b, c, n, strides, ReadWide{}, [](Wide x, Wide low, Wide high) {
        const Wide raised = x < low ? low : x;
        return raised > high ? high : raised;
      });
  }
  Wide value{};
  if constexpr (Kind == kAddcmul || Kind == kAddcdiv) {
    using Stored = std::conditional_t<kIsSmallFloat<T>, float, T>;
    value = load_wide<Stored>(static_cast<const char*>(value_pointer));
  }
  ternary_loop<T, T, T, C>(out, a, b, c, n, strides, ReadWide{},
                           [value](Wide x, Wide y, Wide z) { return narrow<T>(apply<Kind>(x, y, z, value)); });
}

}  // namespace

void fill_ternary() {
  TernaryLoops& loops = chosen_loops<TernaryLoops>;
  loops.select[0] = &select<uint8_t>;
  loops.select[1] = &select<uint16_t>;
  loops.select[2] = &select<uint32_t>;
  loops.select[3] = &select<uint64_t>;
  loops.select[4] = &select<Bits128>;
  for_each_dtype([&]<class T, size_t Index>() {
    constexpr bool kIsReal = std::is_floating_point_v<T> || std::is_same_v<T, Half> || std::is_same_v<T, BFloat>;
    constexpr bool kIsFloating = kIsReal || kIsComplex<T>;
    if constexpr (kIsReal || std::is_integral_v<T>) loops.by_kind[kClamp][Index] = &ternary<kClamp, T, T>;
    if constexpr (kIsFloating || std::is_integral_v<T>) {
      using Wrapping = typename UnsignedOf<T>::Type;
      loops.by_kind[kAddcmul][Index] = &ternary<kAddcmul, Wrapping, Wrapping>;
    }
    if constexpr (kIsFloating) {
      loops.by_kind[kLerp][Index] = &ternary<kLerp, T, T>;
      loops.by_kind[kAddcdiv][Index] = &ternary<kAddcdiv, T, T>;
      loops.lerp_number[Index] = &ternary<kLerp, T, std::conditional_t<kIsSmallFloat<T>, float, T>>;
    }
  });
}

}  // namespace vt::core::VT_ISA
