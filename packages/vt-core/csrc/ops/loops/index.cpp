// SPDX-License-Identifier: Apache-2.0
// Loops that read and write at indices.
#include "ops/loops/along.hpp"

namespace vt::core::VT_ISA {

namespace {

struct Bytes16 {
  uint64_t half[2];
};

template <class T>
bool offsets(int64_t* out, const char* index, int64_t index_stride, int64_t n, int64_t size, int64_t stride, bool wraps,
             bool adds) {
  const int64_t lift = wraps ? size : 0;
  bool outside = false;
  auto scaled_run = [&](auto at, auto keep, auto scaled) {
    for (int64_t i = 0; i < n; ++i) {
      const auto value = static_cast<int64_t>(load<T>(index + at(i)));
      const int64_t wrapped = value + (value < 0 ? lift : 0);
      outside |= static_cast<uint64_t>(wrapped) >= static_cast<uint64_t>(size);
      out[i] = (keep ? out[i] : 0) + scaled(wrapped);
    }
  };
  // No instruction set but v4 multiplies vectors of 64 bits; most strides are powers of two.
  auto run = [&](auto at, auto keep) {
    if (stride > 0 && (stride & (stride - 1)) == 0) {
      const int shift = __builtin_ctzll(static_cast<unsigned long long>(stride));
      scaled_run(at, keep, [shift](int64_t v) { return static_cast<int64_t>(static_cast<uint64_t>(v) << shift); });
    } else {
      scaled_run(at, keep, [stride](int64_t v) { return v * stride; });
    }
  };
  const auto dense = [](int64_t i) { return i * static_cast<int64_t>(sizeof(T)); };
  const auto strided = [index_stride](int64_t i) { return i * index_stride; };
  if (adds) {
    run(strided, std::true_type());
  } else if (index_stride == sizeof(T)) {
    run(dense, std::false_type());
  } else {
    run(strided, std::false_type());
  }
  return !outside;
}

template <class T>
void take(char* out, int64_t out_stride, const char* self, int64_t self_stride, const char* offsets,
          int64_t offset_stride, int64_t n) {
  constexpr auto kBytes = static_cast<int64_t>(sizeof(T));
  if (offset_stride == 0) {
    const char* from = self + load<int64_t>(offsets);
    if (out_stride == kBytes && self_stride == kBytes) {
      __builtin_memcpy(out, from, static_cast<size_t>(n * kBytes));
      return;
    }
    for (int64_t i = 0; i < n; ++i) store(out + i * out_stride, load<T>(from + i * self_stride));
    return;
  }
  if (out_stride == kBytes && offset_stride == 8) {
    if (self_stride == 0) {
      for (int64_t i = 0; i < n; ++i) store(out + i * kBytes, load<T>(self + load<int64_t>(offsets + i * 8)));
    } else {
      for (int64_t i = 0; i < n; ++i)
        store(out + i * kBytes, load<T>(self + i * self_stride + load<int64_t>(offsets + i * 8)));
    }
    return;
  }
  for (int64_t i = 0; i < n; ++i)
    store(out + i * out_stride, load<T>(self + i * self_stride + load<int64_t>(offsets + i * offset_stride)));
}

void take_rows(char* out, int64_t step, const char* self, const int64_t* offsets, int64_t n, int64_t bytes) {
  // Rows lie anywhere: those some steps ahead are asked for early, as far as it pays.
  constexpr int64_t kAhead = 8;
  constexpr int64_t kLine = 64;
  const int64_t asked = bytes < 8 * kLine ? bytes : 8 * kLine;
  for (int64_t i = 0; i < n; ++i) {
    if (i + kAhead < n)
      for (int64_t b = 0; b < asked; b += kLine) __builtin_prefetch(self + offsets[i + kAhead] + b);
    __builtin_memcpy(out + i * step, self + offsets[i], static_cast<size_t>(bytes));
  }
}

template <class T>
void put(char* self, int64_t self_stride, const char* offsets, int64_t offset_stride, const char* values,
         int64_t value_stride, int64_t n) {
  constexpr auto kBytes = static_cast<int64_t>(sizeof(T));
  if (offset_stride == 0 && self_stride == kBytes && value_stride == kBytes) {
    __builtin_memcpy(self + load<int64_t>(offsets), values, static_cast<size_t>(n * kBytes));
    return;
  }
  if (offset_stride == 0 && self_stride == kBytes && value_stride == 0) {
    char* to = self + load<int64_t>(offsets);
    const T value = load<T>(values);
    for (int64_t i = 0; i < n; ++i) store(to + i * kBytes, value);
    return;
  }
  for (int64_t i = 0; i < n; ++i)
    store(self + i * self_stride + load<int64_t>(offsets + i * offset_stride), load<T>(values + i * value_stride));
}

template <class T>
[[gnu::always_inline]] inline T sum_of(T a, T b) noexcept {
  if constexpr (std::is_same_v<T, Bool>) {
    return Bool{static_cast<uint8_t>((a.bits | b.bits) != 0)};
  } else if constexpr (kIsComplex<T>) {
    return T{a.real + b.real, a.imag + b.imag};
  } else if constexpr (kIsSmallFloat<T>) {
    return narrow<T>(widen(a) + widen(b));
  } else if constexpr (std::is_integral_v<T>) {
    using Unsigned = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<Unsigned>(static_cast<Unsigned>(a) + static_cast<Unsigned>(b)));
  } else {
    return a + b;
  }
}

template <class T>
void accumulate(char* self, int64_t self_stride, const char* offsets, int64_t offset_stride, const char* values,
                int64_t value_stride, int64_t n) {
  constexpr auto kBytes = static_cast<int64_t>(sizeof(T));
  if (offset_stride == 0 && self_stride == kBytes && value_stride == kBytes) {
    char* to = self + load<int64_t>(offsets);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i)
      store(to + i * kBytes, sum_of(load<T>(to + i * kBytes), load<T>(values + i * kBytes)));
    return;
  }
  for (int64_t i = 0; i < n; ++i) {
    char* to = self + i * self_stride + load<int64_t>(offsets + i * offset_stride);
    store(to, sum_of(load<T>(to), load<T>(values + i * value_stride)));
  }
}

// A block of columns at a time, whose sums stay in registers.
template <class T, class W, class Factor>
[[gnu::always_inline]] inline void add_block(char* out, const char* rows, const int64_t* offsets, Factor factor,
                                             int64_t n, int64_t columns, int64_t skipped) noexcept {
  constexpr int64_t kBlock = 64;
  W sums[kBlock] = {};
  for (int64_t i = 0; i < n; ++i) {
    if (offsets[i] == skipped) continue;
    const char* row = rows + offsets[i];
    const auto add = [&](int64_t num) __attribute__((always_inline)) {
      for (int64_t j = 0; j < num; ++j)
        sums[j] += factor(static_cast<W>(widen(load<T>(row + j * static_cast<int64_t>(sizeof(T))))), i);
    };
    if (columns >= kBlock) {
      add(kBlock);
    } else {
      add(columns);
    }
  }
  __builtin_memcpy(out, sums, static_cast<size_t>(columns < kBlock ? columns : kBlock) * sizeof(W));
}

template <class T>
void add_rows(char* out, const char* rows, const int64_t* offsets, const char* factors, int64_t n, int64_t columns,
              int64_t skipped) {
  using W = decltype(widen(T{}));
  for (int64_t c = 0; c < columns; c += 64) {
    char* to = out + c * static_cast<int64_t>(sizeof(W));
    const char* from = rows + c * static_cast<int64_t>(sizeof(T));
    if (factors) {
      const auto times = [factors](W x, int64_t i)
                             __attribute__((always_inline)) { return x * reinterpret_cast<const W*>(factors)[i]; };
      add_block<T, W>(to, from, offsets, times, n, columns - c, skipped);
    } else {
      const auto alone = [](W x, int64_t) __attribute__((always_inline)) { return x; };
      add_block<T, W>(to, from, offsets, alone, n, columns - c, skipped);
    }
  }
}

// Whether n dense indices are all in range.
template <class Index>
[[gnu::always_inline]] inline bool all_inside(const char* index, int64_t n, int64_t size) noexcept {
  uint64_t sign = 0;
  for (int64_t i = 0; i < n; ++i) {
    const auto at =
        static_cast<uint64_t>(static_cast<int64_t>(load<Index>(index + i * static_cast<int64_t>(sizeof(Index)))));
    sign |= at | (static_cast<uint64_t>(size - 1) - at);
  }
  return sign >> 63 == 0;
}

// What is read instead of an element out of range is the first one, which is there: the index is not used, but no branch waits.
template <class T, class Index>
bool take_along(const AlongLine& line) {
  const AlongLine l = line;
  const auto size = static_cast<uint64_t>(l.size);
  bool outside = false;
  const auto run = [&](auto index_stride, auto values_stride) __attribute__((always_inline)) {
    for (int64_t i = 0; i < l.n; ++i) {
      const auto given = static_cast<uint64_t>(static_cast<int64_t>(load<Index>(l.index + i * index_stride)));
      outside |= given >= size;
      const auto at = static_cast<int64_t>(given < size ? given : 0);
      store(l.values + i * values_stride, load<T>(l.self + i * l.self_stride + at * l.stride));
    }
  };
  constexpr std::integral_constant<int64_t, sizeof(Index)> kIndex{};
  constexpr std::integral_constant<int64_t, sizeof(T)> kItem{};
  if (size == 0) return l.n == 0;
  if (l.index_stride == 0 && l.self_stride == kItem && l.values_stride == kItem) {
    const auto at = static_cast<uint64_t>(static_cast<int64_t>(load<Index>(l.index)));
    if (at >= size) return l.n == 0;
    __builtin_memcpy(l.values, l.self + static_cast<int64_t>(at) * l.stride, static_cast<size_t>(l.n * kItem));
    return true;
  }
  if (l.index_stride != kIndex || l.values_stride != kItem) {
    run(l.index_stride, l.values_stride);
  } else if (l.self_stride == 0 && l.stride == kItem && all_inside<Index>(l.index, l.n, l.size)) {
    // Within one dense line: element by element, which is faster than the gathering instructions of many processors.
    for (int64_t i = 0; i < l.n; ++i)
      store(l.values + i * kItem, load<T>(l.self + static_cast<int64_t>(load<Index>(l.index + i * kIndex)) * kItem));
  } else {
    run(kIndex, kItem);
  }
  return !outside;
}

template <class T, class Index>
bool put_along(const AlongLine& line) {
  return write_along<T, Index>(line, [](char* to, T value) __attribute__((always_inline)) { store(to, value); });
}
template <class T, class Index>
bool accumulate_along(const AlongLine& line) {
  return write_along<T, Index>(
      line, [](char* to, T value) __attribute__((always_inline)) { store(to, sum_of(load<T>(to), value)); });
}

// Without a branch: an element is written in any case and kept when the next one goes behind it.
void positions(const uint8_t* mask, int64_t n, int64_t first, int64_t* out, int64_t stride, int64_t num) {
  int64_t found = 0;
  for (int64_t i = 0; i < n && found < num; ++i) {
    out[found * stride] = first + i;
    found += mask[i] != 0;
  }
}

template <class T>
void compress(const char* values, const uint8_t* mask, int64_t n, char* out, int64_t num) {
  constexpr auto kBytes = static_cast<int64_t>(sizeof(T));
  int64_t found = 0;
  for (int64_t i = 0; i < n && found < num; ++i) {
    store(out + found * kBytes, load<T>(values + i * kBytes));
    found += mask[i] != 0;
  }
}

int64_t count(const uint8_t* mask, int64_t n) {
  int64_t total = 0;
  for (int64_t i = 0; i < n; ++i) total += mask[i] != 0;
  return total;
}

template <class T, size_t kLog2>
void fill_moves(IndexLoops& loops) {
  loops.take[kLog2] = &take<T>;
  loops.put[kLog2] = &put<T>;
  loops.compress[kLog2] = &compress<T>;
  loops.take_along[0][kLog2] = &take_along<T, int32_t>;
  loops.take_along[1][kLog2] = &take_along<T, int64_t>;
  loops.put_along[0][kLog2] = &put_along<T, int32_t>;
  loops.put_along[1][kLog2] = &put_along<T, int64_t>;
}

}  // namespace

void fill_index() {
  IndexLoops& loops = chosen_loops<IndexLoops>;
  loops.offsets[0] = &offsets<int32_t>;
  loops.offsets[1] = &offsets<int64_t>;
  fill_moves<uint8_t, 0>(loops);
  fill_moves<uint16_t, 1>(loops);
  fill_moves<uint32_t, 2>(loops);
  fill_moves<uint64_t, 3>(loops);
  fill_moves<Bytes16, 4>(loops);
  for_each_dtype([&]<class T, size_t kIndex>() {
    if constexpr (!std::is_same_v<T, E4M3> && !std::is_same_v<T, E5M2>) {
      if constexpr (std::is_floating_point_v<decltype(widen(T{}))>) loops.add_rows[kIndex] = &add_rows<T>;
      loops.accumulate[kIndex] = &accumulate<T>;
      loops.accumulate_along[0][kIndex] = &accumulate_along<T, int32_t>;
      loops.accumulate_along[1][kIndex] = &accumulate_along<T, int64_t>;
    }
  });
  loops.take_rows = &take_rows;
  loops.positions = &positions;
  loops.count = &count;
}

}  // namespace vt::core::VT_ISA
