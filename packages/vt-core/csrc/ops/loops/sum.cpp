// SPDX-License-Identifier: Apache-2.0
// Loops of sum: short exact-order runs in lanes, gathered in double.
#include "ops/loops/gemm_lanes.hpp"
#include "ops/loops/lane_fold.hpp"
#include "ops/loops/reduction.hpp"

// Note [Summation]
// A run is cut into blocks of kBlock elements. A block is added in kLanes interleaved lanes of the element's own precision
// (float for half types), then the lanes pairwise, and its total goes to a double, with compensation where the elements
// are doubles themselves. The order depends on positions alone: not on threads, strides or vector width. The error of a
// float sum is that of kBlock / kLanes + 10 additions, whatever the length; down columns that of kRowBlock.
namespace vt::core::VT_ISA {

namespace {

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

// With kSkipsNan a NaN is loaded as zero.
template <class T, bool kSkipsNan>
[[gnu::always_inline]] inline Lane<T> load_lane(const char* p) noexcept {
  if constexpr (kIsComplex<T>) {
    return load<T>(p);
  } else {
    const auto lane = static_cast<Lane<T>>(widen(load<T>(p)));
    if constexpr (kSkipsNan) return lane == lane ? lane : Lane<T>{};
    return lane;
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

// What was lost counts only while the total is finite: beyond, it is NaN.
[[gnu::always_inline]] inline double settled(double total, double lost) noexcept {
  return total - total == 0 ? total + lost : total;
}

// What a sum is gathered in, by the type of lanes.
template <class L>
struct SumCell {  // integers
  uint64_t total;
  [[gnu::always_inline]] void add(uint64_t value) noexcept { total += value; }
  [[gnu::always_inline]] void merge(const SumCell& other) noexcept { total += other.total; }
};
template <>
struct SumCell<float> {
  double total;
  [[gnu::always_inline]] void add(float value) noexcept { total += static_cast<double>(value); }
  [[gnu::always_inline]] void merge(const SumCell& other) noexcept { total += other.total; }
  [[gnu::always_inline]] double value() const noexcept { return total; }
};
template <>
struct SumCell<double> {
  double total;
  double lost;
  [[gnu::always_inline]] void add(double value) noexcept { add_exactly(value, total, lost); }
  [[gnu::always_inline]] void merge(const SumCell& other) noexcept {
    add_exactly(other.total, total, lost);
    lost += other.lost;
  }
  [[gnu::always_inline]] double value() const noexcept { return settled(total, lost); }
};
template <class P>
struct SumCell<Complex<P>> {
  SumCell<P> real;
  SumCell<P> imag;
  [[gnu::always_inline]] void add(Complex<P> value) noexcept {
    real.add(value.real);
    imag.add(value.imag);
  }
  [[gnu::always_inline]] void merge(const SumCell& other) noexcept {
    real.merge(other.real);
    imag.merge(other.imag);
  }
};

// The sum of a vector's elements, the upper half added to the lower until one is left.
template <class V>
[[gnu::always_inline]] inline auto sum_of_vector(V v) noexcept {
  using W = std::remove_cvref_t<decltype(v[0])>;
  if constexpr (sizeof v > 16) {
    typedef W Half __attribute__((vector_size(sizeof v / 2)));
    Half halves[2];
    __builtin_memcpy(halves, &v, sizeof halves);
    return sum_of_vector(halves[0] + halves[1]);
  } else if constexpr (sizeof(W) == 4) {
    return (v[0] + v[2]) + (v[1] + v[3]);
  } else {
    return v[0] + v[1];
  }
}

// Elements whose lanes are loaded as whole vectors.
template <class T>
inline constexpr bool kLoadsVectors = std::is_same_v<T, float> || std::is_same_v<T, double> ||
                                      std::is_same_v<T, BFloat> || (std::is_integral_v<T> && sizeof(T) == 8);

// A vector of lanes; with kSkipsNan a NaN is loaded as zero.
template <class T, bool kSkipsNan>
[[gnu::always_inline]] inline Lanes<Lane<T>> load_vector(const T* src) noexcept {
  const Lanes<Lane<T>> lanes = load_lanes<T>(src);
  if constexpr (kSkipsNan) return lanes == lanes ? lanes : Lanes<Lane<T>>{};
  return lanes;
}

// Sums of num neighbouring blocks of n elements, a multiple of kLanes: side by side, so that no addition waits for another.
template <class T, bool kSkipsNan, int kNum>
[[gnu::always_inline]] inline void sum_whole(const T* src, int64_t n, Lane<T>* totals) noexcept {
  using L = Lane<T>;
  constexpr int kWidth = kNumLanes<L>;
  constexpr int kVectors = kLanes / kWidth;
  Lanes<L> sums[kNum][kVectors] = {};
  for (int64_t i = 0; i < n; i += kLanes)
    unrolled<kNum>([&](auto b) __attribute__((always_inline)) {
      unrolled<kVectors>([&](auto v) __attribute__((always_inline)) {
        sums[b][v] += load_vector<T, kSkipsNan>(src + b * n + i + v * kWidth);
      });
    });
  unrolled<kNum>([&](auto b) __attribute__((always_inline)) {
    for (int width = kVectors / 2; width > 0; width /= 2)
      for (int v = 0; v < width; ++v) sums[b][v] += sums[b][v + width];
    totals[b] = sum_of_vector(sums[b][0]);
  });
}

// What fold_lanes does, in registers: the lanes of whole vectors, then those of one. `left` elements at `rest` fill no step.
template <class T, bool kSkipsNan, class V>
[[gnu::always_inline]] inline Lane<T> fold_vector(V v, int64_t left, const T* rest) noexcept {
  using L = Lane<T>;
  constexpr int kHalf = static_cast<int>(sizeof v / sizeof(L)) / 2;
  const auto at = [rest](int64_t i) __attribute__((always_inline)) {
    return load_lane<T, kSkipsNan>(reinterpret_cast<const char*>(rest + i));
  };
  if constexpr (sizeof v > 16) {
    typedef L Half __attribute__((vector_size(sizeof v / 2)));
    Half halves[2];
    __builtin_memcpy(halves, &v, sizeof halves);
    Half sum = halves[0] + halves[1];
    if (left & kHalf) {
      const int64_t first = left & ~(2 * kHalf - 1);
      Half more;
      for (int l = 0; l < kHalf; ++l) more[l] = at(first + l);
      sum += more;
    }
    return fold_vector<T, kSkipsNan>(sum, left, rest);
  } else {
    L sums[kHalf];
    for (int l = 0; l < kHalf; ++l) sums[l] = v[l] + v[l + kHalf];
    if (left & kHalf)
      for (int l = 0; l < kHalf; ++l) sums[l] = sums[l] + at((left & ~(2 * kHalf - 1)) + l);
    if constexpr (kHalf == 1) {
      return sums[0];
    } else {
      static_assert(kHalf == 2);
      const L sum = sums[0] + sums[1];
      return left & 1 ? sum + at(left & ~1) : sum;
    }
  }
}

// The sum of a dense block of any length, in the order of sum_block.
template <class T, bool kSkipsNan>
[[gnu::always_inline]] inline Lane<T> sum_dense(const T* src, int64_t n) noexcept {
  using L = Lane<T>;
  constexpr int kWidth = kNumLanes<L>;
  constexpr int kVectors = kLanes / kWidth;
  Lanes<L> sums[kVectors] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int v = 0; v < kVectors; ++v) sums[v] += load_vector<T, kSkipsNan>(src + i + v * kWidth);
  const int64_t left = n - i;
  for (int half = kVectors / 2; half > 0; half /= 2) {
    for (int v = 0; v < half; ++v) sums[v] += sums[v + half];
    if (left & (half * kWidth)) {
      const T* rest = src + i + (left & ~(2 * half * kWidth - 1));
      for (int v = 0; v < half; ++v) sums[v] += load_vector<T, kSkipsNan>(rest + v * kWidth);
    }
  }
  return fold_vector<T, kSkipsNan>(sums[0], left, src + i);
}

// Step is the stride where it is known at compile time, 0 where it is not.
template <class T, bool kSkipsNan, int64_t Step>
[[gnu::always_inline]] inline Lane<T> sum_block(const char* src, int64_t stride, int64_t n) noexcept {
  const int64_t step = Step ? Step : stride;
  Lane<T> lanes[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int64_t l = 0; l < kLanes; ++l) lanes[l] = lanes[l] + load_lane<T, kSkipsNan>(src + (i + l) * step);
  return fold_lanes<kLanes / 2>(
      lanes, n - i, [](Lane<T> a, Lane<T> b) { return a + b; },
      [&](int64_t l) { return load_lane<T, kSkipsNan>(src + (i + l) * step); });
}

template <class T, bool kSkipsNan>
void sum_run(const char* src, int64_t stride, int64_t n, int64_t, void* cell, const ReduceSettings&) {
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  int64_t first = 0;
  if constexpr (kLoadsVectors<T>) {
    if (stride == kItem) {
      // As many accumulators as there are registers for.
      constexpr int kAtOnce = kLanes / kNumLanes<Lane<T>> <= 4 ? 2 : 1;
      const auto* elements = reinterpret_cast<const T*>(src);
      const auto take = [&]<int kNum>(int64_t length) __attribute__((always_inline)) {
        Lane<T> totals[kNum];
        sum_whole<T, kSkipsNan, kNum>(elements + first, length, totals);
        for (const Lane<T> total : totals) static_cast<SumCell<Lane<T>>*>(cell)->add(total);
        first += kNum * length;
      };
      while (n - first >= kAtOnce * kBlock) take.template operator()<kAtOnce>(kBlock);
      if (n - first >= kBlock) take.template operator()<1>(kBlock);
      if (first < n) static_cast<SumCell<Lane<T>>*>(cell)->add(sum_dense<T, kSkipsNan>(elements + first, n - first));
      return;
    }
  }
  for (int64_t i = first; i < n; i += kBlock) {
    const int64_t length = n - i < kBlock ? n - i : kBlock;
    const Lane<T> total = stride == kItem ? sum_block<T, kSkipsNan, kItem>(src + i * kItem, kItem, length)
                                          : sum_block<T, kSkipsNan, 0>(src + i * stride, stride, length);
    static_cast<SumCell<Lane<T>>*>(cell)->add(total);
  }
}

// Rows, at most kRowBlock, are added in their order.
template <class T, bool kSkipsNan, int64_t Step>
[[gnu::always_inline]] inline void add_rows(const char* src, int64_t row_stride, int64_t rows, int64_t column_stride,
                                            int64_t columns, SumCell<Lane<T>>* cells) noexcept {
  const int64_t step = Step ? Step : column_stride;
  if (rows == kRowBlock) {
    VT_INDEPENDENT_LOOP
    for (int64_t c = 0; c < columns; ++c) {
      Lane<T> sum = load_lane<T, kSkipsNan>(src + c * step);
      for (int64_t row = 1; row < kRowBlock; ++row)
        sum = sum + load_lane<T, kSkipsNan>(src + row * row_stride + c * step);
      cells[c].add(sum);
    }
    return;
  }
  Lane<T> sums[kReduceColumns];
  for (int64_t c = 0; c < columns; ++c) sums[c] = load_lane<T, kSkipsNan>(src + c * step);
  for (int64_t row = 1; row < rows; ++row) {
    const char* begin = src + row * row_stride;
    for (int64_t c = 0; c < columns; ++c) sums[c] = sums[c] + load_lane<T, kSkipsNan>(begin + c * step);
  }
  for (int64_t c = 0; c < columns; ++c) cells[c].add(sums[c]);
}

template <class T, bool kSkipsNan>
void sum_rows(const char* src, int64_t row_stride, int64_t rows, int64_t column_stride, int64_t columns, int64_t,
              void* cells, const ReduceSettings&) {
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  auto* const sums = static_cast<SumCell<Lane<T>>*>(cells);
  if constexpr (std::is_integral_v<T>) {
    // Columns that are runs: the order in which integers are added makes no difference.
    if (row_stride == kItem && column_stride != kItem) {
      for (int64_t c = 0; c < columns; ++c) {
        const char* begin = src + c * column_stride;
        uint64_t total = 0;
        for (int64_t row = 0; row < rows; ++row) total += load_lane<T, kSkipsNan>(begin + row * kItem);
        sums[c].add(total);
      }
      return;
    }
  }
  for (int64_t row = 0; row < rows; row += kRowBlock) {
    const int64_t height = rows - row < kRowBlock ? rows - row : kRowBlock;
    const char* begin = src + row * row_stride;
    if (column_stride == kItem) {
      add_rows<T, kSkipsNan, kItem>(begin, row_stride, height, kItem, columns, sums);
    } else {
      add_rows<T, kSkipsNan, 0>(begin, row_stride, height, column_stride, columns, sums);
    }
  }
}

template <class L>
void sum_clear(void* cells, int64_t n) {
  for (int64_t i = 0; i < n; ++i) static_cast<SumCell<L>*>(cells)[i] = {};
}

template <class L>
void sum_merge(void* into, const void* from, int64_t n) {
  for (int64_t i = 0; i < n; ++i) static_cast<SumCell<L>*>(into)[i].merge(static_cast<const SumCell<L>*>(from)[i]);
}

template <class T, class Value>
[[gnu::always_inline]] inline void store_sums(const SumCell<Lane<T>>* cells, int64_t n, char* out, int64_t stride,
                                              Value value) noexcept {
  using Result = decltype(value(cells[0]));
  constexpr auto kItem = static_cast<int64_t>(sizeof(Result));
  if (stride == kItem) {
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i) store(out + i * kItem, value(cells[i]));
  } else {
    for (int64_t i = 0; i < n; ++i) store(out + i * stride, value(cells[i]));
  }
}

template <class T>
void sum_store(const void* cells, int64_t n, char* const* out, const int64_t* strides, const ReduceSettings& settings) {
  using Cell = SumCell<Lane<T>>;
  const auto* const sums = static_cast<const Cell*>(cells);
  const auto give = [&](auto value) { store_sums<T>(sums, n, out[0], strides[0], value); };
  const double divisor = settings.count;
  if constexpr (kIsComplex<T>) {
    using Part = decltype(T::real);
    const double by = settings.mean ? divisor : 1;
    give([by](const Cell& sum) __attribute__((always_inline)) {
      return T{static_cast<Part>(sum.real.value() / by), static_cast<Part>(sum.imag.value() / by)};
    });
  } else if constexpr (std::is_same_v<Lane<T>, uint64_t>) {
    give([](const Cell& sum) __attribute__((always_inline)) { return sum.total; });
  } else if (settings.mean) {
    give([divisor](const Cell& sum)
             __attribute__((always_inline)) { return narrow<T>(static_cast<Lane<T>>(sum.value() / divisor)); });
  } else {
    give([](const Cell& sum) __attribute__((always_inline)) { return narrow<T>(static_cast<Lane<T>>(sum.value())); });
  }
}

}  // namespace

void fill_sum() {
  ReductionLoops& table = chosen_loops<ReductionLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    ReduceLoops& sum = table.reduce[static_cast<size_t>(ReduceKind::kSum)][Index];
    using L = Lane<T>;
    static_assert(sizeof(SumCell<L>) <= kMaxReduceCell);
    sum = {sizeof(SumCell<L>), &sum_clear<L>, &sum_run<T, false>, &sum_rows<T, false>, &sum_merge<L>, &sum_store<T>};
    table.nan_sum[Index] = sum;
    if constexpr (std::is_floating_point_v<L>) {
      table.nan_sum[Index].run = &sum_run<T, true>;
      table.nan_sum[Index].rows = &sum_rows<T, true>;
    }
  });
}

}  // namespace vt::core::VT_ISA
