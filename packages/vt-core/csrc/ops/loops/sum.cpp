// SPDX-License-Identifier: Apache-2.0
// Loops of sum: short exact-order runs in lanes, gathered in double.
#include "ops/loops/elements.hpp"
#include "ops/loops/reduction.hpp"

// Note [Summation]
// A run is cut into blocks of kBlock elements. A block is added in kLanes interleaved lanes of the element's own precision
// (float for half types), then the lanes pairwise, and its total goes to a double, with compensation where the elements
// are doubles themselves. The order depends on positions alone: not on threads, strides or vector width. The error of a
// float sum is that of kBlock / kLanes + 5 additions, whatever the length; down columns that of kRowBlock.
namespace vt::core::VT_ISA {

namespace {

// What a sum is gathered in. Floating dtypes keep the total and what its roundings lost, complex ones both twice.
struct SumCell {
  double total[2];
  double lost[2];
  uint64_t integer;
};
static_assert(sizeof(SumCell) <= kMaxReduceCell);

constexpr int64_t kLanes = 32;
constexpr int64_t kBlock = 512;
constexpr int64_t kRowBlock = 8;

template <class T>
struct LaneOf {
  using Type = uint64_t;  // integers and bool
};
template <>
struct LaneOf<Half> {
  using Type = float;
};
template <>
struct LaneOf<BFloat> {
  using Type = float;
};
template <>
struct LaneOf<E4M3> {
  using Type = float;
};
template <>
struct LaneOf<E5M2> {
  using Type = float;
};
template <>
struct LaneOf<float> {
  using Type = float;
};
template <>
struct LaneOf<double> {
  using Type = double;
};
template <class P>
struct LaneOf<Complex<P>> {
  using Type = Complex<P>;
};
template <class T>
using Lane = typename LaneOf<T>::Type;

template <class T>
[[gnu::always_inline]] inline Lane<T> load_lane(const char* p) noexcept {
  if constexpr (kIsComplex<T>) {
    return load<T>(p);
  } else {
    return static_cast<Lane<T>>(widen(load<T>(p)));
  }
}

template <class P>
[[gnu::always_inline]] inline Complex<P> operator+(Complex<P> a, Complex<P> b) noexcept {
  return {a.real + b.real, a.imag + b.imag};
}

// Adds with the rounding error kept apart (Knuth's two-sum).
[[gnu::always_inline]] inline void add_exactly(double value, double& total, double& lost) noexcept {
  const double sum = total + value;
  const double shadow = sum - total;
  lost += (total - (sum - shadow)) + (value - shadow);
  total = sum;
}

template <class T>
[[gnu::always_inline]] inline void add_to_cell(Lane<T> value, SumCell& cell) noexcept {
  if constexpr (std::is_same_v<T, double>) {
    add_exactly(value, cell.total[0], cell.lost[0]);
  } else if constexpr (std::is_same_v<T, Complex<double>>) {
    add_exactly(value.real, cell.total[0], cell.lost[0]);
    add_exactly(value.imag, cell.total[1], cell.lost[1]);
  } else if constexpr (std::is_same_v<T, Complex<float>>) {
    cell.total[0] += static_cast<double>(value.real);
    cell.total[1] += static_cast<double>(value.imag);
  } else if constexpr (std::is_same_v<Lane<T>, float>) {
    cell.total[0] += static_cast<double>(value);
  } else {
    cell.integer += value;
  }
}

// Adds lanes pairwise, the upper half to the lower, until one is left.
template <int64_t Width, class T>
[[gnu::always_inline]] inline void fold(T* lanes) noexcept {
  for (int64_t l = 0; l < Width; ++l) lanes[l] = lanes[l] + lanes[l + Width];
  if constexpr (Width > 1) fold<Width / 2>(lanes);
}

// Step is the stride where it is known at compile time, 0 where it is not.
template <class T, int64_t Step>
[[gnu::always_inline]] inline Lane<T> sum_block(const char* src, int64_t stride, int64_t n) noexcept {
  const int64_t step = Step ? Step : stride;
  Lane<T> lanes[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int64_t l = 0; l < kLanes; ++l) lanes[l] = lanes[l] + load_lane<T>(src + (i + l) * step);
  for (int64_t l = 0; i + l < n; ++l) lanes[l] = lanes[l] + load_lane<T>(src + (i + l) * step);
  fold<kLanes / 2>(lanes);
  return lanes[0];
}

template <class T>
void sum_run(const char* src, int64_t stride, int64_t n, int64_t, void* cell, const ReduceSettings&) {
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  for (int64_t i = 0; i < n; i += kBlock) {
    const int64_t length = n - i < kBlock ? n - i : kBlock;
    const Lane<T> total = stride == kItem ? sum_block<T, kItem>(src + i * kItem, kItem, length)
                                          : sum_block<T, 0>(src + i * stride, stride, length);
    add_to_cell<T>(total, *static_cast<SumCell*>(cell));
  }
}

template <class T, int64_t Step>
[[gnu::always_inline]] inline void add_rows(const char* src, int64_t row_stride, int64_t rows, int64_t column_stride,
                                            int64_t columns, SumCell* cells) noexcept {
  const int64_t step = Step ? Step : column_stride;
  Lane<T> sums[kReduceColumns] = {};
  for (int64_t row = 0; row < rows; ++row) {
    const char* begin = src + row * row_stride;
    for (int64_t c = 0; c < columns; ++c) sums[c] = sums[c] + load_lane<T>(begin + c * step);
  }
  for (int64_t c = 0; c < columns; ++c) add_to_cell<T>(sums[c], cells[c]);
}

template <class T>
void sum_rows(const char* src, int64_t row_stride, int64_t rows, int64_t column_stride, int64_t columns, int64_t,
              void* cells, const ReduceSettings&) {
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  auto* const sums = static_cast<SumCell*>(cells);
  for (int64_t row = 0; row < rows; row += kRowBlock) {
    const int64_t height = rows - row < kRowBlock ? rows - row : kRowBlock;
    const char* begin = src + row * row_stride;
    if (column_stride == kItem) {
      add_rows<T, kItem>(begin, row_stride, height, kItem, columns, sums);
    } else {
      add_rows<T, 0>(begin, row_stride, height, column_stride, columns, sums);
    }
  }
}

void sum_clear(void* cells, int64_t n) {
  for (int64_t i = 0; i < n; ++i) static_cast<SumCell*>(cells)[i] = {};
}

void sum_merge(void* into, const void* from, int64_t n) {
  auto* const to = static_cast<SumCell*>(into);
  const auto* const with = static_cast<const SumCell*>(from);
  for (int64_t i = 0; i < n; ++i) {
    for (int part = 0; part < 2; ++part) {
      add_exactly(with[i].total[part], to[i].total[part], to[i].lost[part]);
      to[i].lost[part] += with[i].lost[part];
    }
    to[i].integer += with[i].integer;
  }
}

// What was lost counts only while the total is finite: beyond, it is NaN.
[[gnu::always_inline]] inline double settled(double total, double lost) noexcept {
  return total - total == 0 ? total + lost : total;
}

template <class T>
void sum_store(const void* cells, int64_t n, char* const* out, const int64_t* strides, const ReduceSettings& settings) {
  const double divisor = settings.mean ? settings.count : 1.0;
  for (int64_t i = 0; i < n; ++i) {
    const SumCell& cell = static_cast<const SumCell*>(cells)[i];
    char* at = out[0] + i * strides[0];
    const double real = settled(cell.total[0], cell.lost[0]) / divisor;
    if constexpr (kIsComplex<T>) {
      using Part = decltype(T::real);
      const double imag = settled(cell.total[1], cell.lost[1]) / divisor;
      store(at, T{static_cast<Part>(real), static_cast<Part>(imag)});
    } else if constexpr (std::is_same_v<Lane<T>, uint64_t>) {
      store(at, cell.integer);
    } else {
      store(at, narrow<T>(static_cast<Lane<T>>(real)));
    }
  }
}

}  // namespace

void fill_sum() {
  ReductionLoops& table = chosen_loops<ReductionLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    table.reduce[static_cast<size_t>(ReduceKind::kSum)][Index] = {sizeof(SumCell), &sum_clear, &sum_run<T>,
                                                                  &sum_rows<T>,    &sum_merge, &sum_store<T>};
  });
}

}  // namespace vt::core::VT_ISA
