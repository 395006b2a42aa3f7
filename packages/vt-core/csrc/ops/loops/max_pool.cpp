// SPDX-License-Identifier: Apache-2.0
// Loops of maxima over windows, and of values sent to the places of maxima.
#include "ops/loops/elements.hpp"
#include "ops/loops/pool.hpp"

namespace vt::core::VT_ISA {

namespace {

// Columns that are worked on side by side.
constexpr int64_t kTile = 64;

template <class W>
constexpr W lowest() noexcept {
  if constexpr (std::is_floating_point_v<W>) {
    return -static_cast<W>(__builtin_inf());
  } else {
    return std::is_unsigned_v<W> ? W{0} : static_cast<W>(W{1} << (8 * sizeof(W) - 1));
  }
}

// Whether a later element takes the place of the greatest so far: NaN always does.
template <class W>
[[gnu::always_inline]] inline bool replaces(W value, W best) noexcept {
  return (value > best) | (value != value);
}

template <class T>
struct MaxRow {
  using W = decltype(widen(T{}));
  // Indices of a tile are as wide as the elements where that makes vectors of one length.
  using Index = std::conditional_t<sizeof(W) == 8, int64_t, int32_t>;

  const PoolRows& p;
  const T* plane;
  PoolSpan depth;
  PoolSpan height;

  // Any window, one element after the other.
  [[gnu::always_inline]] void one(int64_t column, T* out, int64_t* index) const {
    const PoolSpan width = p.spans[2][column];
    const auto inside = [](int64_t i, int64_t size) { return i < size ? i : size - 1; };
    W best = lowest<W>();
    int64_t at = (inside(depth.begin, p.in[0]) * p.in[1] + inside(height.begin, p.in[1])) * p.in[2] +
                 inside(width.begin, p.in[2]);
    for (int64_t d = depth.begin; d < depth.end; d += p.step[0])
      for (int64_t h = height.begin; h < height.end; h += p.step[1]) {
        const int64_t row = (d * p.in[1] + h) * p.in[2];
        for (int64_t w = width.begin; w < width.end; w += p.step[2]) {
          const W value = widen(plane[row + w]);
          const bool takes = replaces(value, best);
          best = takes ? value : best;
          at = takes ? row + w : at;
        }
      }
    out[column] = narrow<T>(best);
    index[column] = at;
  }

  // Columns whose windows are whole along the row, side by side; the stride is Stride unless that is 0.
  template <int64_t Stride>
  [[gnu::always_inline]] void columns(int64_t begin, int64_t end, T* out, int64_t* index) const {
    const int64_t stride = Stride ? Stride : p.stride;
    for (int64_t column = begin; column < end; column += kTile) {
      const int64_t num = end - column < kTile ? end - column : kTile;
      const int64_t first = column * stride - p.padding;
      W best[kTile];
      Index at[kTile];
      const auto start = static_cast<Index>((depth.begin * p.in[1] + height.begin) * p.in[2] + first);
      for (int64_t j = 0; j < num; ++j) best[j] = lowest<W>();
      for (int64_t j = 0; j < num; ++j) at[j] = static_cast<Index>(start + j * stride);
      for (int64_t d = depth.begin; d < depth.end; d += p.step[0])
        for (int64_t h = height.begin; h < height.end; h += p.step[1])
          for (int64_t k = 0; k < p.kernel; ++k) {
            const int64_t from = (d * p.in[1] + h) * p.in[2] + first + k * p.step[2];
            const T* source = plane + from;
            const auto place = static_cast<Index>(from);
            VT_INDEPENDENT_LOOP
            for (int64_t j = 0; j < num; ++j) {
              const W value = widen(source[j * stride]);
              const bool takes = replaces(value, best[j]);
              best[j] = takes ? value : best[j];
              at[j] = takes ? static_cast<Index>(place + static_cast<Index>(j * stride)) : at[j];
            }
          }
      for (int64_t j = 0; j < num; ++j) out[column + j] = narrow<T>(best[j]);
      for (int64_t j = 0; j < num; ++j) index[column + j] = at[j];
    }
  }
};

// Maxima alone: of each column of the input over the rows of a window, then along that row.
template <class T>
struct GreatestRow {
  using W = decltype(widen(T{}));

  const PoolRows& p;
  const W* greatest;

  [[gnu::always_inline]] static W larger(W a, W b) noexcept { return replaces(b, a) ? b : a; }

  [[gnu::always_inline]] void one(int64_t column, T* out) const {
    W best = lowest<W>();
    for (int64_t w = p.spans[2][column].begin; w < p.spans[2][column].end; w += p.step[2])
      best = larger(best, greatest[w]);
    out[column] = narrow<T>(best);
  }

  template <int64_t Stride>
  [[gnu::always_inline]] void columns(int64_t begin, int64_t end, T* out, int64_t*) const {
    const int64_t stride = Stride ? Stride : p.stride;
    for (int64_t column = begin; column < end; column += kTile) {
      const int64_t num = end - column < kTile ? end - column : kTile;
      const W* first = greatest + column * stride - p.padding;
      W best[kTile];
      for (int64_t j = 0; j < num; ++j) best[j] = first[j * stride];
      for (int64_t k = 1; k < p.kernel; ++k) {
        VT_INDEPENDENT_LOOP
        for (int64_t j = 0; j < num; ++j) best[j] = larger(best[j], first[j * stride + k * p.step[2]]);
      }
      for (int64_t j = 0; j < num; ++j) out[column + j] = narrow<T>(best[j]);
    }
  }
};

// The greatest element of each column over the rows of a window; the row itself where there is one and nothing to widen.
template <class T, class W>
[[gnu::always_inline]] inline const W* greatest_of_columns(const PoolRows& p, const T* plane, PoolSpan depth,
                                                           PoolSpan height, W* greatest) {
  if constexpr (std::is_same_v<T, W>) {
    if (depth.end - depth.begin == 1 && height.end - height.begin == 1)
      return plane + (depth.begin * p.in[1] + height.begin) * p.in[2];
  }
  for (int64_t w = 0; w < p.in[2]; ++w) greatest[w] = lowest<W>();
  for (int64_t d = depth.begin; d < depth.end; d += p.step[0])
    for (int64_t h = height.begin; h < height.end; h += p.step[1]) {
      const T* source = plane + (d * p.in[1] + h) * p.in[2];
      VT_INDEPENDENT_LOOP
      for (int64_t w = 0; w < p.in[2]; ++w) greatest[w] = GreatestRow<T>::larger(greatest[w], widen(source[w]));
    }
  return greatest;
}

// All columns of a row, those from `first` to `behind` side by side.
template <class Work, class One>
[[gnu::always_inline]] inline void each_column(const PoolRows& p, const Work& work, int64_t first, int64_t behind,
                                               auto* out, int64_t* index, One&& one) {
  for (int64_t column = 0; column < first; ++column) one(column);
  if (p.stride == 1) {
    work.template columns<1>(first, behind, out, index);
  } else if (p.stride == 2) {
    work.template columns<2>(first, behind, out, index);
  } else {
    work.template columns<0>(first, behind, out, index);
  }
  for (int64_t column = behind; column < p.out[2]; ++column) one(column);
}

template <class T>
void max_rows(const PoolRows& p, int64_t begin, int64_t end, void* scratch) {
  using W = decltype(widen(T{}));
  const int64_t volume = p.in[0] * p.in[1] * p.in[2];
  // Rows whose places would not fit the narrower index go one element at a time.
  const bool fits = sizeof(W) == 8 || volume <= INT32_MAX;
  for (int64_t row = begin; row < end; ++row) {
    const int64_t outer = row / p.out[1];
    const int64_t number = outer / p.out[0];
    const PoolSpan depth = p.spans[0][outer - number * p.out[0]];
    const PoolSpan height = p.spans[1][row - outer * p.out[1]];
    const T* plane = static_cast<const T*>(p.data) + number * volume;
    T* out = static_cast<T*>(p.result) + row * p.out[2];
    if (!p.indices) {
      const GreatestRow<T> work{p, greatest_of_columns(p, plane, depth, height, static_cast<W*>(scratch))};
      each_column(p, work, p.uniform_begin, p.uniform_end, out, nullptr,
                  [&](int64_t column) { work.one(column, out); });
      continue;
    }
    const MaxRow<T> work{p, plane, depth, height};
    int64_t* index = p.indices + row * p.out[2];
    const bool whole = fits && depth.begin < depth.end && height.begin < height.end;
    each_column(p, work, whole ? p.uniform_begin : p.out[2], whole ? p.uniform_end : p.out[2], out, index,
                [&](int64_t column) { work.one(column, out, index); });
  }
}

template <class T, bool Adds>
bool scatter(const void* values, const int64_t* indices, int64_t num, void* result, int64_t volume, void* scratch) {
  using W = decltype(widen(T{}));
  constexpr bool kWide = Adds && !std::is_same_v<W, T>;
  using Cell = std::conditional_t<kWide, W, T>;
  const auto* from = static_cast<const T*>(values);
  auto* cells = static_cast<Cell*>(kWide ? scratch : result);
  for (int64_t i = 0; i < volume; ++i) cells[i] = Cell{};
  const auto limit = static_cast<uint64_t>(volume);
  for (int64_t i = 0; i < num; ++i) {
    const auto at = static_cast<uint64_t>(indices[i]);
    if (at >= limit) return false;
    if constexpr (Adds) {
      cells[at] = cells[at] + static_cast<Cell>(widen(from[i]));
    } else {
      cells[at] = from[i];
    }
  }
  if constexpr (kWide)
    for (int64_t i = 0; i < volume; ++i) static_cast<T*>(result)[i] = narrow<T>(cells[i]);
  return true;
}

}  // namespace

void fill_max_pool() {
  PoolLoops& loops = chosen_loops<PoolLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    constexpr bool kReal = std::is_same_v<T, Half> || std::is_same_v<T, BFloat> || std::is_floating_point_v<T>;
    constexpr bool kWhole = std::is_same_v<T, uint8_t> || (std::is_integral_v<T> && std::is_signed_v<T>);
    if constexpr (kReal || kWhole) loops.max[Index] = &max_rows<T>;
    if constexpr (kReal) {
      loops.add[Index] = &scatter<T, true>;
      loops.place[Index] = &scatter<T, false>;
    }
  });
}

}  // namespace vt::core::VT_ISA
