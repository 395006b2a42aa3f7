// SPDX-License-Identifier: Apache-2.0
// Loops of variance and mean, and of the logarithm of summed exponentials: both in two passes over short blocks.
#include <vt/cpp/math.hpp>

#include "ops/loops/extremes.hpp"
#include "ops/loops/reduction.hpp"

// Note [Two passes]
// A block is read twice, the second time from the nearest cache. Moments: first its mean, then the sums of distances from
// that mean and of their squares; the former takes back what the mean's rounding did. Exponentials: first the largest
// element, then the sum of what is left of each below it. Lanes are of the element's own precision (float for half types);
// blocks are merged in double (Chan, Golub and LeVeque, 1979), in order.
namespace vt::core::VT_ISA {

namespace {

constexpr int64_t kBlock = 512;
constexpr int64_t kRowBlock = 32;

// The sum of map(x) over a block.
template <class T, int64_t Step, class Map>
[[gnu::always_inline]] inline Wide<T> sum_block(const char* src, int64_t stride, int64_t n, Map&& map) noexcept {
  const int64_t step = Step ? Step : stride;
  Wide<T> lanes[kFoldLanes] = {};
  int64_t i = 0;
  for (; i + kFoldLanes <= n; i += kFoldLanes)
    for (int64_t l = 0; l < kFoldLanes; ++l) lanes[l] += map(widen(load<T>(src + (i + l) * step)));
  return fold_lanes<kFoldLanes / 2>(
      lanes, n - i, [](Wide<T> a, Wide<T> b) { return a + b; },
      [&](int64_t l) { return map(widen(load<T>(src + (i + l) * step))); });
}

template <class T>
struct Moments {
  using Value = Wide<T>;
  struct Cell {
    double count;
    double mean;
    double squares;  // of distances from the mean, summed
  };

  [[gnu::always_inline]] static inline void merge_cell(Cell& a, const Cell& b) noexcept {
    if (b.count == 0) return;
    if (a.count == 0) {
      a = b;
      return;
    }
    const double count = a.count + b.count;
    const double distance = b.mean - a.mean;
    const double part = b.count / count;
    a.mean += distance * part;
    a.squares += b.squares + distance * distance * a.count * part;
    a.count = count;
  }

  // A block of n elements of which `shift` is about the mean, `sum` and `squares` those of the distances from it.
  [[gnu::always_inline]] static inline Cell block(double n, double shift, double sum, double squares) noexcept {
    return {n, shift + sum / n, squares - sum * (sum / n)};
  }

  template <int64_t Step>
  [[gnu::always_inline]] static inline Cell gather(const char* src, int64_t stride, int64_t n) noexcept {
    const int64_t step = Step ? Step : stride;
    const Value mean = sum_block<T, Step>(src, stride, n, [](Value x) { return x; }) / static_cast<Value>(n);
    Value sums[kFoldLanes] = {};
    Value squares[kFoldLanes] = {};
    const auto add = [&](int64_t l, const char* at) __attribute__((always_inline)) {
      const Value distance = widen(load<T>(at)) - mean;
      sums[l] += distance;
      squares[l] += distance * distance;
    };
    int64_t i = 0;
    for (; i + kFoldLanes <= n; i += kFoldLanes)
      for (int64_t l = 0; l < kFoldLanes; ++l) add(l, src + (i + l) * step);
    const auto added = [](Value a, Value b) { return a + b; };
    const auto distance = [&](int64_t l) { return widen(load<T>(src + (i + l) * step)) - mean; };
    const Value sum = fold_lanes<kFoldLanes / 2>(sums, n - i, added, distance);
    const Value square =
        fold_lanes<kFoldLanes / 2>(squares, n - i, added, [&](int64_t l) { return distance(l) * distance(l); });
    return block(static_cast<double>(n), mean, sum, square);
  }

  template <int64_t Step>
  [[gnu::always_inline]] static inline void gather_rows(const char* src, int64_t row_stride, int64_t rows,
                                                        int64_t column_stride, int64_t columns, Cell* cells) noexcept {
    const int64_t step = Step ? Step : column_stride;
    Value means[kReduceColumns] = {};
    Value sums[kReduceColumns] = {};
    Value squares[kReduceColumns] = {};
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t c = 0; c < columns; ++c) means[c] += widen(load<T>(src + row * row_stride + c * step));
    const Value part = Value{1} / static_cast<Value>(rows);
    for (int64_t c = 0; c < columns; ++c) means[c] *= part;
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t c = 0; c < columns; ++c) {
        const Value distance = widen(load<T>(src + row * row_stride + c * step)) - means[c];
        sums[c] += distance;
        squares[c] += distance * distance;
      }
    for (int64_t c = 0; c < columns; ++c)
      merge_cell(cells[c], block(static_cast<double>(rows), means[c], sums[c], squares[c]));
  }

  static void store_cells(const void* cells, int64_t n, char* const* out, const int64_t* strides,
                          const ReduceSettings& settings) {
    const double rest = settings.count - settings.correction;
    const double divisor = rest > 0 ? rest : 0;
    for (int64_t i = 0; i < n; ++i) {
      const Cell& cell = static_cast<const Cell*>(cells)[i];
      const double variance = (cell.squares < 0 ? 0 : cell.squares) / divisor;
      if (out[0])
        store(out[0] + i * strides[0], convert_element<T>(settings.root ? __builtin_sqrt(variance) : variance));
      if (out[1]) store(out[1] + i * strides[1], convert_element<T>(cell.count > 0 ? cell.mean : cell.mean / 0.0));
    }
  }
};

template <class T>
struct Exponentials {
  using Value = Wide<T>;
  using Largest = FoldLoops<Extreme<T, true>>;
  // The sum of exp(x - shift); 0 before there is any x above -inf.
  struct Cell {
    double shift;
    double sum;
  };

  [[gnu::always_inline]] static inline void merge_cell(Cell& a, const Cell& b) noexcept {
    if (b.sum == 0) return;
    if (a.sum == 0) {
      a = b;
      return;
    }
    const double shift = a.shift > b.shift ? a.shift : b.shift;
    const double sum = a.sum + b.sum;
    const bool finite = sum - sum == 0;
    a.sum = finite ? a.sum * math::exp(a.shift - shift) + b.sum * math::exp(b.shift - shift) : sum;
    a.shift = shift;
  }

  [[gnu::always_inline]] static inline Value shift_of(Value largest) noexcept {
    return largest - largest == 0 ? largest : Value{0};
  }

  template <int64_t Step>
  [[gnu::always_inline]] static inline Cell gather(const char* src, int64_t stride, int64_t n) noexcept {
    const Value shift = shift_of(Largest::template fold_run<Step>(src, stride, n, 0));
    return {shift, sum_block<T, Step>(src, stride, n, [shift](Value x) { return math::exp(x - shift); })};
  }

  template <int64_t Step>
  [[gnu::always_inline]] static inline void gather_rows(const char* src, int64_t row_stride, int64_t rows,
                                                        int64_t column_stride, int64_t columns, Cell* cells) noexcept {
    const int64_t step = Step ? Step : column_stride;
    Value shifts[kReduceColumns];
    Value sums[kReduceColumns] = {};
    for (int64_t c = 0; c < columns; ++c) shifts[c] = Extreme<T, true>::identity();
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t c = 0; c < columns; ++c)
        shifts[c] = Extreme<T, true>::combine(shifts[c], widen(load<T>(src + row * row_stride + c * step)));
    for (int64_t c = 0; c < columns; ++c) shifts[c] = shift_of(shifts[c]);
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t c = 0; c < columns; ++c)
        sums[c] += math::exp(widen(load<T>(src + row * row_stride + c * step)) - shifts[c]);
    for (int64_t c = 0; c < columns; ++c) merge_cell(cells[c], {shifts[c], sums[c]});
  }

  static void store_cells(const void* cells, int64_t n, char* const* out, const int64_t* strides,
                          const ReduceSettings&) {
    for (int64_t i = 0; i < n; ++i) {
      const Cell& cell = static_cast<const Cell*>(cells)[i];
      store(out[0] + i * strides[0], convert_element<T>(math::log(cell.sum) + cell.shift));
    }
  }
};

// The loops of a reduction that gathers block by block.
template <class T, class Blocks>
struct BlockLoops {
  using Cell = typename Blocks::Cell;

  static void clear(void* cells, int64_t n) {
    for (int64_t i = 0; i < n; ++i) static_cast<Cell*>(cells)[i] = {};
  }
  static void run(const char* src, int64_t stride, int64_t n, int64_t, void* cell, const ReduceSettings&) {
    with_step<T>(stride, [&]<int64_t Step>() {
      for (int64_t i = 0; i < n; i += kBlock)
        Blocks::merge_cell(
            *static_cast<Cell*>(cell),
            Blocks::template gather<Step>(src + i * (Step ? Step : stride), stride, n - i < kBlock ? n - i : kBlock));
    });
  }
  static void rows(const char* src, int64_t row_stride, int64_t rows, int64_t column_stride, int64_t columns, int64_t,
                   void* cells, const ReduceSettings&) {
    with_step<T>(column_stride, [&]<int64_t Step>() {
      for (int64_t row = 0; row < rows; row += kRowBlock)
        Blocks::template gather_rows<Step>(src + row * row_stride, row_stride,
                                           rows - row < kRowBlock ? rows - row : kRowBlock, column_stride, columns,
                                           static_cast<Cell*>(cells));
    });
  }
  static void merge(void* into, const void* from, int64_t n) {
    for (int64_t i = 0; i < n; ++i) Blocks::merge_cell(static_cast<Cell*>(into)[i], static_cast<const Cell*>(from)[i]);
  }
  static constexpr ReduceLoops loops() noexcept {
    static_assert(sizeof(Cell) <= kMaxReduceCell);
    return {sizeof(Cell), &clear, &run, &rows, &merge, &Blocks::store_cells};
  }
};

}  // namespace

void fill_moments() {
  ReductionLoops& table = chosen_loops<ReductionLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (kIsReal<T>) {
      table.reduce[static_cast<size_t>(ReduceKind::kMoments)][Index] = BlockLoops<T, Moments<T>>::loops();
      table.reduce[static_cast<size_t>(ReduceKind::kLogSumExp)][Index] = BlockLoops<T, Exponentials<T>>::loops();
    }
  });
}

}  // namespace vt::core::VT_ISA
