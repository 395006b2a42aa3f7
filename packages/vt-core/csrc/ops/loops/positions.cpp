// SPDX-License-Identifier: Apache-2.0
// Loops of the extremes with their positions: the first of equal elements, the first NaN where there is one.
#include "ops/loops/extremes.hpp"
#include "ops/loops/reduction.hpp"

// Note [Positions]
// A run is walked in lanes, each of which keeps its best element and the step it came from in a number of the element's width;
// the lanes are then folded pairwise. Columns keep the value and the row it came from in the same way.
namespace vt::core::VT_ISA {

namespace {

constexpr int64_t kLanes = 64;
constexpr int64_t kBlock = int64_t{1} << 30;     // places are kept in 32 bits
constexpr int64_t kRowBlock = int64_t{1} << 30;  // rows are counted in 32 bits

template <class T, bool kMaximum>
struct PositionLoops {
  using Value = Wide<T>;
  struct Cell {
    Value value;
    int64_t index;  // -1 without elements
  };

  [[gnu::always_inline]] static inline bool betters(Value a, Value b) noexcept {
    const bool beyond = kMaximum ? a > b : a < b;
    return beyond | ((a != a) & (b == b));
  }

  using Place = std::conditional_t<sizeof(Value) == 8, int64_t, int32_t>;

  // The best of n elements and the first place of it.
  template <int64_t Step>
  [[gnu::always_inline]] static inline Cell best_of(const char* src, int64_t stride, int64_t n) noexcept {
    const int64_t step = Step ? Step : stride;
    if (n < kLanes) {
      Cell best{static_cast<Value>(widen(load<T>(src))), 0};
      for (int64_t i = 1; i < n; ++i) {
        const Value x = widen(load<T>(src + i * step));
        if (betters(x, best.value)) best = {x, i};
      }
      return best;
    }
    Value best[kLanes];
    Place at[kLanes] = {};
    for (int64_t l = 0; l < kLanes; ++l) best[l] = widen(load<T>(src + l * step));
    const auto offer = [&](int64_t l, int64_t i, Place round) __attribute__((always_inline)) {
      const Value x = widen(load<T>(src + (i + l) * step));
      const bool better = betters(x, best[l]);
      best[l] = better ? x : best[l];
      at[l] = better ? round : at[l];
    };
    Place round = 1;
    int64_t i = kLanes;
    for (; i + kLanes <= n; i += kLanes, ++round)
      for (int64_t l = 0; l < kLanes; ++l) offer(l, i, round);
    for (int64_t l = 0; i + l < n; ++l) offer(l, i, round);
    for (int64_t l = 0; l < kLanes; ++l) at[l] = static_cast<Place>(at[l] * kLanes + l);
    fold<kLanes / 2>(best, at);
    return {best[0], at[0]};
  }

  template <int64_t Width>
  [[gnu::always_inline]] static inline void fold(Value* best, Place* at) noexcept {
    for (int64_t l = 0; l < Width; ++l) {
      const bool takes =
          betters(best[l + Width], best[l]) | (!betters(best[l], best[l + Width]) & (at[l + Width] < at[l]));
      best[l] = takes ? best[l + Width] : best[l];
      at[l] = takes ? at[l + Width] : at[l];
    }
    if constexpr (Width > 1) fold<Width / 2>(best, at);
  }

  static void clear(void* cells, int64_t n) {
    for (int64_t i = 0; i < n; ++i) static_cast<Cell*>(cells)[i] = {Value{}, -1};
  }

  static void run(const char* src, int64_t stride, int64_t n, int64_t position, void* cell, const ReduceSettings&) {
    Cell& own = *static_cast<Cell*>(cell);
    with_step<T>(stride, [&]<int64_t Step>() {
      const int64_t step = Step ? Step : stride;
      for (int64_t i = 0; i < n; i += kBlock) {
        const int64_t length = n - i < kBlock ? n - i : kBlock;
        const char* block = src + i * step;
        const Cell best = best_of<Step>(block, stride, length);
        if (own.index < 0 || betters(best.value, own.value)) own = {best.value, position + i + best.index};
      }
    });
  }

  static void rows(const char* src, int64_t row_stride, int64_t rows, int64_t column_stride, int64_t columns,
                   int64_t position, void* cells, const ReduceSettings&) {
    auto* const own = static_cast<Cell*>(cells);
    with_step<T>(column_stride, [&]<int64_t Step>() {
      const int64_t step = Step ? Step : column_stride;
      for (int64_t first = 0; first < rows; first += kRowBlock) {
        const auto height = static_cast<int32_t>(rows - first < kRowBlock ? rows - first : kRowBlock);
        const char* begin = src + first * row_stride;
        Value best[kReduceColumns];
        int32_t row_of[kReduceColumns];
        for (int64_t c = 0; c < columns; ++c) {
          const bool fresh = own[c].index < 0;
          best[c] = fresh ? static_cast<Value>(widen(load<T>(begin + c * step))) : own[c].value;
          row_of[c] = fresh ? 0 : -1;
        }
        for (int32_t row = 0; row < height; ++row) {
          const char* at = begin + row * row_stride;
          for (int64_t c = 0; c < columns; ++c) {
            const Value x = widen(load<T>(at + c * step));
            const bool better = betters(x, best[c]);
            best[c] = better ? x : best[c];
            row_of[c] = better ? row : row_of[c];
          }
        }
        for (int64_t c = 0; c < columns; ++c)
          if (row_of[c] >= 0) own[c] = {best[c], position + first + row_of[c]};
      }
    });
  }

  static void merge(void* into, const void* from, int64_t n) {
    auto* const to = static_cast<Cell*>(into);
    const auto* const with = static_cast<const Cell*>(from);
    for (int64_t i = 0; i < n; ++i)
      if (with[i].index >= 0 && (to[i].index < 0 || betters(with[i].value, to[i].value))) to[i] = with[i];
  }

  static void store_cells(const void* cells, int64_t n, char* const* out, const int64_t* strides,
                          const ReduceSettings&) {
    for (int64_t i = 0; i < n; ++i) {
      const Cell& cell = static_cast<const Cell*>(cells)[i];
      if (out[0]) store(out[0] + i * strides[0], convert_element<T>(cell.value));
      if (out[1]) store(out[1] + i * strides[1], cell.index);
    }
  }

  static constexpr ReduceLoops loops() noexcept {
    static_assert(sizeof(Cell) <= kMaxReduceCell);
    return {sizeof(Cell), &clear, &run, &rows, &merge, &store_cells};
  }
};

}  // namespace

void fill_positions() {
  ReductionLoops& table = chosen_loops<ReductionLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (kIsOrdered<T>) {
      table.reduce[static_cast<size_t>(ReduceKind::kArgmax)][Index] = PositionLoops<T, true>::loops();
      table.reduce[static_cast<size_t>(ReduceKind::kArgmin)][Index] = PositionLoops<T, false>::loops();
    }
  });
}

}  // namespace vt::core::VT_ISA
