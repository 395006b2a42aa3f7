// SPDX-License-Identifier: Apache-2.0
// Loops of fmax, fmin, copysign, hypot, heaviside, nextafter, logaddexp, logaddexp2 and ldexp.
#include <vt/cpp/pairs.hpp>

#include "ops/loops/binary.hpp"
#include "ops/loops/binary_loop.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class T>
[[gnu::always_inline]] inline auto bits_of(Compute<T> value) noexcept {
  if constexpr (kIsSmallFloat<T>) {
    return narrow<T>(value).bits;
  } else {
    return math::detail::bits_as<math::detail::Bits<T>>(value);
  }
}

// An element of T that stays one: the neighbours of a half are halves.
template <class T>
[[gnu::always_inline]] inline Compute<T> neighbour(Compute<T> from, Compute<T> to) noexcept {
  const auto next = pairs::next_bits(bits_of<T>(from), bits_of<T>(to), from, to);
  const bool has_nan = (from != from) | (to != to);
  if constexpr (kIsSmallFloat<T>) {
    return has_nan ? from + to : widen(T{next});
  } else {
    return has_nan ? from + to : math::detail::bits_as<T>(next);
  }
}

template <BinaryKind Kind, class T>
[[gnu::always_inline]] inline Compute<T> apply(Compute<T> a, Compute<T> b) noexcept {
  if constexpr (Kind == kHeaviside) return pairs::step(a, b);
  if constexpr (Kind == kFmax) return pairs::larger_number(a, b);
  if constexpr (Kind == kFmin) return pairs::smaller_number(a, b);
  if constexpr (Kind == kCopysign) return pairs::with_sign_of(a, b);
  if constexpr (Kind == kHypot) return pairs::length(a, b);
  if constexpr (Kind == kNextafter) return neighbour<T>(a, b);
  if constexpr (Kind == kLogaddexp) return pairs::log_of_sum(a, b);
  if constexpr (Kind == kLogaddexp2) return pairs::log2_of_sum(a, b);
  if constexpr (Kind == kLdexp) return pairs::scaled_by_power(a, b);
}

// The formula as a function that is inlined into every loop: a lambda in the loops of several dtypes might be merged with its
// likes and called, and the loops not vectorise.
template <BinaryKind Kind, class T>
struct Formula {
  [[gnu::always_inline]] Compute<T> operator()(Compute<T> a, Compute<T> b) const noexcept {
    return apply<Kind, T>(a, b);
  }
};

template <BinaryKind Kind, class T, class B>
struct Pairs {
  static void run(char* out, const char* a, const char* b, int64_t n, const int64_t* strides, const void*) {
    binary_loop<T, T, B>(out, a, b, n, strides, Formula<Kind, T>{});
  }
};

template <BinaryKind Kind>
void fill_kind(BinaryLoops& table) {
  for_each_dtype([&]<class T, size_t Index>() {
    constexpr bool kIsFloating = std::is_floating_point_v<T> || std::is_same_v<T, Half> || std::is_same_v<T, BFloat>;
    if constexpr (kIsFloating || (Kind == kHeaviside && std::is_integral_v<T>))
      fill_binary_row<Kind, Pairs, T, Index>(table);
  });
}

// What one kind computes as another does in the dtypes that `with` has no loop of its own for.
void fill_as(BinaryLoops& table, BinaryKind with, BinaryKind as) {
  for (size_t i = 0; i < kNumLoopDtypes; ++i) {
    if (table.by_kind[with][i]) continue;
    table.by_kind[with][i] = table.by_kind[as][i];
    table.by_number[with][i] = table.by_number[as][i];
  }
}

}  // namespace

void fill_pairs() {
  BinaryLoops& table = chosen_loops<BinaryLoops>;
  fill_kind<kFmax>(table);
  fill_kind<kFmin>(table);
  fill_kind<kCopysign>(table);
  fill_kind<kHypot>(table);
  fill_kind<kHeaviside>(table);
  fill_kind<kNextafter>(table);
  fill_kind<kLogaddexp>(table);
  fill_kind<kLogaddexp2>(table);
  fill_kind<kLdexp>(table);
  // Integers and booleans know no NaN; the step of a boolean is its logical or with the value at zero.
  fill_as(table, kFmax, kMaximum);
  fill_as(table, kFmin, kMinimum);
  fill_as(table, kHeaviside, kMaximum);
}

}  // namespace vt::core::VT_ISA
