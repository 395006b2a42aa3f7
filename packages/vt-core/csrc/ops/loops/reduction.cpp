// SPDX-License-Identifier: Apache-2.0
// Loops of products, tests, extremes and norms.
#include <vt/cpp/math.hpp>

#include "ops/loops/extremes.hpp"
#include "ops/loops/reduction.hpp"

namespace vt::core::VT_ISA {

namespace {

// Integers multiply in 64 bits, wrapping; floating dtypes in double.
template <class T>
struct Product {
  using Element = T;
  using Lane = std::conditional_t<std::is_floating_point_v<Wide<T>>, double, uint64_t>;
  [[gnu::always_inline]] static inline Lane identity() noexcept { return 1; }
  [[gnu::always_inline]] static inline Lane map(T x, double) noexcept { return static_cast<Lane>(widen(x)); }
  [[gnu::always_inline]] static inline Lane combine(Lane a, Lane b) noexcept { return a * b; }
  [[gnu::always_inline]] static inline auto finish(Lane a, double) noexcept {
    if constexpr (std::is_same_v<Lane, double>) {
      return convert_element<T>(a);
    } else {
      return a;
    }
  }
};

template <class P>
struct Product<Complex<P>> {
  using Element = Complex<P>;
  struct Lane {
    double real;
    double imag;
  };
  [[gnu::always_inline]] static inline Lane identity() noexcept { return {1, 0}; }
  [[gnu::always_inline]] static inline Lane map(Element x, double) noexcept {
    return {static_cast<double>(x.real), static_cast<double>(x.imag)};
  }
  [[gnu::always_inline]] static inline Lane combine(Lane a, Lane b) noexcept {
    return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
  }
  [[gnu::always_inline]] static inline Element finish(Lane a, double) noexcept {
    return {static_cast<P>(a.real), static_cast<P>(a.imag)};
  }
};

// Whether all or any elements are not zero, by those bits of theirs that say so: dtypes of one width share loops.
template <class T, T kLookedAt, bool kAll>
struct Test {
  using Element = T;
  using Lane = uint8_t;
  [[gnu::always_inline]] static inline Lane identity() noexcept { return kAll; }
  [[gnu::always_inline]] static inline Lane map(T x, double) noexcept { return (x & kLookedAt) != 0; }
  [[gnu::always_inline]] static inline Lane combine(Lane a, Lane b) noexcept {
    return static_cast<Lane>(kAll ? a & b : a | b);
  }
  [[gnu::always_inline]] static inline Lane finish(Lane a, double) noexcept { return a; }
};

template <class T, bool kAll>
struct TestOfComplex : Test<uint8_t, 1, kAll> {
  using Element = T;
  [[gnu::always_inline]] static inline uint8_t map(T x, double) noexcept { return convert_element<Bool>(x).bits; }
};

template <class T, bool kAll>
constexpr auto test_of() noexcept {
  if constexpr (kIsComplex<T>) {
    return TestOfComplex<T, kAll>();
  } else {
    using Bits = std::conditional_t<
        sizeof(T) == 1, uint8_t,
        std::conditional_t<sizeof(T) == 2, uint16_t, std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>>>;
    constexpr bool kHasNegativeZero = std::is_floating_point_v<Wide<T>>;
    return Test<Bits, static_cast<Bits>(static_cast<Bits>(~Bits{0}) >> (kHasNegativeZero ? 1 : 0)), kAll>();
  }
}

[[gnu::always_inline]] inline double magnitude_of(double x) noexcept { return __builtin_fabs(x); }
[[gnu::always_inline]] inline double power_of(double x, double exponent) noexcept {
  return math::exp(exponent * math::log(x));
}

// A norm whose contributions are added, in double: no square of a float overflows it.
template <class T, ReduceKind kKind>
struct AddedNorm {
  using Element = T;
  using Lane = double;
  [[gnu::always_inline]] static inline Lane identity() noexcept { return 0; }
  [[gnu::always_inline]] static inline Lane map(T element, double exponent) noexcept {
    const auto x = static_cast<double>(widen(element));
    if constexpr (kKind == ReduceKind::kNorm0) return x != 0 ? 1.0 : 0.0;
    if constexpr (kKind == ReduceKind::kNorm1) return magnitude_of(x);
    if constexpr (kKind == ReduceKind::kNorm2) return x * x;
    if constexpr (kKind == ReduceKind::kNormP) return power_of(magnitude_of(x), exponent);
  }
  [[gnu::always_inline]] static inline Lane combine(Lane a, Lane b) noexcept { return a + b; }
  [[gnu::always_inline]] static inline T finish(Lane a, double exponent) noexcept {
    if constexpr (kKind == ReduceKind::kNorm2) return convert_element<T>(__builtin_sqrt(a));
    if constexpr (kKind == ReduceKind::kNormP) return convert_element<T>(power_of(a, 1 / exponent));
    return convert_element<T>(a);
  }
};

template <class T, bool kMaximum>
struct ExtremeNorm : Extreme<T, kMaximum> {
  using Lane = typename Extreme<T, kMaximum>::Lane;
  [[gnu::always_inline]] static inline Lane identity() noexcept {
    return kMaximum ? Lane{0} : std::numeric_limits<Lane>::infinity();
  }
  [[gnu::always_inline]] static inline Lane map(T x, double) noexcept {
    const Lane value = widen(x);
    return value < 0 ? -value : value + Lane{0};
  }
  // Steps of extremes take elements as they are.
  static int64_t take_steps(const char* src, int64_t n, Lane* lanes) = delete;
  static Lane fold_steps(const Lane* lanes) = delete;
};

template <class F>
void fill(ReductionLoops& table, ReduceKind kind, size_t index) {
  table.reduce[static_cast<size_t>(kind)][index] = FoldLoops<F>::loops();
}

}  // namespace

void fill_reduction() {
  ReductionLoops& table = chosen_loops<ReductionLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    fill<decltype(test_of<T, false>())>(table, ReduceKind::kAny, Index);
    fill<decltype(test_of<T, true>())>(table, ReduceKind::kAll, Index);
    if constexpr (kIsOrdered<T> || kIsComplex<T>) fill<Product<T>>(table, ReduceKind::kProd, Index);
    if constexpr (kIsOrdered<T>) {
      fill<Extreme<T, true>>(table, ReduceKind::kMax, Index);
      fill<Extreme<T, false>>(table, ReduceKind::kMin, Index);
    }
    if constexpr (kIsReal<T>) {
      fill<AddedNorm<T, ReduceKind::kNorm0>>(table, ReduceKind::kNorm0, Index);
      fill<AddedNorm<T, ReduceKind::kNorm1>>(table, ReduceKind::kNorm1, Index);
      fill<AddedNorm<T, ReduceKind::kNorm2>>(table, ReduceKind::kNorm2, Index);
      fill<AddedNorm<T, ReduceKind::kNormP>>(table, ReduceKind::kNormP, Index);
      fill<ExtremeNorm<T, true>>(table, ReduceKind::kNormMax, Index);
      fill<ExtremeNorm<T, false>>(table, ReduceKind::kNormMin, Index);
    }
  });
  fill_positions();
  fill_moments();
}

}  // namespace vt::core::VT_ISA
