// SPDX-License-Identifier: Apache-2.0
// What a pointwise op is: one formula for the loops of the CPU and the kernels of CUDA devices.
#pragma once

#include <vt/cpp/math/complex.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

// Note [Pointwise ops]
// An op is a type. `of` computes one element in W, which is float or double, an integer type, or a complex type with members
// `real` and `imag`; the small floating dtypes are computed in float. `kTakes` lists the dtypes of the op by kinds. Ops of
// two inputs take a gradient first. An op with `kGivesReal` makes real elements of complex ones. Where `of` branches for what
// is rare, `Common` has a formula without branches, which loops vectorise, for elements of which `is_common` holds. Since both
// sides use these formulas and those of vt/cpp/math.hpp, results on CUDA devices are those of the CPU to the bit, but for
// elements of half types that a device rounds from a form of its own.
namespace vt::pointwise {

#define VT_POINTWISE VT_HOST_DEVICE [[gnu::always_inline]] static inline

// Kinds of dtypes.
inline constexpr uint32_t kTakesBool = 1;
inline constexpr uint32_t kTakesIntegers = 2;
inline constexpr uint32_t kTakesFloats = 4;  // halves, float and double
inline constexpr uint32_t kTakesFloat8 = 8;
inline constexpr uint32_t kTakesComplex = 16;
inline constexpr uint32_t kTakesAll = 31;

// What an op does to the dtype.
enum class Computes {
  kInKind,     // in the dtype itself
  kInFloat,    // integers and bool become float32 first
  kPredicate,  // the result is bool; integers and bool are looked at in float
  kInBool,     // elements become bool first
};

// Numbers of a call: what they are is said by the op.
struct Parameters {
  double first = 0;
  double second = 0;
  double third = 0;
};

namespace detail {

template <class W>
inline constexpr bool kIsComplex = requires(W w) { w.imag; };

template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline W negative(W x) noexcept {
  if constexpr (kIsComplex<W>) {
    return W{-x.real, -x.imag};
  } else if constexpr (std::is_integral_v<W>) {
    return static_cast<W>(uint64_t{0} - static_cast<uint64_t>(x));
  } else {
    return -x;
  }
}

template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline W product(W a, W b) noexcept {
  return W{a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

// A complex element and the type that functions of complex numbers are computed in.
template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline math::complex::Complex wide(W z) noexcept {
  return {static_cast<double>(z.real), static_cast<double>(z.imag)};
}
template <class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline W narrow(math::complex::Complex z) noexcept {
  using Part = decltype(W::real);
  return W{static_cast<Part>(z.real), static_cast<Part>(z.imag)};
}

}  // namespace detail

// An op of the floats, to which integers are promoted.
struct OfFloats {
  static constexpr uint32_t kTakes = kTakesBool | kTakesIntegers | kTakesFloats;
  static constexpr Computes kComputes = Computes::kInFloat;
};
// The same of complex numbers too.
struct OfFloatsAndComplex {
  static constexpr uint32_t kTakes = kTakesBool | kTakesIntegers | kTakesFloats | kTakesComplex;
  static constexpr Computes kComputes = Computes::kInFloat;
};

// An op that rounds floats and leaves integers as they are.
struct OfNumbers {
  static constexpr uint32_t kTakes = kTakesIntegers | kTakesFloats;
  static constexpr Computes kComputes = Computes::kInKind;
};

// An op of angles (vt/cpp/math/trigonometric.hpp), of which large ones are rare.
struct OfAngles : OfFloatsAndComplex {
  template <class W>
    requires std::is_floating_point_v<W>
  VT_POINTWISE bool is_common(W x) noexcept {
    return math::is_moderate_angle(x);
  }
};

struct Predicate {
  static constexpr uint32_t kTakes = kTakesAll;
  static constexpr Computes kComputes = Computes::kPredicate;
};

// An op of floats alone.
struct OnlyFloats {
  static constexpr uint32_t kTakes = kTakesFloats;
  static constexpr Computes kComputes = Computes::kInKind;
};
struct OnlyFloatsAndComplex {
  static constexpr uint32_t kTakes = kTakesFloats | kTakesComplex;
  static constexpr Computes kComputes = Computes::kInKind;
};

// An op's element, whichever of the arguments it takes.
template <class Op, class W>
VT_HOST_DEVICE [[gnu::always_inline]] inline auto element(W a, W b, const Parameters& p) noexcept {
  if constexpr (requires { Op::of(a, b, p); }) {
    return Op::of(a, b, p);
  } else if constexpr (requires { Op::of(a, p); }) {
    return Op::of(a, p);
  } else if constexpr (requires { Op::of(a, b); }) {
    return Op::of(a, b);
  } else {
    return Op::of(a);
  }
}

// The ops of a family in the order of their tables.
template <class... Ops>
struct OpList {
  static constexpr size_t kCount = sizeof...(Ops);
  template <class Op>
  static constexpr size_t index_of() noexcept {
    constexpr bool kIs[] = {std::is_same_v<Op, Ops>...};
    size_t index = 0;
    while (!kIs[index]) ++index;
    return index;
  }
  // Calls visit.operator()<Op, index>() for each.
  template <class Visit>
  static constexpr void for_each(Visit&& visit) {
    (visit.template operator()<Ops, index_of<Ops>()>(), ...);
  }
};

// Whether elements of W are among those that an op computes.
template <class Op, class W>
inline constexpr bool kComputesIn = [] {
  if constexpr (std::is_same_v<W, bool>) {
    return Op::kComputes == Computes::kInBool || (Op::kComputes == Computes::kInKind && (Op::kTakes & kTakesBool) != 0);
  } else if constexpr (std::is_integral_v<W>) {
    return Op::kComputes == Computes::kInKind && (Op::kTakes & kTakesIntegers) != 0;
  } else if constexpr (detail::kIsComplex<W>) {
    return Op::kComputes != Computes::kInBool && (Op::kTakes & kTakesComplex) != 0;
  } else {
    return Op::kComputes != Computes::kInBool && (Op::kTakes & kTakesFloats) != 0;
  }
}();

}  // namespace vt::pointwise
