// SPDX-License-Identifier: Apache-2.0
// Loops of softmax and log_softmax: along contiguous rows, and down columns that lie side by side.
#include <vt/cpp/math.hpp>

#include "ops/loops/lanes.hpp"
#include "ops/loops/softmax.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class T, bool Log>
void forward(const SoftmaxRows& p, int64_t begin, int64_t end) {
  using W = Wide<T>;
  const int64_t n = p.size;
  for (int64_t row = begin; row < end; ++row) {
    const T* x = static_cast<const T*>(p.input) + row * n;
    T* out = static_cast<T*>(p.out) + row * n;
    const W greatest = max_over<W>(n, [=](int64_t i) { return widen(x[i]); });
    if constexpr (Log) {
      const double sum = sum_over<W>(n, [=](int64_t i) { return math::exp(widen(x[i]) - greatest); });
      const W log_sum = math::log(static_cast<W>(sum));
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(widen(x[i]) - greatest - log_sum);
    } else if constexpr (std::is_same_v<T, W>) {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = math::exp(x[i] - greatest);
      const W scale = static_cast<W>(1 / sum_over<W>(n, [=](int64_t i) { return out[i]; }));
      for (int64_t i = 0; i < n; ++i) out[i] = out[i] * scale;
    } else if (n <= kLaneBlock) {
      // Each exponential is taken once.
      W powers[kLaneBlock];
      for (int64_t i = 0; i < n; ++i) powers[i] = math::exp(widen(x[i]) - greatest);
      const W scale = static_cast<W>(1 / sum_over<W>(n, [&](int64_t i) { return powers[i]; }));
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(powers[i] * scale);
    } else {
      const double sum = sum_over<W>(n, [=](int64_t i) { return math::exp(widen(x[i]) - greatest); });
      const W scale = static_cast<W>(1 / sum);
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(math::exp(widen(x[i]) - greatest) * scale);
    }
  }
}

template <class T, bool Log>
void backward(const SoftmaxRows& p, int64_t begin, int64_t end) {
  using W = Wide<T>;
  const int64_t n = p.size;
  for (int64_t row = begin; row < end; ++row) {
    const T* y = static_cast<const T*>(p.input) + row * n;
    const T* g = static_cast<const T*>(p.grad) + row * n;
    T* out = static_cast<T*>(p.out) + row * n;
    if constexpr (Log) {
      const W sum = static_cast<W>(sum_over<W>(n, [=](int64_t i) { return widen(g[i]); }));
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(widen(g[i]) - math::exp(widen(y[i])) * sum);
    } else {
      const W sum = static_cast<W>(sum_over<W>(n, [=](int64_t i) { return widen(g[i]) * widen(y[i]); }));
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(widen(y[i]) * (widen(g[i]) - sum));
    }
  }
}

// Calls body(offset of the first element, number of columns) for jobs [begin, end).
template <class Body>
[[gnu::always_inline]] inline void each_column_block(const SoftmaxRows& p, int64_t begin, int64_t end, Body body) {
  const int64_t per_outer = (p.inner + kSoftmaxColumns - 1) / kSoftmaxColumns;
  for (int64_t job = begin; job < end; ++job) {
    const int64_t column = job % per_outer * kSoftmaxColumns;
    const int64_t num = p.inner - column < kSoftmaxColumns ? p.inner - column : kSoftmaxColumns;
    body(job / per_outer * p.size * p.inner + column, num);
  }
}

template <class T, bool Log>
void forward_columns(const SoftmaxRows& p, int64_t begin, int64_t end) {
  using W = Wide<T>;
  each_column_block(p, begin, end, [&](int64_t offset, int64_t num) __attribute__((always_inline)) {
    const T* x = static_cast<const T*>(p.input) + offset;
    T* out = static_cast<T*>(p.out) + offset;
    W greatest[kSoftmaxColumns];
    for (W& g : greatest) g = -static_cast<W>(__builtin_inf());
    for (int64_t i = 0; i < p.size; ++i)
      for (int64_t c = 0; c < num; ++c) {
        const W v = widen(x[i * p.inner + c]);
        greatest[c] = v > greatest[c] ? v : greatest[c];
      }
    W sums[kSoftmaxColumns] = {};
    for (int64_t i = 0; i < p.size; ++i)
      for (int64_t c = 0; c < num; ++c) sums[c] = sums[c] + math::exp(widen(x[i * p.inner + c]) - greatest[c]);
    for (int64_t c = 0; c < num; ++c) sums[c] = Log ? math::log(sums[c]) : 1 / sums[c];
    for (int64_t i = 0; i < p.size; ++i) {
      VT_INDEPENDENT_LOOP
      for (int64_t c = 0; c < num; ++c) {
        const W v = widen(x[i * p.inner + c]) - greatest[c];
        out[i * p.inner + c] = narrow<T>(Log ? v - sums[c] : math::exp(v) * sums[c]);
      }
    }
  });
}

template <class T, bool Log>
void backward_columns(const SoftmaxRows& p, int64_t begin, int64_t end) {
  using W = Wide<T>;
  each_column_block(p, begin, end, [&](int64_t offset, int64_t num) __attribute__((always_inline)) {
    const T* y = static_cast<const T*>(p.input) + offset;
    const T* g = static_cast<const T*>(p.grad) + offset;
    T* out = static_cast<T*>(p.out) + offset;
    W sums[kSoftmaxColumns] = {};
    for (int64_t i = 0; i < p.size; ++i)
      for (int64_t c = 0; c < num; ++c) {
        const W grad = widen(g[i * p.inner + c]);
        sums[c] = sums[c] + (Log ? grad : grad * widen(y[i * p.inner + c]));
      }
    for (int64_t i = 0; i < p.size; ++i) {
      VT_INDEPENDENT_LOOP
      for (int64_t c = 0; c < num; ++c) {
        const W grad = widen(g[i * p.inner + c]);
        const W v = widen(y[i * p.inner + c]);
        out[i * p.inner + c] = narrow<T>(Log ? grad - math::exp(v) * sums[c] : v * (grad - sums[c]));
      }
    }
  });
}

template <bool Log>
void fill_kind(SoftmaxLoops& loops) {
  for_each_row_dtype([&]<class T, size_t Index>() {
    loops.forward[Log][Index] = &forward<T, Log>;
    loops.backward[Log][Index] = &backward<T, Log>;
    loops.forward_columns[Log][Index] = &forward_columns<T, Log>;
    loops.backward_columns[Log][Index] = &backward_columns<T, Log>;
  });
}

}  // namespace

void fill_softmax() {
  SoftmaxLoops& table = chosen_loops<SoftmaxLoops>;
  fill_kind<false>(table);
  fill_kind<true>(table);
}

}  // namespace vt::core::VT_ISA
