// SPDX-License-Identifier: Apache-2.0
// Packing: copies a strip of a matrix, of any strides and dtype, so that a tile walks it in order.
#pragma once

#include "ops/loops/gemm_lanes.hpp"

namespace vt::core::VT_ISA {

// A lane index with the same width as W, as shuffles take it.
template <class W>
using LaneIndex = std::conditional_t<sizeof(W) == 8, int64_t, std::conditional_t<sizeof(W) == 4, int32_t, int16_t>>;

// Exchanges the blocks of S x S lanes beside the diagonal in rows S apart.
template <class W, int S>
[[gnu::always_inline]] inline void exchange_blocks(Lanes<W>* rows) noexcept {
  constexpr int kLanes = kNumLanes<W>;
  Lanes<LaneIndex<W>> low{};
  Lanes<LaneIndex<W>> high{};
  unrolled<kLanes>([&](auto l) __attribute__((always_inline)) {
    constexpr int kLane = decltype(l)::value;
    low[kLane] = kLane & S ? kLanes + kLane - S : kLane;
    high[kLane] = kLane & S ? kLanes + kLane : kLane + S;
  });
  unrolled<kLanes>([&](auto i) __attribute__((always_inline)) {
    if constexpr (!(i & S)) {
      const Lanes<W> upper = rows[i];
      const Lanes<W> lower = rows[i + S];
      rows[i] = __builtin_shuffle(upper, lower, low);
      rows[i + S] = __builtin_shuffle(upper, lower, high);
    }
  });
  if constexpr (2 * S < kLanes) exchange_blocks<W, 2 * S>(rows);
}

// dst[p * width + i] = src[i * row + p] for i < rows, zero for the rest of `width`.
template <class T>
void pack_transposed(const T* src, int64_t row, int64_t rows, int64_t width, int64_t k, SumType<T>* dst) noexcept {
  using W = SumType<T>;
  constexpr int kLanes = kNumLanes<W>;
  for (int64_t p = 0; p < k; p += kLanes) {
    const int64_t steps = k - p < kLanes ? k - p : kLanes;
    for (int64_t i = 0; i < width; i += kLanes) {
      Lanes<W> block[kLanes];
      const T* from = src + i * row + p;
      if (steps == kLanes && rows - i >= kLanes) {
        unrolled<kLanes>([&](auto l) __attribute__((always_inline)) { block[l] = load_lanes(from + l * row); });
      } else {
        for (int64_t l = 0; l < kLanes; ++l)
          block[l] = l >= rows - i     ? Lanes<W>{}
                     : steps == kLanes ? load_lanes(from + l * row)
                                       : load_lanes(from + l * row, steps);
      }
      exchange_blocks<W, 1>(block);
      W* to = dst + p * width + i;
      if (width - i >= kLanes) {
        for (int64_t q = 0; q < steps; ++q) store_lanes(to + q * width, block[q]);
      } else {
        for (int64_t q = 0; q < steps; ++q) store_lanes(to + q * width, block[q], width - i);
      }
    }
  }
}

// dst[p * width + i] = src[i + p * step].
template <class T>
void pack_rows(const T* src, int64_t step, int64_t rows, int64_t width, int64_t k, SumType<T>* dst) noexcept {
  using W = SumType<T>;
  constexpr int kLanes = kNumLanes<W>;
  for (int64_t p = 0; p < k; ++p, src += step, dst += width) {
    for (int64_t i = 0; i < width; i += kLanes) {
      const Lanes<W> lanes = rows - i >= kLanes ? load_lanes(src + i) : load_lanes(src + i, rows > i ? rows - i : 0);
      if (width - i >= kLanes) {
        store_lanes(dst + i, lanes);
      } else {
        store_lanes(dst + i, lanes, width - i);
      }
    }
  }
}

// A strip of `rows` rows and k steps: dst[p * width + i] = src[i * row + p * step], zero for i from rows to width.
template <class T>
void pack_strip(const T* src, int64_t row, int64_t step, int64_t rows, int64_t width, int64_t k,
                SumType<T>* dst) noexcept {
  if (row == 1) return pack_rows(src, step, rows, width, k, dst);
  if (step == 1) return pack_transposed(src, row, rows, width, k, dst);
  for (int64_t p = 0; p < k; ++p) {
    for (int64_t i = 0; i < rows; ++i) dst[p * width + i] = static_cast<SumType<T>>(widen(src[i * row + p * step]));
    for (int64_t i = rows; i < width; ++i) dst[p * width + i] = SumType<T>{};
  }
}

}  // namespace vt::core::VT_ISA
