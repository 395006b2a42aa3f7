// SPDX-License-Identifier: Apache-2.0
// Loops of the reductions whose cell is one value that elements are combined with in any order: products, extremes, norms.
#pragma once

#include "ops/loops/elements.hpp"
#include "ops/loops/lane_fold.hpp"
#include "ops/loops/reduction.hpp"

// Note [Folds]
// A fold says what an element contributes (`map`), how two contributions combine, and what no elements give (`identity`).
// A run is folded in interleaved lanes that fill 256 bytes, then the lanes pairwise; columns side by side. The order depends on
// positions alone.
namespace vt::core::VT_ISA {

inline constexpr int64_t kFoldLanes = 32;

template <class T>
using Wide = decltype(widen(T{}));

// Calls body.operator()<Step>() with the stride as a constant where it is that of dense elements, 0 elsewhere.
template <class T, class Body>
[[gnu::always_inline]] inline void with_step(int64_t stride, Body&& body) noexcept {
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  if (stride == kItem) {
    body.template operator()<kItem>();
  } else {
    body.template operator()<0>();
  }
}

template <class F>
struct FoldLoops {
  using T = typename F::Element;
  using Lane = typename F::Lane;

  static void clear(void* cells, int64_t n) {
    for (int64_t i = 0; i < n; ++i) static_cast<Lane*>(cells)[i] = F::identity();
  }

  template <int64_t Step>
  [[gnu::always_inline]] static inline Lane fold_run(const char* src, int64_t stride, int64_t n,
                                                     double exponent) noexcept {
    const int64_t step = Step ? Step : stride;
    constexpr int64_t kLanes = 256 / static_cast<int64_t>(sizeof(Lane));
    Lane lanes[kLanes];
    for (int64_t l = 0; l < kLanes; ++l) lanes[l] = F::identity();
    int64_t i = 0;
    if constexpr (Step != 0 && requires { F::take_steps(src, n, lanes); })
      if (n >= kLanes) i = F::take_steps(src, n, lanes);
    if constexpr (Step != 0 && requires { F::fold_steps(lanes); })
      if (i == n && n > 0) return F::fold_steps(lanes);
    for (; i + kLanes <= n; i += kLanes)
      for (int64_t l = 0; l < kLanes; ++l)
        lanes[l] = F::combine(lanes[l], F::map(load<T>(src + (i + l) * step), exponent));
    return fold_lanes<kLanes / 2>(
        lanes, n - i, [](Lane a, Lane b) { return F::combine(a, b); },
        [&](int64_t l) { return F::map(load<T>(src + (i + l) * step), exponent); });
  }
  static void run(const char* src, int64_t stride, int64_t n, int64_t, void* cell, const ReduceSettings& settings) {
    Lane& own = *static_cast<Lane*>(cell);
    const double exponent = settings.exponent;
    with_step<T>(stride, [&]<int64_t Step>() { own = F::combine(own, fold_run<Step>(src, stride, n, exponent)); });
  }

  static void rows(const char* src, int64_t row_stride, int64_t rows, int64_t column_stride, int64_t columns, int64_t,
                   void* cells, const ReduceSettings& settings) {
    const double exponent = settings.exponent;
    with_step<T>(column_stride, [&]<int64_t Step>() {
      const int64_t step = Step ? Step : column_stride;
      Lane own[kReduceColumns];
      __builtin_memcpy(own, cells, static_cast<size_t>(columns) * sizeof(Lane));
      for (int64_t row = 0; row < rows; ++row) {
        const char* begin = src + row * row_stride;
        for (int64_t c = 0; c < columns; ++c) own[c] = F::combine(own[c], F::map(load<T>(begin + c * step), exponent));
      }
      __builtin_memcpy(cells, own, static_cast<size_t>(columns) * sizeof(Lane));
    });
  }

  static void merge(void* into, const void* from, int64_t n) {
    auto* const to = static_cast<Lane*>(into);
    const auto* const with = static_cast<const Lane*>(from);
    for (int64_t i = 0; i < n; ++i) to[i] = F::combine(to[i], with[i]);
  }

  static void store_cells(const void* cells, int64_t n, char* const* out, const int64_t* strides,
                          const ReduceSettings& settings) {
    for (int64_t i = 0; i < n; ++i)
      store(out[0] + i * strides[0], F::finish(static_cast<const Lane*>(cells)[i], settings.exponent));
  }

  static constexpr ReduceLoops loops() noexcept {
    static_assert(sizeof(Lane) <= kMaxReduceCell);
    return {sizeof(Lane), &clear, &run, &rows, &merge, &store_cells};
  }
};

// Dtypes with an order, float8 and complex left out.
template <class T>
inline constexpr bool kIsOrdered = !kIsComplex<T> && !std::is_same_v<T, E4M3> && !std::is_same_v<T, E5M2>;
template <class T>
inline constexpr bool kIsReal = kIsOrdered<T> && std::is_floating_point_v<Wide<T>>;

}  // namespace vt::core::VT_ISA
