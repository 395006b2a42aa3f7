// SPDX-License-Identifier: Apache-2.0
// Loops of means over windows, and of gradients spread over them: first across rows, column by column, then along one row.
#include "ops/loops/elements.hpp"
#include "ops/loops/pool.hpp"

namespace vt::core::VT_ISA {

namespace {

// Calls body(the first element of a row of the input) for the rows that windows of one row of the result lie in.
template <class Body>
[[gnu::always_inline]] inline void each_row(const PoolRows& p, PoolSpan depth, PoolSpan height, Body&& body) {
  for (int64_t d = depth.begin; d < depth.end; ++d)
    for (int64_t h = height.begin; h < height.end; ++h) body((d * p.in[1] + h) * p.in[2]);
}

// The number that the sum over a window of `count` columns is divided by.
template <class W>
[[gnu::always_inline]] inline W divisor_of(const PoolRows& p, PoolSpan depth, PoolSpan height, int64_t count) {
  return static_cast<W>(p.divisor ? p.divisor : depth.count * height.count * count);
}

template <class T>
struct MeanRow {
  using W = decltype(widen(T{}));

  const PoolRows& p;
  PoolSpan depth;
  PoolSpan height;
  const W* sums;  // of each column of the input over the rows

  [[gnu::always_inline]] void one(int64_t column, T* out) const {
    const PoolSpan width = p.spans[2][column];
    W sum = 0;
    for (int64_t w = width.begin; w < width.end; ++w) sum += sums[w];
    out[column] = narrow<T>(sum / divisor_of<W>(p, depth, height, width.count));
  }

  // Columns whose windows are whole, side by side; the stride is Stride unless that is 0.
  template <int64_t Stride>
  [[gnu::always_inline]] void columns(int64_t begin, int64_t end, T* out) const {
    constexpr int64_t kTile = 64;
    const int64_t stride = Stride ? Stride : p.stride;
    const W divisor = divisor_of<W>(p, depth, height, p.kernel);
    for (int64_t column = begin; column < end; column += kTile) {
      const int64_t num = end - column < kTile ? end - column : kTile;
      const W* first = sums + column * stride - p.padding;
      W totals[kTile];
      for (int64_t j = 0; j < num; ++j) totals[j] = 0;
      for (int64_t k = 0; k < p.kernel; ++k) {
        VT_INDEPENDENT_LOOP
        for (int64_t j = 0; j < num; ++j) totals[j] += first[j * stride + k];
      }
      VT_INDEPENDENT_LOOP
      for (int64_t j = 0; j < num; ++j) out[column + j] = narrow<T>(totals[j] / divisor);
    }
  }
};

// Each column of the input added up over the rows of a window; the row itself where there is one and nothing to widen.
template <class T, class W>
[[gnu::always_inline]] inline const W* column_sums(const PoolRows& p, const T* plane, PoolSpan depth, PoolSpan height,
                                                   W* sums) {
  if constexpr (std::is_same_v<T, W>) {
    if (depth.end - depth.begin == 1 && height.end - height.begin == 1)
      return plane + (depth.begin * p.in[1] + height.begin) * p.in[2];
  }
  for (int64_t w = 0; w < p.in[2]; ++w) sums[w] = 0;
  each_row(p, depth, height, [&](int64_t row) __attribute__((always_inline)) {
    const T* source = plane + row;
    VT_INDEPENDENT_LOOP
    for (int64_t w = 0; w < p.in[2]; ++w) sums[w] += widen(source[w]);
  });
  return sums;
}

template <class T>
void mean_rows(const PoolRows& p, int64_t begin, int64_t end, void* scratch) {
  using W = decltype(widen(T{}));
  const int64_t volume = p.in[0] * p.in[1] * p.in[2];
  for (int64_t row = begin; row < end; ++row) {
    const int64_t outer = row / p.out[1];
    const int64_t number = outer / p.out[0];
    const PoolSpan depth = p.spans[0][outer - number * p.out[0]];
    const PoolSpan height = p.spans[1][row - outer * p.out[1]];
    const T* plane = static_cast<const T*>(p.data) + number * volume;
    const MeanRow<T> work{p, depth, height, column_sums(p, plane, depth, height, static_cast<W*>(scratch))};
    T* out = static_cast<T*>(p.result) + row * p.out[2];
    for (int64_t column = 0; column < p.uniform_begin; ++column) work.one(column, out);
    if (p.stride == 1) {
      work.template columns<1>(p.uniform_begin, p.uniform_end, out);
    } else if (p.stride == 2) {
      work.template columns<2>(p.uniform_begin, p.uniform_end, out);
    } else {
      work.template columns<0>(p.uniform_begin, p.uniform_end, out);
    }
    for (int64_t column = p.uniform_end; column < p.out[2]; ++column) work.one(column, out);
  }
}

template <class T>
void spread_mean(const PoolRows& p, int64_t begin, int64_t end, void* scratch) {
  using W = decltype(widen(T{}));
  const int64_t volume = p.in[0] * p.in[1] * p.in[2];
  auto* parts = static_cast<W*>(scratch);  // of each window of a row of the result
  W* across = parts + p.out[2];            // of each column of the input
  for (int64_t number = begin; number < end; ++number) {
    T* result = static_cast<T*>(p.result) + number * volume;
    W* sums;
    if constexpr (std::is_same_v<W, T>) {
      sums = result;
    } else {
      sums = across + p.in[2];
    }
    for (int64_t i = 0; i < volume; ++i) sums[i] = 0;
    for (int64_t row = 0; row < p.out[0] * p.out[1]; ++row) {
      const T* grad = static_cast<const T*>(p.data) + (number * p.out[0] * p.out[1] + row) * p.out[2];
      const PoolSpan depth = p.spans[0][row / p.out[1]];
      const PoolSpan height = p.spans[1][row % p.out[1]];
      VT_INDEPENDENT_LOOP
      for (int64_t j = 0; j < p.out[2]; ++j)
        parts[j] = static_cast<W>(widen(grad[j])) / divisor_of<W>(p, depth, height, p.spans[2][j].count);
      for (int64_t w = 0; w < p.in[2]; ++w) across[w] = 0;
      const auto one = [&](int64_t j) {
        for (int64_t w = p.spans[2][j].begin; w < p.spans[2][j].end; ++w) across[w] += parts[j];
      };
      for (int64_t j = 0; j < p.uniform_begin; ++j) one(j);
      const int64_t num = p.uniform_end - p.uniform_begin;
      for (int64_t k = 0; k < p.kernel && num > 0; ++k) {
        W* first = across + p.uniform_begin * p.stride - p.padding + k;
        const W* from = parts + p.uniform_begin;
        if (p.stride == 1) {
          VT_INDEPENDENT_LOOP
          for (int64_t j = 0; j < num; ++j) first[j] += from[j];
        } else {
          VT_INDEPENDENT_LOOP
          for (int64_t j = 0; j < num; ++j) first[j * p.stride] += from[j];
        }
      }
      for (int64_t j = p.uniform_end; j < p.out[2]; ++j) one(j);
      each_row(p, depth, height, [&](int64_t at) {
        W* to = sums + at;
        VT_INDEPENDENT_LOOP
        for (int64_t w = 0; w < p.in[2]; ++w) to[w] += across[w];
      });
    }
    if constexpr (!std::is_same_v<W, T>) {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < volume; ++i) result[i] = narrow<T>(sums[i]);
    }
  }
}

}  // namespace

void fill_avg_pool() {
  PoolLoops& loops = chosen_loops<PoolLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    constexpr bool kReal = std::is_same_v<T, Half> || std::is_same_v<T, BFloat> || std::is_floating_point_v<T>;
    if constexpr (kReal || std::is_same_v<T, int64_t>) loops.mean[Index] = &mean_rows<T>;
    if constexpr (kReal) loops.spread_mean[Index] = &spread_mean<T>;
  });
}

}  // namespace vt::core::VT_ISA
