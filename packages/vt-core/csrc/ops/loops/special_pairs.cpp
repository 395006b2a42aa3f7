// SPDX-License-Identifier: Apache-2.0
// Loops of the special functions of two tensors.
#include <vt/cpp/math/incomplete_gamma.hpp>
#include <vt/cpp/math/orthogonal.hpp>
#include <vt/cpp/math/zeta.hpp>

#include <utility>

#include "ops/loops/binary_loop.hpp"
#include "ops/loops/special.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class W>
[[gnu::always_inline]] inline W times_log(W x, W y, W log) noexcept {
  return (x == W{0}) & (y == y) ? W{0} : x * log;
}

// Not inlined: one copy serves all dtypes, and a call is short beside it.
template <SpecialPairKind Kind>
[[gnu::noinline]] double in_double(double x, double y) noexcept {
  if constexpr (Kind == kZeta) return math::zeta(x, y);
  if constexpr (Kind == kGammainc) return math::gammainc(x, y);
  if constexpr (Kind == kGammaincc) return math::gammaincc(x, y);
  if constexpr (Kind == kChebyshevT) return math::chebyshev_t(x, y);
  if constexpr (Kind == kChebyshevU) return math::chebyshev_u(x, y);
  if constexpr (Kind == kChebyshevV) return math::chebyshev_v(x, y);
  if constexpr (Kind == kChebyshevW) return math::chebyshev_w(x, y);
  if constexpr (Kind == kShiftedChebyshevT) return math::chebyshev_t(x + x - 1.0, y);
  if constexpr (Kind == kShiftedChebyshevU) return math::chebyshev_u(x + x - 1.0, y);
  if constexpr (Kind == kShiftedChebyshevV) return math::chebyshev_v(x + x - 1.0, y);
  if constexpr (Kind == kShiftedChebyshevW) return math::chebyshev_w(x + x - 1.0, y);
  if constexpr (Kind == kHermiteH) return math::hermite_h(x, y);
  if constexpr (Kind == kHermiteHe) return math::hermite_he(x, y);
  if constexpr (Kind == kLaguerre) return math::laguerre(x, y);
  if constexpr (Kind == kLegendre) return math::legendre(x, y);
}

template <SpecialPairKind Kind, class W>
struct Formula {
  [[gnu::always_inline]] W operator()(W x, W y) const noexcept {
    if constexpr (Kind == kXlogy) {
      return times_log(x, y, math::log(y));
    } else if constexpr (Kind == kXlog1py) {
      return times_log(x, y, math::log1p(y));
    } else {
      return static_cast<W>(in_double<Kind>(static_cast<double>(x), static_cast<double>(y)));
    }
  }
};

template <SpecialPairKind Kind, class T, class B>
void pair_loop(char* out, const char* a, const char* b, int64_t n, const int64_t* strides, const void*) {
  const Formula<Kind, Compute<T>> formula;
  if constexpr (Kind <= kXlog1py) {
    binary_loop<T, T, B>(out, a, b, n, strides, formula);
  } else {
    for (int64_t i = 0; i < n; ++i)
      store(out + i * strides[0],
            narrow<T>(formula(load_wide<T>(a + i * strides[1]), load_wide<B>(b + i * strides[2]))));
  }
}

template <SpecialPairKind Kind>
void fill_kind(SpecialPairLoops& table) {
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (std::is_floating_point_v<T> || std::is_same_v<T, Half> || std::is_same_v<T, BFloat>) {
      table.by_kind[Kind][Index] = &pair_loop<Kind, T, T>;
      table.by_number[Kind][Index] = &pair_loop<Kind, T, Compute<T>>;
    }
  });
}

template <size_t... Kinds>
void fill_kinds(SpecialPairLoops& table, std::index_sequence<Kinds...>) {
  (fill_kind<static_cast<SpecialPairKind>(Kinds)>(table), ...);
}

}  // namespace

void fill_special_pairs() {
  fill_kinds(chosen_loops<SpecialPairLoops>, std::make_index_sequence<kNumSpecialPairKinds>{});
}

}  // namespace vt::core::VT_ISA
