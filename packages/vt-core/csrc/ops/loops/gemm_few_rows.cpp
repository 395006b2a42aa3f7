// SPDX-License-Identifier: Apache-2.0
// Products of a few rows by a matrix, which take as long as reading the matrix: each element is read once, in its own dtype.
#include "ops/loops/gemm.hpp"
#include "ops/loops/gemm_lanes.hpp"

namespace vt::core::VT_ISA {

namespace {

// Columns whose sums stay in the first cache while rows of b pass by.
template <int Rows>
constexpr int64_t kPassColumns = Rows == 1 ? 4096 : 1024;
constexpr int kPassDepth = 4;

// Registers for sums, less those for operands.
constexpr int kSums = kVectorBytes == 64 ? 24 : 12;

template <class T>
struct FewRows {
  using W = SumType<T>;

  static W factor(const GemmFactor& f) noexcept {
    if constexpr (std::is_floating_point_v<W>) {
      return static_cast<W>(f.real);
    } else {
      return static_cast<W>(f.integer);
    }
  }
  static void store(const GemmProblem& p, int64_t i, int64_t j, W sum) noexcept {
    W value = factor(p.alpha) * sum;
    if (p.d)
      value = value + factor(p.beta) * static_cast<W>(widen(static_cast<const T*>(p.d)[i * p.d_row + j * p.d_col]));
    static_cast<T*>(p.c)[i * p.c_row + j * p.c_col] = narrow<T>(value);
  }
  static W a_at(const GemmProblem& p, int64_t i, int64_t k) noexcept {
    return static_cast<W>(widen(static_cast<const T*>(p.a)[i * p.a_row + k * p.a_col]));
  }

  // sums[i][j] += a[i, k + q] * b[k + q, j], for q in order.
  template <int Rows, int Depth>
  static void add_rows(const GemmProblem& p, int64_t k, const T* b, int64_t columns, W* sums) noexcept {
    constexpr int kLanes = kNumLanes<W>;
    Lanes<W> factors[Rows][Depth];
    unrolled<Rows>([&](auto i) __attribute__((always_inline)) {
      unrolled<Depth>([&](auto q) __attribute__((always_inline)) { factors[i][q] = splat(a_at(p, i, k + q)); });
    });
    for (int64_t j = 0; j < columns; j += kLanes) {
      Lanes<W> lanes[Depth];
      const int64_t n = columns - j;
      unrolled<Depth>([&](auto q) __attribute__((always_inline)) {
        lanes[q] = n >= kLanes ? load_lanes(b + q * p.b_row + j) : load_lanes(b + q * p.b_row + j, n);
      });
      unrolled<Rows>([&](auto i) __attribute__((always_inline)) {
        W* at = sums + i * kPassColumns<Rows> + j;
        Lanes<W> sum = load_lanes(at);
        unrolled<Depth>([&](auto q) __attribute__((always_inline)) { sum = fused<W>(factors[i][q], lanes[q], sum); });
        store_lanes(at, sum);
      });
    }
  }

  template <int Rows>
  static void rows(const GemmProblem& p, W* sums) noexcept {
    for (int64_t j = 0; j < p.n; j += kPassColumns<Rows>) {
      const int64_t columns = p.n - j < kPassColumns<Rows> ? p.n - j : kPassColumns<Rows>;
      for (int64_t s = 0; s < Rows * kPassColumns<Rows>; ++s) sums[s] = W{};
      const T* b = static_cast<const T*>(p.b) + j;
      int64_t k = 0;
      for (; k + kPassDepth <= p.k; k += kPassDepth) add_rows<Rows, kPassDepth>(p, k, b + k * p.b_row, columns, sums);
      for (; k < p.k; ++k) add_rows<Rows, 1>(p, k, b + k * p.b_row, columns, sums);
      for (int64_t i = 0; i < Rows; ++i)
        for (int64_t s = 0; s < columns; ++s) store(p, i, j + s, sums[i * kPassColumns<Rows> + s]);
    }
  }

  // c[i, j] for i < Rows and Columns of j, each the sum over k of kLanes interleaved sums. `a` has rows of p.k.
  template <int Rows, int Columns>
  static void dot_tile(const GemmProblem& p, const W* a, int64_t j) noexcept {
    constexpr int kLanes = kNumLanes<W>;
    const T* b = static_cast<const T*>(p.b) + j * p.b_col;
    Lanes<W> sums[Rows][Columns];
    unrolled<Rows>([&](auto i) __attribute__((always_inline)) {
      unrolled<Columns>([&](auto s) __attribute__((always_inline)) { sums[i][s] = Lanes<W>{}; });
    });
    const auto step = [&](int64_t k, auto load_a, auto load_b) __attribute__((always_inline)) {
      Lanes<W> lanes[Columns];
      unrolled<Columns>([&](auto s) __attribute__((always_inline)) { lanes[s] = load_b(b + s * p.b_col + k); });
      unrolled<Rows>([&](auto i) __attribute__((always_inline)) {
        const Lanes<W> value = load_a(a + i * p.k + k);
        unrolled<Columns>([&](auto s)
                              __attribute__((always_inline)) { sums[i][s] = fused<W>(value, lanes[s], sums[i][s]); });
      });
    };
    int64_t k = 0;
    for (; k + kLanes <= p.k; k += kLanes)
      step(
          k, [](const W* at) __attribute__((always_inline)) { return load_lanes(at); },
          [](const T* at) __attribute__((always_inline)) { return load_lanes(at); });
    if (const int64_t rest = p.k - k)
      step(
          k, [rest](const W* at) __attribute__((always_inline)) { return load_lanes(at, rest); },
          [rest](const T* at) __attribute__((always_inline)) { return load_lanes(at, rest); });
    for (int64_t i = 0; i < Rows; ++i)
      for (int64_t s = 0; s < Columns; ++s) store(p, i, j + s, sum_of_lanes<W>(sums[i][s]));
  }

  template <int Rows>
  static void dots(const GemmProblem& p, W* dense) noexcept {
    constexpr int kColumns = kSums / Rows > 4 ? 4 : kSums / Rows;
    const W* a = dense;
    if (std::is_same_v<T, W> && p.a_col == 1 && (Rows == 1 || p.a_row == p.k)) {
      a = static_cast<const W*>(p.a);
    } else {
      for (int64_t i = 0; i < Rows; ++i)
        for (int64_t k = 0; k < p.k; ++k) dense[i * p.k + k] = a_at(p, i, k);
    }
    int64_t j = 0;
    for (; j + kColumns <= p.n; j += kColumns) dot_tile<Rows, kColumns>(p, a, j);
    for (; j < p.n; ++j) dot_tile<Rows, 1>(p, a, j);
  }
};

static_assert(kGemmFewRows == 6);
static_assert(kGemmMostDotElements * sizeof(double) <= kGemmScratchBytes);

template <class T>
void rows(const GemmProblem& p, char* scratch) {
  unrolled<kGemmFewRows>([&](auto i) {
    if (p.m == i + 1) FewRows<T>::template rows<i + 1>(p, reinterpret_cast<SumType<T>*>(scratch));
  });
}

template <class T>
void dots(const GemmProblem& p, char* scratch) {
  unrolled<kGemmFewRows>([&](auto i) {
    if (p.m == i + 1) FewRows<T>::template dots<i + 1>(p, reinterpret_cast<SumType<T>*>(scratch));
  });
}

}  // namespace

void fill_gemm_few_rows(GemmLoops& loops) {
  for_each_product_dtype([&]<class T>(size_t index) {
    loops.by_dtype[index].rows = &rows<T>;
    loops.by_dtype[index].dots = &dots<T>;
  });
}

}  // namespace vt::core::VT_ISA
