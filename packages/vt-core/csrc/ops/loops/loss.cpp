// SPDX-License-Identifier: Apache-2.0
// Loops of losses: of cross_entropy, for which a row of logits is read while it is in the cache, and of differences.
#include <vt/cpp/math.hpp>

#include "ops/loops/lanes.hpp"
#include "ops/loops/loss.hpp"
#include "ops/loops/pointwise_loops.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class W>
W weight_of(const CrossEntropyRows& p, int64_t target) noexcept {
  return p.weight ? static_cast<const W*>(p.weight)[target] : W{1};
}

template <class T>
void cross_entropy(const CrossEntropyRows& p, int64_t begin, int64_t end) {
  using W = Wide<T>;
  const int64_t n = p.num_classes;
  const auto* weight = static_cast<const W*>(p.weight);
  for (int64_t row = begin; row < end; ++row) {
    const T* x = static_cast<const T*>(p.input) + row * n;
    const W greatest = max_over<W>(n, [=](int64_t i) { return widen(x[i]); });
    const double sum = sum_over<W>(n, [=](int64_t i) { return math::exp(widen(x[i]) - greatest); });
    const W lse = greatest + math::log(static_cast<W>(sum));
    static_cast<W*>(p.lse)[row] = lse;
    W loss = 0;
    if (const int64_t target = p.target[row]; target != p.ignore_index) {
      loss = static_cast<W>(1 - p.smoothing) * weight_of<W>(p, target) * (lse - widen(x[target]));
      if (p.smoothing > 0) {
        const double logits = weight ? sum_over<W>(n, [=](int64_t i) { return widen(x[i]) * weight[i]; })
                                     : sum_over<W>(n, [=](int64_t i) { return widen(x[i]); });
        loss +=
            static_cast<W>(p.smoothing / static_cast<double>(n) * (p.weight_total * static_cast<double>(lse) - logits));
      }
    }
    static_cast<W*>(p.losses)[row] = loss;
  }
}

template <class T>
void cross_entropy_backward(const CrossEntropyRows& p, int64_t begin, int64_t end) {
  using W = Wide<T>;
  const int64_t n = p.num_classes;
  const auto* weight = static_cast<const W*>(p.weight);
  for (int64_t row = begin; row < end; ++row) {
    const T* x = static_cast<const T*>(p.input) + row * n;
    T* out = static_cast<T*>(p.out) + row * n;
    const int64_t target = p.target[row];
    if (target == p.ignore_index) {
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(W{0});
      continue;
    }
    const double grad = static_cast<double>(static_cast<const W*>(p.grad)[row * p.grad_step]) * p.grad_scale;
    const double hit = grad * (1 - p.smoothing) * static_cast<double>(weight_of<W>(p, target));
    const double spread = grad * p.smoothing / static_cast<double>(n);
    const auto factor = static_cast<W>(hit + spread * p.weight_total);
    const auto level = static_cast<W>(spread);
    const W lse = static_cast<const W*>(p.lse)[row];
    if (p.smoothing > 0 && weight) {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(factor * math::exp(widen(x[i]) - lse) - level * weight[i]);
    } else {
      VT_INDEPENDENT_LOOP
      for (int64_t i = 0; i < n; ++i) out[i] = narrow<T>(factor * math::exp(widen(x[i]) - lse) - level);
    }
    const W own = p.smoothing > 0 ? level * weight_of<W>(p, target) : W{0};
    out[target] = narrow<T>(factor * math::exp(widen(x[target]) - lse) - own - static_cast<W>(hit));
  }
}

}  // namespace

void fill_loss() {
  LossLoops& table = chosen_loops<LossLoops>;
  for_each_row_dtype([&]<class T, size_t Index>() {
    table.cross_entropy[Index] = &cross_entropy<T>;
    table.cross_entropy_backward[Index] = &cross_entropy_backward<T>;
    if constexpr (!kIsSmallFloat<T>) table.bounded_square[Index] = &pointwise_loop<BoundedSquare, T>;
  });
}

}  // namespace vt::core::VT_ISA
