// SPDX-License-Identifier: Apache-2.0
// Matrix products on one thread: blocks that fit the caches, cut into tiles that fit the registers.
#include "ops/loops/gemm.hpp"
#include "ops/loops/gemm_pack.hpp"
#include "ops/loops/gemm_tile.hpp"
#include "ops/loops/pieces.hpp"

// Note [Blocks of a matrix product]
// The scheme of Goto and van de Geijn ("Anatomy of High-Performance Matrix Multiplication", 2008): kDepth steps of k at a time, a
// block of b that stays in the third cache, within it a block of a that stays in the second, and strips of both in the first.
// Each element of c is one chain of fused multiply-adds in the order of k per kDepth steps, and these are added in order: it does
// not depend on the position in a tile, on the tile's size, or on whether operands are packed.
// Operands are packed when they are read often enough to pay for it. Formats narrower than what products are summed in always
// are, and their sums are gathered in scratch and rounded once.
namespace vt::core::VT_ISA {

namespace {

constexpr int64_t kDepth = 256;
constexpr int64_t kBlockRows = 20 * kTileRows;
constexpr int64_t kBlockColumns = 1024;
constexpr int64_t kGatherRows = 2 * kBlockRows;

template <class W>
W factor(const GemmFactor& f) noexcept {
  if constexpr (std::is_floating_point_v<W>) {
    return static_cast<W>(f.real);
  } else {
    return static_cast<W>(f.integer);
  }
}

// Parts of the scratch of a call.
template <class W>
struct Scratch {
  explicit Scratch(char* bytes) noexcept
      : a(reinterpret_cast<W*>(bytes)), b(a + kBlockRows * kDepth), sums(b + kDepth * kBlockColumns) {}
  W* a;
  W* b;
  W* sums;
  static constexpr size_t kBytes =
      sizeof(W) * static_cast<size_t>(kBlockRows * kDepth + kDepth * kBlockColumns + kGatherRows * kBlockColumns);
};
static_assert(Scratch<double>::kBytes <= kGemmScratchBytes);

template <class T>
class Product {
  using W = SumType<T>;
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
    const EvenPieces depths(p_.k, kDepth);
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

  // Adds `depth` steps of k from `k` on.
  void multiply(W* c, int64_t c_row, int64_t i, int64_t m, int64_t j, int64_t n, int64_t k, int64_t depth,
                Merge merge) noexcept {
    if (b_packed_) {
      for (int64_t s = 0; s < n; s += kStrip) {
        const int64_t columns = least(kStrip, n - s);
        pack_strip(b_ + k * p_.b_row + (j + s) * p_.b_col, p_.b_col, p_.b_row, columns, padded(columns), depth,
                   scratch_.b + s * depth);
      }
    }
    const int64_t step = a_packed_ ? kBlockRows : m;
    for (int64_t r = 0; r < m; r += step) {
      const EvenPieces panels(least(step, m - r), kTileRows);
      if (a_packed_)
        for (int64_t panel = 0; panel < panels.num; ++panel) {
          const int64_t rows = panels.length(panel);
          pack_strip(a_ + (i + r + panels.begin(panel)) * p_.a_row + k * p_.a_col, p_.a_row, p_.a_col, rows, rows,
                     depth, scratch_.a + panels.begin(panel) * depth);
        }
      multiply_panels(panels, c + r * c_row, c_row, i + r, j, n, k, depth, merge);
    }
  }

  void multiply_panels(const EvenPieces& panels, W* c, int64_t c_row, int64_t i, int64_t j, int64_t n, int64_t k,
                       int64_t depth, Merge merge) const noexcept {
    TileArgs<W> t;
    t.k = depth;
    t.c_row = c_row;
    t.alpha = factor<W>(p_.alpha);
    t.merge = merge;
    const auto& tiles = a_packed_ && b_packed_ ? kTiles<W, true> : kTiles<W, false>;
    for (int64_t s = 0; s < n; s += kStrip) {
      t.columns = least(kStrip, n - s);
      const int64_t vectors = ceil_divide(t.columns, kNumLanes<W>);
      if (b_packed_) {
        t.b = scratch_.b + s * depth;
        t.b_step = padded(t.columns);
      } else {
        t.b = reinterpret_cast<const W*>(b_ + k * p_.b_row + j + s);
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
          t.a = reinterpret_cast<const W*>(a_ + (i + panels.begin(panel)) * p_.a_row + k * p_.a_col);
          t.a_row = p_.a_row;
          t.a_step = p_.a_col;
        }
        t.c = c + panels.begin(panel) * c_row + s;
        tiles.of[rows - 1][vectors - 1](t);
      }
    }
  }

  static int64_t padded(int64_t columns) noexcept { return ceil_divide(columns, kNumLanes<W>) * kNumLanes<W>; }

  const GemmProblem& p_;
  Scratch<W> scratch_;
  const T* a_;
  const T* b_;
  T* c_;
  bool direct_;
  bool a_packed_;
  bool b_packed_;
};

template <class T>
void tiles(const GemmProblem& p, char* scratch) {
  Product<T>(p, scratch).run();
}

// Runs the product of the parts of complex matrices that `a`, `b` and `c` (0 real, 1 imaginary) name, times `alpha`, adding it to
// the part of c unless it is the first.
template <class T>
void multiply_parts(const GemmProblem& p, int a, int b, int c, double alpha, bool first, char* scratch) {
  GemmProblem q = p;
  q.a = static_cast<const T*>(p.a) + a;
  q.b = static_cast<const T*>(p.b) + b;
  q.c = static_cast<T*>(p.c) + c;
  int64_t* const strides[] = {&q.a_row, &q.a_col, &q.b_row, &q.b_col, &q.c_row, &q.c_col};
  for (int64_t* stride : strides) *stride *= 2;
  if (q.n == 1) q.b_col = q.c_col = 1;
  q.d = first ? nullptr : q.c;
  q.d_row = q.c_row;
  q.d_col = q.c_col;
  q.alpha = {alpha};
  q.beta = {};
  Product<T>(q, scratch).run();
}

// c = beta * d on complex numbers; d may be c.
template <class T>
void scale_addend(const GemmProblem& p) noexcept {
  const auto real = static_cast<T>(p.beta.real);
  const auto imag = static_cast<T>(p.beta.imag);
  for (int64_t i = 0; i < p.m; ++i)
    for (int64_t j = 0; j < p.n; ++j) {
      const Complex<T> d = static_cast<const Complex<T>*>(p.d)[i * p.d_row + j * p.d_col];
      static_cast<Complex<T>*>(p.c)[i * p.c_row + j * p.c_col] = {real * d.real - imag * d.imag,
                                                                  real * d.imag + imag * d.real};
    }
}

// A complex product is four products of its parts, which are matrices of twice the strides; eight where alpha is complex.
template <class T>
void complex_tiles(const GemmProblem& p, char* scratch) {
  if (p.d) scale_addend<T>(p);
  bool first[2] = {!p.d, !p.d};
  const auto add = [&](int a, int b, int c, double alpha) {
    if (alpha == 0) return;
    multiply_parts<T>(p, a, b, c, alpha, first[c], scratch);
    first[c] = false;
  };
  const double re = p.alpha.real;
  const double im = p.alpha.imag;
  add(0, 0, 0, re);
  add(0, 0, 1, im);
  add(1, 1, 0, -re);
  add(1, 1, 1, -im);
  for (int part = 0; part < 2; ++part) {
    add(part, 1 - part, 0, -im);
    add(part, 1 - part, 1, re);
  }
  for (int c = 0; c < 2; ++c)
    if (first[c]) multiply_parts<T>(p, 0, 0, c, 0, true, scratch);
}

}  // namespace

void fill_gemm() {
  GemmLoops& table = chosen_loops<GemmLoops>;
  for_each_product_dtype([&]<class T>(size_t index) { table.by_dtype[index].tiles = &tiles<T>; });
  table.by_dtype[15].tiles = &complex_tiles<float>;
  table.by_dtype[16].tiles = &complex_tiles<double>;
  fill_gemm_few_rows(table);
}

}  // namespace vt::core::VT_ISA
