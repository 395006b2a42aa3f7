// SPDX-License-Identifier: Apache-2.0
// Sums and maxima over a row in interleaved lanes: what the loops of softmax, norms and losses share.
#pragma once

#include <array>

#include "ops/loops/elements.hpp"
#include "ops/loops/lane_fold.hpp"

// Note [Sums over a row]
// A row is cut into blocks of kLaneBlock elements. A block is added in kLanes lanes, then the lanes pairwise, and its total
// goes to a double. The order depends on positions alone, so that a row gives the same sum on every instruction set.
namespace vt::core::VT_ISA {

template <class T>
using Wide = decltype(widen(T{}));

// Calls visit.operator()<T, index>() for the dtypes of rows.
template <class Visit>
constexpr void for_each_row_dtype(Visit&& visit) {
  visit.template operator()<Half, 11>();
  visit.template operator()<BFloat, 12>();
  visit.template operator()<float, 13>();
  visit.template operator()<double, 14>();
}

inline constexpr int64_t kLanes = 32;
inline constexpr int64_t kLaneBlock = 4096;

// The sums over i < n of the Num numbers of the array that term(i) gives.
template <class W, size_t Num, class Term>
[[gnu::always_inline]] inline std::array<double, Num> sums_over(int64_t n, Term term) noexcept {
  std::array<double, Num> totals{};
  for (int64_t begin = 0; begin < n; begin += kLaneBlock) {
    const int64_t end = n - begin < kLaneBlock ? n : begin + kLaneBlock;
    W lanes[Num][kLanes] = {};
    int64_t i = begin;
    const auto add = [&](int64_t l) __attribute__((always_inline)) {
      const std::array<W, Num> terms = term(i + l);
      for (size_t k = 0; k < Num; ++k) lanes[k][l] = lanes[k][l] + terms[k];
    };
    for (; i + kLanes <= end; i += kLanes)
      for (int64_t l = 0; l < kLanes; ++l) add(l);
    for (size_t k = 0; k < Num; ++k)
      totals[k] += static_cast<double>(fold_lanes<kLanes / 2>(
          lanes[k], end - i, [](W a, W b) { return a + b; }, [&](int64_t l) { return term(i + l)[k]; }));
  }
  return totals;
}
template <class W, class Term>
[[gnu::always_inline]] inline double sum_over(int64_t n, Term term) noexcept {
  return sums_over<W, 1>(n, [&](int64_t i) __attribute__((always_inline)) { return std::array<W, 1>{term(i)}; })[0];
}

// The greatest term, NaN left out; minus infinity for none.
template <class W, class Term>
[[gnu::always_inline]] inline W max_over(int64_t n, Term term) noexcept {
  W lanes[kLanes];
  for (W& lane : lanes) lane = -static_cast<W>(__builtin_inf());
  int64_t i = 0;
  const auto greater = [](W a, W b) { return b > a ? b : a; };
  for (; i + kLanes <= n; i += kLanes)
    for (int64_t l = 0; l < kLanes; ++l) lanes[l] = greater(lanes[l], term(i + l));
  return fold_lanes<kLanes / 2>(lanes, n - i, greater, [&](int64_t l) { return term(i + l); });
}

}  // namespace vt::core::VT_ISA
