// SPDX-License-Identifier: Apache-2.0
// The innermost step of a matrix product: a tile of c that stays in registers while k runs.
#pragma once

#include "ops/loops/gemm_pack.hpp"

namespace vt::core::VT_ISA {

// A tile is at most kTileRows x kTileVectors vectors; with the vectors of b and one factor of a they fill the registers.
#if defined(__AVX512F__)
inline constexpr int kTileRows = 14;
#else
inline constexpr int kTileRows = 6;
#endif
inline constexpr int kTileVectors = 2;
template <class W>
inline constexpr int kTileColumns = kTileVectors * kNumLanes<W>;

// What becomes of a finished tile: c = alpha t, c += alpha t, or c = alpha t + row[j].
enum class Merge { kStore, kAdd, kAddRow };

// How a tile takes k: an element of each operand per step. Another way says the same things (Note [Pairs of bfloat16]).
template <class W>
struct Singly {
  using Operand = W;
  static constexpr int64_t kTaken = 1;  // elements along k per operand
  [[gnu::always_inline]] static Lanes<W> fused(Lanes<W> a, Lanes<W> b, Lanes<W> sum) noexcept {
    return VT_ISA::fused<W>(a, b, sum);
  }
  template <class T>
  static void pack(const T* src, int64_t row, int64_t step, int64_t rows, int64_t width, int64_t k, W* dst) noexcept {
    pack_strip(src, row, step, rows, width, k, dst);
  }
};

template <class W, class Operand = W>
struct TileArgs {
  int64_t k;         // steps
  const Operand* a;  // a[i * a_row + p * a_step]
  int64_t a_row;
  int64_t a_step;
  const Operand* b;  // b[p * b_step + j]
  int64_t b_step;
  W* c;  // c[i * c_row + j]
  int64_t c_row;
  int64_t columns;  // of c
  W alpha;
  Merge merge;
  const W* row = nullptr;
};

// kPacked: a_row is 1, a_step is Rows and b has whole vectors, so that addresses are constants.
template <class W, int Rows, int Vectors, bool kPacked, class Way = Singly<W>>
void multiply_tile(const TileArgs<W, typename Way::Operand>& t) {
  using Operand = typename Way::Operand;
  constexpr int kLanes = kNumLanes<W>;
  Lanes<W> sums[Rows][Vectors];
  unrolled<Rows>([&](auto i) { unrolled<Vectors>([&](auto v) { sums[i][v] = Lanes<W>{}; }); });
  const int64_t last = t.columns - (Vectors - 1) * kLanes;  // columns of the last vector
  const Operand* a = t.a;
  const Operand* b = t.b;
  const int64_t b_step = kPacked ? Vectors * kLanes : t.b_step;
  const int64_t a_row = kPacked ? 1 : t.a_row;
  const int64_t a_step = kPacked ? Rows : t.a_step;

  const auto steps = [&](auto whole) __attribute__((always_inline)) {
    // Rows three apart share a base address, so that few registers hold them all.
    const Operand* bases[(Rows + 2) / 3];
    unrolled<(Rows + 2) / 3>([&](auto g) { bases[g] = a + g * 3 * a_row; });
    for (int64_t p = 0; p < t.k; ++p) {
      Lanes<Operand> factors[Vectors];
      unrolled<Vectors>([&](auto v) {
        factors[v] = whole || v + 1 < Vectors ? load_lanes(b + v * kLanes) : load_lanes(b + v * kLanes, last);
      });
      unrolled<Rows>([&](auto i) {
        const Lanes<Operand> value = splat(kPacked ? a[i] : bases[i / 3][i % 3 * a_row]);
        unrolled<Vectors>([&](auto v) { sums[i][v] = Way::fused(value, factors[v], sums[i][v]); });
      });
      if constexpr (kPacked) {
        a += a_step;
      } else {
        unrolled<(Rows + 2) / 3>([&](auto g) { bases[g] += a_step; });
      }
      b += b_step;
    }
  };
  if (kPacked || last == kLanes) {
    steps(std::true_type{});
  } else {
    steps(std::false_type{});
  }

  const Lanes<W> alpha = splat(t.alpha);
  const auto merge = [&](auto v, auto whole) __attribute__((always_inline)) {
    const auto load = [&](const W* p)
                          __attribute__((always_inline)) { return whole ? load_lanes(p) : load_lanes(p, last); };
    const Lanes<W> row = t.merge == Merge::kAddRow ? load(t.row + v * kLanes) : Lanes<W>{};
    unrolled<Rows>([&](auto i) {
      W* c = t.c + i * t.c_row + v * kLanes;
      Lanes<W> value = t.merge == Merge::kStore ? sums[i][v] * alpha
                                                : fused<W>(sums[i][v], alpha, t.merge == Merge::kAdd ? load(c) : row);
      if (whole) {
        store_lanes(c, value);
      } else {
        store_lanes(c, value, last);
      }
    });
  };
  unrolled<Vectors - 1>([&](auto v) { merge(v, std::true_type{}); });
  constexpr std::integral_constant<int, Vectors - 1> kLast{};
  if (last == kLanes) {
    merge(kLast, std::true_type{});
  } else {
    merge(kLast, std::false_type{});
  }
}

template <class W, class Way>
using TileFunction = void (*)(const TileArgs<W, typename Way::Operand>&);

// [rows - 1][vectors - 1]
template <class W, class Way>
struct TileTable {
  TileFunction<W, Way> of[kTileRows][kTileVectors];
};
template <class W, bool kPacked, class Way>
constexpr TileTable<W, Way> tile_table() {
  TileTable<W, Way> table{};
  unrolled<kTileRows>([&](auto i) {
    unrolled<kTileVectors>([&](auto v) { table.of[i][v] = &multiply_tile<W, i + 1, v + 1, kPacked, Way>; });
  });
  return table;
}
template <class W, bool kPacked, class Way = Singly<W>>
inline constexpr TileTable<W, Way> kTiles = tile_table<W, kPacked, Way>();

}  // namespace vt::core::VT_ISA
