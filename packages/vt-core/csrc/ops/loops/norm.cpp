// SPDX-License-Identifier: Apache-2.0
// Loops of layer_norm and rms_norm: a row is read again from the cache as long as it is worked on.
#include "ops/loops/lanes.hpp"
#include "ops/loops/norm.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class T>
T* at_row(const void* data, int64_t row, int64_t size) noexcept {
  return static_cast<T*>(const_cast<void*>(data)) + row * size;
}

template <class T, bool Centred>
void forward(const NormRows& p, int64_t begin, int64_t end) {
  using W = Wide<T>;
  const auto* weight = static_cast<const W*>(p.weight);
  const auto* bias = static_cast<const W*>(p.bias);
  const int64_t n = p.size;
  const auto count = static_cast<double>(n);
  for (int64_t row = begin; row < end; ++row) {
    const T* x = at_row<const T>(p.input, row, n);
    T* out = at_row<T>(p.out, row, n);
    W mean = 0;
    if constexpr (Centred) {
      mean = static_cast<W>(sum_over<W>(n, [=](int64_t i) { return widen(x[i]); }) / count);
      static_cast<W*>(p.mean)[row] = mean;
    }
    const double squares = sum_over<W>(n, [=](int64_t i) {
      const W d = Centred ? widen(x[i]) - mean : widen(x[i]);
      return d * d;
    });
    const auto rstd = static_cast<W>(1 / __builtin_sqrt(squares / count + p.eps));
    static_cast<W*>(p.rstd)[row] = rstd;
    const auto normal = [=](int64_t i) { return (Centred ? widen(x[i]) - mean : widen(x[i])) * rstd; };
    if (weight && bias) {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(normal(i) * weight[i] + bias[i]);
    } else if (weight) {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(normal(i) * weight[i]);
    } else if (bias) {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(normal(i) + bias[i]);
    } else {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(normal(i));
    }
  }
}

template <class T, bool Centred, bool Weighted>
void backward_rows(const NormRows& p, int64_t begin, int64_t end) {
  using W = Wide<T>;
  const auto* weight = static_cast<const W*>(p.weight);
  auto* weight_sums = static_cast<W*>(p.weight_sums);
  auto* bias_sums = static_cast<W*>(p.bias_sums);
  const int64_t n = p.size;
  const auto count = static_cast<double>(n);
  for (int64_t row = begin; row < end; ++row) {
    const T* g = at_row<const T>(p.grad, row, n);
    const T* x = at_row<const T>(p.input, row, n);
    const W mean = Centred ? static_cast<const W*>(p.mean)[row] : W{0};
    const W rstd = static_cast<const W*>(p.rstd)[row];
    const auto normal = [=](int64_t i) { return (Centred ? widen(x[i]) - mean : widen(x[i])) * rstd; };
    const auto weighted = [=](int64_t i) { return Weighted ? widen(g[i]) * weight[i] : widen(g[i]); };
    if (p.out) {
      T* out = at_row<T>(p.out, row, n);
      const auto sums = sums_over<W, 2>(n, [=](int64_t i) __attribute__((always_inline)) {
        const W wg = weighted(i);
        return std::array<W, 2>{wg * normal(i), Centred ? wg : W{0}};
      });
      const auto along = static_cast<W>(sums[0] / count);
      const auto level = static_cast<W>(sums[1] / count);
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(rstd * (weighted(i) - level - normal(i) * along));
    }
    if (weight_sums) {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) weight_sums[i] = weight_sums[i] + widen(g[i]) * normal(i);
    }
    if (bias_sums) {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) bias_sums[i] = bias_sums[i] + widen(g[i]);
    }
  }
}

template <class T, bool Centred>
void backward(const NormRows& p, int64_t begin, int64_t end) {
  if (p.weight) {
    backward_rows<T, Centred, true>(p, begin, end);
  } else {
    backward_rows<T, Centred, false>(p, begin, end);
  }
}

template <class T>
void add_sums(const void* sums, int64_t num, int64_t size, void* out, int64_t begin, int64_t end) {
  using W = Wide<T>;
  constexpr int64_t kColumns = 256;
  const auto* first = static_cast<const W*>(sums);
  for (int64_t column = begin; column < end; column += kColumns) {
    const int64_t n = end - column < kColumns ? end - column : kColumns;
    double totals[kColumns] = {};
    for (int64_t k = 0; k < num; ++k) {
      const W* part = first + k * size + column;
      for (int64_t i = 0; i < n; ++i) totals[i] += static_cast<double>(part[i]);
    }
    for (int64_t i = 0; i < n; ++i) static_cast<T*>(out)[column + i] = narrow<T>(static_cast<W>(totals[i]));
  }
}

}  // namespace

void fill_norm() {
  NormLoops& table = chosen_loops<NormLoops>;
  for_each_row_dtype([&]<class T, size_t Index>() {
    table.forward[0][Index] = &forward<T, false>;
    table.forward[1][Index] = &forward<T, true>;
    table.backward[0][Index] = &backward<T, false>;
    table.backward[1][Index] = &backward<T, true>;
    table.add_sums[Index] = &add_sums<T>;
  });
}

}  // namespace vt::core::VT_ISA
