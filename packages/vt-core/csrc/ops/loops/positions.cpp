// SPDX-License-Identifier: Apache-2.0
// Loops of the extremes with their positions: the first of equal elements, the first NaN where there is one.
#include "ops/loops/extremes.hpp"
#include "ops/loops/reduction.hpp"

// Note [Positions]
// A run is cut into blocks. The extreme of a block is folded in lanes, and only a block that betters what the cell holds is
// searched for the place. Columns keep the value and the row it came from side by side.
namespace vt::core::VT_ISA {

namespace {

constexpr int64_t kBlock = 1024;
constexpr int64_t kProbe = 64;
constexpr int64_t kRowBlock = int64_t{1} << 30;  // rows are counted in 32 bits

template <class T, bool kMaximum>
struct PositionLoops {
  using Fold = FoldLoops<Extreme<T, kMaximum>>;
  using Value = Wide<T>;
  struct Cell {
    Value value;
    int64_t index;  // -1 without elements
  };

  [[gnu::always_inline]] static inline bool betters(Value a, Value b) noexcept {
    const bool beyond = kMaximum ? a > b : a < b;
    return beyond | ((a != a) & (b == b));
  }

  // The place of the first element that is `value`, or NaN as it is; there is one.
  template <int64_t Step>
  [[gnu::always_inline]] static inline int64_t find(const char* src, int64_t stride, int64_t n, Value value) noexcept {
    const int64_t step = Step ? Step : stride;
    const bool nan = value != value;
    int64_t i = 0;
    for (; i + kProbe <= n; i += kProbe) {
      int hits = 0;
      for (int64_t l = 0; l < kProbe; ++l) {
        const Value x = widen(load<T>(src + (i + l) * step));
        hits |= (x == value) | (nan & (x != x));
      }
      if (hits) break;
    }
    for (;; ++i) {
      const Value x = widen(load<T>(src + i * step));
      if (i + 1 >= n || x == value || (nan && x != x)) return i;
    }
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
        const Value best = Fold::template fold_run<Step>(block, stride, length, 0);
        if (own.index >= 0 && !betters(best, own.value)) continue;
        own = {best, position + i + find<Step>(block, stride, length, best)};
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
