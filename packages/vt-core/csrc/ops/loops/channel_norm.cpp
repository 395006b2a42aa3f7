// SPDX-License-Identifier: Apache-2.0
// Loops of batch_norm and group_norm: over runs of one channel, and over columns where runs are short.
#include "ops/loops/channel_norm.hpp"

#include "ops/loops/lanes.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class T>
struct Loops {
  using W = Wide<T>;

  // Sums over a run; a short one is not worth its lanes.
  template <size_t kNum, class Term>
  [[gnu::always_inline]] static std::array<double, kNum> total(int64_t n, Term term) noexcept {
    if (n >= kLanes) return sums_over<W, kNum>(n, term);
    std::array<double, kNum> totals{};
    for (int64_t i = 0; i < n; ++i) {
      const std::array<W, kNum> terms = term(i);
      for (size_t k = 0; k < kNum; ++k) totals[k] += static_cast<double>(terms[k]);
    }
    return totals;
  }

  // Block by block, so that the second pass over a block finds it in the cache; blocks are joined as in Chan, Golub and
  // LeVeque, Updating formulae and a pairwise algorithm for computing sample variances, 1979.
  static RunMoments moments(const void* data, int64_t n) {
    const auto* x = static_cast<const T*>(data);
    RunMoments all{0, 0};
    for (int64_t begin = 0; begin < n; begin += kLaneBlock) {
      const int64_t num = n - begin < kLaneBlock ? n - begin : kLaneBlock;
      const T* block = x + begin;
      const auto count = static_cast<double>(num);
      const auto before = static_cast<double>(begin);
      const double mean =
          total<1>(num, [=](int64_t i) { return std::array<W, 1>{static_cast<W>(widen(block[i]))}; })[0] / count;
      // Differences are taken from the rounded mean, and their squares moved to the mean itself.
      const auto centre = static_cast<W>(mean);
      const double off = mean - static_cast<double>(centre);
      const double squares = total<1>(num, [=](int64_t i) {
        const W d = widen(block[i]) - centre;
        return std::array<W, 1>{d * d};
      })[0];
      const double apart = mean - all.mean;
      all.squares += squares - off * off * count + apart * apart * (before * count / (before + count));
      all.mean += apart * (count / (before + count));
    }
    return all;
  }

  static RunSums sums(const void* grad, const void* data, int64_t n, double mean) {
    const auto* g = static_cast<const T*>(grad);
    const auto* x = static_cast<const T*>(data);
    const auto centre = static_cast<W>(mean);
    const auto totals = total<2>(n, [=](int64_t i) __attribute__((always_inline)) {
      const W own = widen(g[i]);
      return std::array<W, 2>{own, own * (widen(x[i]) - centre)};
    });
    return {totals[0], totals[1]};
  }

  static void apply(const void* data, void* result, int64_t n, const RunFactors& f) {
    const auto* x = static_cast<const T*>(data);
    auto* out = static_cast<T*>(result);
    const auto mean = static_cast<W>(f.mean);
    const auto scale = static_cast<W>(f.grad);
    const auto shift = static_cast<W>(f.shift);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>((widen(x[i]) - mean) * scale + shift);
  }

  static void gradient(const void* grad, const void* data, void* result, int64_t n, const RunFactors& f) {
    const auto* g = static_cast<const T*>(grad);
    const auto* x = static_cast<const T*>(data);
    auto* out = static_cast<T*>(result);
    const auto mean = static_cast<W>(f.mean);
    const auto of_grad = static_cast<W>(f.grad);
    const auto of_input = static_cast<W>(f.product);
    const auto shift = static_cast<W>(f.shift);
    VT_INDEPENDENT_LOOP
    for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(widen(g[i]) * of_grad + (widen(x[i]) - mean) * of_input + shift);
  }

  static void add_columns(const void* data, int64_t rows, int64_t n, const void* means, void* totals) {
    const auto* mean = static_cast<const W*>(means);
    auto* sums = static_cast<W*>(totals);
    for (int64_t row = 0; row < rows; ++row) {
      const T* x = static_cast<const T*>(data) + row * n;
      if (mean) {
        VT_INDEPENDENT_LOOP
        for (int64_t i = 0; i < n; ++i) {
          const W d = widen(x[i]) - mean[i];
          sums[i] = sums[i] + d * d;
        }
      } else {
        VT_INDEPENDENT_LOOP
        for (int64_t i = 0; i < n; ++i) sums[i] = sums[i] + static_cast<W>(widen(x[i]));
      }
    }
  }

  static void add_products(const void* grad, const void* data, int64_t rows, int64_t n, const void* means,
                           void* grad_totals, void* product_totals) {
    const auto* mean = static_cast<const W*>(means);
    auto* grads = static_cast<W*>(grad_totals);
    auto* products = static_cast<W*>(product_totals);
    for (int64_t row = 0; row < rows; ++row) {
      const T* g = static_cast<const T*>(grad) + row * n;
      const T* x = static_cast<const T*>(data) + row * n;
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) {
        const W own = widen(g[i]);
        grads[i] = grads[i] + own;
        products[i] = products[i] + own * (widen(x[i]) - mean[i]);
      }
    }
  }

  static void apply_columns(const void* data, void* result, int64_t rows, int64_t n, const ColumnFactors& f) {
    const auto* mean = static_cast<const W*>(f.mean);
    const auto* scale = static_cast<const W*>(f.grad);
    const auto* shift = static_cast<const W*>(f.shift);
    for (int64_t row = 0; row < rows; ++row) {
      const T* x = static_cast<const T*>(data) + row * n;
      T* out = static_cast<T*>(result) + row * n;
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>((widen(x[i]) - mean[i]) * scale[i] + shift[i]);
    }
  }

  static void gradient_columns(const void* grad, const void* data, void* result, int64_t rows, int64_t n,
                               const ColumnFactors& f) {
    const auto* mean = static_cast<const W*>(f.mean);
    const auto* of_grad = static_cast<const W*>(f.grad);
    const auto* of_input = static_cast<const W*>(f.product);
    const auto* shift = static_cast<const W*>(f.shift);
    for (int64_t row = 0; row < rows; ++row) {
      const T* g = static_cast<const T*>(grad) + row * n;
      const T* x = static_cast<const T*>(data) + row * n;
      T* out = static_cast<T*>(result) + row * n;
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i)
        out[i] = narrow<T>(widen(g[i]) * of_grad[i] + (widen(x[i]) - mean[i]) * of_input[i] + shift[i]);
    }
  }
};

}  // namespace

void fill_channel_norm() {
  ChannelNormLoops& loops = chosen_loops<ChannelNormLoops>;
  for_each_row_dtype([&]<class T, size_t Index>() {
    using L = Loops<T>;
    loops.by_dtype[Index] = {&L::moments,     &L::sums,         &L::apply,         &L::gradient,
                             &L::add_columns, &L::add_products, &L::apply_columns, &L::gradient_columns};
  });
}

}  // namespace vt::core::VT_ISA
