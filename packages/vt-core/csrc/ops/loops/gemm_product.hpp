// SPDX-License-Identifier: Apache-2.0
// A matrix product on one thread: blocks that fit the caches, cut into tiles that fit the registers.
#pragma once

#include "ops/loops/gemm_tile.hpp"
#include "ops/loops/pieces.hpp"

// Note [Blocks of a matrix product]
// The scheme of Goto and van de Geijn ("Anatomy of High-Performance Matrix Multiplication", 2008): kDepth steps along k at a
// time, a block of b that stays in the third cache, within it a block of a that stays in the second, and strips of both in the
// first.
// Each element of c is one chain of fused multiply-adds in the order of k per kDepth steps, and these are added in order: it does
// not depend on the position in a tile, on the tile's size, or on whether operands are packed.
// Operands are packed when they are read often enough to pay for it. Formats narrower than what products are summed in always
// are, and their sums are gathered in scratch and rounded once.
namespace vt::core::VT_ISA {

inline constexpr int64_t kDepth = 256;
inline constexpr int64_t kBlockRows = 20 * kTileRows;
inline constexpr int64_t kBlockColumns = 1024;
inline constexpr int64_t kGatherRows = 2 * kBlockRows;

template <class W>
W factor(const GemmFactor& f) noexcept {
  if constexpr (std::is_floating_point_v<W>) {
    return static_cast<W>(f.real);
  } else {
    return static_cast<W>(f.integer);
  }
}

// Parts of the scratch of a call.
template <class W, class Operand = W>
struct Scratch {
  static_assert(sizeof(Operand) == sizeof(W));
  explicit Scratch(char* bytes) noexcept
      : a(reinterpret_cast<Operand*>(bytes)),
        b(a + kBlockRows * kDepth),
        sums(reinterpret_cast<W*>(b + kDepth * kBlockColumns)) {}
  Operand* a;
  Operand* b;
  W* sums;
  static constexpr size_t kBytes =
      sizeof(W) * static_cast<size_t>(kBlockRows * kDepth + kDepth * kBlockColumns + kGatherRows * kBlockColumns);
};
static_assert(Scratch<double>::kBytes <= kGemmScratchBytes);

template <class T, class Way = Singly<SumType<T>>>
class Product {
  using W = SumType<T>;
  using Operand = typename Way::Operand;
  static constexpr bool kSameType = std::is_same_v<T, W> || (std::is_integral_v<T> && sizeof(T) == sizeof(W));
  static constexpr int64_t kStrip = kTileColumns<W>;

 public:
  Product(const GemmProblem& p, char* bytes) noexcept
      : p_(p),
        scratch_(bytes),
        a_(static_cast<const T*>(p.a)),
        b_(static_cast<const T*>(p.b)),
        c_(static_cast<T*>(p.c)),
        direct_(kSameType && p.c_col == 1),
        a_packed_(!kSameType || p.n > 4 * kStrip),
        b_packed_(!kSameType || p.b_col != 1 || (p.m > 4 * kTileRows && p.k * p.n > 64 * 1024)) {}

  void run() noexcept {
    const int64_t block_rows = direct_ ? p_.m : kGatherRows;
    for (int64_t j = 0; j < p_.n; j += kBlockColumns)
      for (int64_t i = 0; i < p_.m; i += block_rows)
        run_block(i, least(block_rows, p_.m - i), j, least(kBlockColumns, p_.n - j));
  }

 private:
  // Rows [i, i + m) and columns [j, j + n) of c.
  void run_block(int64_t i, int64_t m, int64_t j, int64_t n) noexcept {
    W* c = direct_ ? reinterpret_cast<W*>(c_ + i * p_.c_row + j) : scratch_.sums;
    const int64_t c_row = direct_ ? p_.c_row : n;
    const bool row_added =
        kSameType && p_.d && p_.d_row == 0 && p_.d_col == 1 && factor<W>(p_.beta) == W{1} && p_.k > 0;
    Merge merge = Merge::kStore;
    if (row_added) {
      merge = Merge::kAddRow;
    } else if (p_.d || p_.k == 0) {
      start_sums(c, c_row, i, m, j, n);
      merge = Merge::kAdd;
    }
    const EvenPieces depths(p_.k, kDepth * Way::kTaken);
    for (int64_t d = 0; d < depths.num; ++d) {
      multiply(c, c_row, i, m, j, n, depths.begin(d), depths.length(d), merge);
      merge = Merge::kAdd;
    }
    if (!direct_) round_sums(i, m, j, n);
  }

  // c = beta * d
  void start_sums(W* c, int64_t c_row, int64_t i, int64_t m, int64_t j, int64_t n) const noexcept {
    const auto* d = static_cast<const T*>(p_.d);
    const W beta = factor<W>(p_.beta);
    for (int64_t r = 0; r < m; ++r) {
      for (int64_t s = 0; s < n; ++s)
        c[r * c_row + s] = d ? beta * static_cast<W>(widen(d[(i + r) * p_.d_row + (j + s) * p_.d_col])) : W{};
    }
  }

  void round_sums(int64_t i, int64_t m, int64_t j, int64_t n) const noexcept {
    for (int64_t r = 0; r < m; ++r) {
      const W* sums = scratch_.sums + r * n;
      T* c = c_ + (i + r) * p_.c_row + j * p_.c_col;
      if (p_.c_col == 1) {
        VT_INDEPENDENT_LOOP
        for (int64_t s = 0; s < n; ++s) c[s] = narrow<T>(sums[s]);
      } else {
        for (int64_t s = 0; s < n; ++s) c[s * p_.c_col] = narrow<T>(sums[s]);
      }
    }
  }

  // Adds `length` elements along k from `k` on.
  void multiply(W* c, int64_t c_row, int64_t i, int64_t m, int64_t j, int64_t n, int64_t k, int64_t length,
                Merge merge) noexcept {
    const int64_t depth = ceil_divide(length, Way::kTaken);
    if (b_packed_) {
      for (int64_t s = 0; s < n; s += kStrip) {
        const int64_t columns = least(kStrip, n - s);
        Way::pack(b_ + k * p_.b_row + (j + s) * p_.b_col, p_.b_col, p_.b_row, columns, padded(columns), length,
                  scratch_.b + s * depth);
      }
    }
    const int64_t step = a_packed_ ? kBlockRows : m;
    for (int64_t r = 0; r < m; r += step) {
      const EvenPieces panels(least(step, m - r), kTileRows);
      if (a_packed_)
        for (int64_t panel = 0; panel < panels.num; ++panel) {
          const int64_t rows = panels.length(panel);
          Way::pack(a_ + (i + r + panels.begin(panel)) * p_.a_row + k * p_.a_col, p_.a_row, p_.a_col, rows, rows,
                    length, scratch_.a + panels.begin(panel) * depth);
        }
      multiply_panels(panels, c + r * c_row, c_row, i + r, j, n, k, depth, merge);
    }
  }

  void multiply_panels(const EvenPieces& panels, W* c, int64_t c_row, int64_t i, int64_t j, int64_t n, int64_t k,
                       int64_t depth, Merge merge) const noexcept {
    TileArgs<W, Operand> t;
    t.k = depth;
    t.c_row = c_row;
    t.alpha = factor<W>(p_.alpha);
    t.merge = merge;
    const auto& tiles = tiles_of_operands();
    for (int64_t s = 0; s < n; s += kStrip) {
      t.columns = least(kStrip, n - s);
      const int64_t vectors = ceil_divide(t.columns, kNumLanes<W>);
      if (b_packed_) {
        t.b = scratch_.b + s * depth;
        t.b_step = padded(t.columns);
      } else {
        t.b = reinterpret_cast<const Operand*>(b_ + k * p_.b_row + j + s);
        t.b_step = p_.b_row;
      }
      if (merge == Merge::kAddRow) t.row = reinterpret_cast<const W*>(static_cast<const T*>(p_.d) + j + s);
      for (int64_t panel = 0; panel < panels.num; ++panel) {
        const int64_t rows = panels.length(panel);
        if (a_packed_) {
          t.a = scratch_.a + panels.begin(panel) * depth;
          t.a_row = 1;
          t.a_step = rows;
        } else {
          t.a = reinterpret_cast<const Operand*>(a_ + (i + panels.begin(panel)) * p_.a_row + k * p_.a_col);
          t.a_row = p_.a_row;
          t.a_step = p_.a_col;
        }
        t.c = c + panels.begin(panel) * c_row + s;
        tiles.of[rows - 1][vectors - 1](t);
      }
    }
  }

  const TileTable<W, Way>& tiles_of_operands() const noexcept {
    if constexpr (kSameType)
      if (!a_packed_ || !b_packed_) return kTiles<W, false, Way>;
    return kTiles<W, true, Way>;
  }

  static int64_t padded(int64_t columns) noexcept { return ceil_divide(columns, kNumLanes<W>) * kNumLanes<W>; }

  const GemmProblem& p_;
  Scratch<W, Operand> scratch_;
  const T* a_;
  const T* b_;
  T* c_;
  bool direct_;
  bool a_packed_;
  bool b_packed_;
};

}  // namespace vt::core::VT_ISA
