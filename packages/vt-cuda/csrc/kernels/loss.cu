// SPDX-License-Identifier: Apache-2.0
// cross_entropy over rows of logits (Note [Rows] in row.hpp), and the sum or mean of its losses.
#include "loss.hpp"

#include "index.cuh"
#include "row.cuh"

namespace vt::cuda {
namespace {

// A sum of exponentials of elements of T relative to the greatest so far.
template <class T>
struct ExpSum {
  using W = Wide<T>;
  W greatest = -static_cast<W>(INFINITY);
  W sum = 0;

  template <int kNum>
  VT_DEVICE void add(const Array<W, kNum>& pack, int num) {
    W top = greatest;
#pragma unroll
    for (int k = 0; k < kNum; ++k)
      if (k < num) top = Greater{}(top, pack[k]);
    if (top > greatest) {
      sum *= exp(greatest - top);
      greatest = top;
    }
    const W base = top == -static_cast<W>(INFINITY) ? W{0} : top;
#pragma unroll
    for (int k = 0; k < kNum; ++k)
      if (k < num) sum += exponential<T>(pack[k] - base);
  }
  // The logarithm of the sum over a group; NaN when the greatest element is infinite, as it is on the CPU.
  template <class Group>
  VT_DEVICE W log_over() const {
    const W top = Group::reduce(greatest, Greater{});
    const W scaled = greatest == top ? sum : sum * exp(greatest - top);
    return top + log(Group::reduce(scaled, Add{}) + (top - top));
  }
};

template <class W>
VT_DEVICE W weight_of(const void* weight, int64_t target) {
  return weight ? static_cast<const W*>(weight)[target] : W{1};
}

// The loss of a row by the group of threads that has it.
template <class T, int kThreads>
VT_DEVICE void cross_entropy_row(const CrossEntropyKernel& p, int64_t row) {
  using W = Wide<T>;
  using Group = RowGroup<kThreads>;
  constexpr int kNum = kPack<T>;
  // Threads without a row take part in reductions of nothing.
  const int64_t size = row < p.num_rows ? p.size : 0;
  const T* data = static_cast<const T*>(p.input) + row * p.size;
  const RowPacks<T, kThreads, false> x(data, size, p.vectors);
  ExpSum<T> powers;
  W logits = 0;  // weighted, for smoothing
  W weights = 0;
  x.each([&](const auto& pack, int, int64_t at, int num) {
    powers.add(pack, num);
    if (p.smoothing > 0) {
      Array<W, kNum> weight;
      if (p.weight) weight = load_pack<W, kNum>(static_cast<const W*>(p.weight), at, size, p.vectors);
#pragma unroll
      for (int k = 0; k < kNum; ++k) {
        const W w = k < num ? (p.weight ? weight[k] : W{1}) : W{0};
        logits += w * pack[k];
        weights += w;
      }
    }
  });
  const W lse = powers.template log_over<Group>();
  if (p.smoothing > 0) {
    logits = Group::reduce(logits, Add{});
    weights = Group::reduce(weights, Add{});
  }
  if (row >= p.num_rows || Group::lane() != 0) return;
  static_cast<W*>(p.lse)[row] = lse;
  const int64_t target = p.target[row];
  W loss = 0;
  if (target != p.ignore_index) {
    if (target < 0 || target >= p.size) {
      loss = static_cast<W>(NAN);
      report(p.record, IndexOp::kCrossEntropy, target, p.ignore_index, p.size, IndexFault::kNoClass);
    } else {
      loss = static_cast<W>(1 - p.smoothing) * weight_of<W>(p.weight, target) * (lse - to_wide(data[target]));
      if (p.smoothing > 0) loss += static_cast<W>(p.smoothing / static_cast<double>(p.size)) * (weights * lse - logits);
    }
  }
  static_cast<W*>(p.losses)[row] = loss;
}

template <class T, int kThreads>
__global__ void __launch_bounds__(kBlockThreads) cross_entropy(const __grid_constant__ CrossEntropyKernel p) {
  wait_for_previous_kernel();
  cross_entropy_row<T, kThreads>(p, RowGroup<kThreads>::row());
}

// The gradient of a row by the group of threads that has it.
template <class T, int kThreads>
VT_DEVICE void cross_entropy_gradient_row(const CrossEntropyKernel& p, int64_t row) {
  using W = Wide<T>;
  using Group = RowGroup<kThreads>;
  constexpr int kNum = kPack<T>;
  const int64_t size = row < p.num_rows ? p.size : 0;
  const RowPacks<T, kThreads, false> x(static_cast<const T*>(p.input) + row * p.size, size, p.vectors);
  const int64_t target = size ? p.target[row] : p.ignore_index;
  const bool counts = target != p.ignore_index;
  const bool is_class = target >= 0 && target < p.size;
  W weights = static_cast<W>(p.size);
  if (p.smoothing > 0 && p.weight) {
    weights = 0;
    x.each([&](const auto&, int, int64_t at, int) {
      const auto weight = load_pack<W, kNum>(static_cast<const W*>(p.weight), at, size, p.vectors);
#pragma unroll
      for (int k = 0; k < kNum; ++k) weights += weight[k];
    });
    weights = Group::reduce(weights, Add{});
  }
  W grad = counts ? (p.grad ? static_cast<const W*>(p.grad)[row * p.grad_step] : W{1}) : W{0};
  if (counts && p.total_weight) grad /= *static_cast<const W*>(p.total_weight);
  if (counts && !is_class) grad = static_cast<W>(NAN);
  const W hit = counts && is_class ? grad * static_cast<W>(1 - p.smoothing) * weight_of<W>(p.weight, target) : grad;
  const W level = grad * static_cast<W>(p.smoothing / static_cast<double>(p.size));
  const W factor = hit + level * weights;
  const W lse = size ? static_cast<const W*>(p.lse)[row] : W{0};
  T* out = static_cast<T*>(p.out) + row * p.size;
  x.each([&](auto pack, int, int64_t at, int) {
#pragma unroll
    for (int k = 0; k < kNum; ++k) pack[k] = counts ? factor * exponential<T>(pack[k] - lse) : W{0};
    if (counts && p.smoothing > 0) {
      Array<W, kNum> weight;
      if (p.weight) weight = load_pack<W, kNum>(static_cast<const W*>(p.weight), at, size, p.vectors);
#pragma unroll
      for (int k = 0; k < kNum; ++k) pack[k] -= level * (p.weight ? weight[k] : W{1});
    }
    if (counts && target >= at && target < at + kNum) {
#pragma unroll
      for (int k = 0; k < kNum; ++k)
        if (at + k == target) pack[k] -= hit;
    }
    store_pack<T, kNum>(out, at, size, p.vectors, pack);
  });
}

template <class T, int kThreads>
__global__ void __launch_bounds__(kBlockThreads) cross_entropy_backward(const __grid_constant__ CrossEntropyKernel p) {
  wait_for_previous_kernel();
  cross_entropy_gradient_row<T, kThreads>(p, RowGroup<kThreads>::row());
}

// The sums of losses and weights over all rows by one block.
template <class W>
VT_DEVICE void sum_losses(const CrossEntropyTotal& p) {
  using Group = RowGroup<kBlockThreads>;
  double total = 0;
  double loss = 0;
  // Without branches, so that loads of several rows are under way at once; losses of rows that do not count are 0.
#pragma unroll 8
  for (int64_t row = threadIdx.x; row < p.num_rows; row += kBlockThreads) {
    const int64_t target = p.target[row];
    const bool is_class = target >= 0 && target < p.num_classes;
    const W weight = is_class ? weight_of<W>(p.weight, target) : W{1};
    total += target == p.ignore_index ? W{0} : weight;
    loss += static_cast<const W*>(p.losses)[row];
  }
  total = Group::reduce(total, Add{});
  loss = Group::reduce(loss, Add{});
  if (threadIdx.x != 0) return;
  *static_cast<W*>(p.total_weight) = static_cast<W>(total);
  if (p.loss) *static_cast<W*>(p.loss) = static_cast<W>(p.mean ? loss / total : loss);
}

template <class W>
__global__ void __launch_bounds__(kBlockThreads) cross_entropy_total(const __grid_constant__ CrossEntropyTotal p) {
  wait_for_previous_kernel();
  sum_losses<W>(p);
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) cross_entropy_small(const __grid_constant__ CrossEntropySmall p) {
  wait_for_previous_kernel();
  constexpr int kThreads = 32;
  constexpr int64_t kWarps = kBlockThreads / kThreads;
  const int64_t warp = threadIdx.x / kThreads;
  for (int64_t row = warp; row < p.rows.num_rows; row += kWarps) cross_entropy_row<T, kThreads>(p.rows, row);
  __syncthreads();
  sum_losses<Wide<T>>(p.total);
  if (!p.rows.out) return;
  __syncthreads();
  for (int64_t row = warp; row < p.rows.num_rows; row += kWarps) cross_entropy_gradient_row<T, kThreads>(p.rows, row);
}

template <class T, int kThreads>
const void* rows_of(bool backward) noexcept {
  return backward ? reinterpret_cast<const void*>(&cross_entropy_backward<T, kThreads>)
                  : reinterpret_cast<const void*>(&cross_entropy<T, kThreads>);
}

}  // namespace

// Each element is read once either way, so that nothing is held: a long row takes the same kernel.
const void* cross_entropy_kernel(DtypeIndex dtype, RowForm form, bool backward) noexcept {
  return row_kernel(dtype, [=]<class T>() {
    return form == RowForm::kWarp ? rows_of<T, 32>(backward) : rows_of<T, kBlockThreads>(backward);
  });
}
const void* cross_entropy_small_kernel(DtypeIndex dtype) noexcept {
  return row_kernel(dtype, [=]<class T>() { return reinterpret_cast<const void*>(&cross_entropy_small<T>); });
}
const void* cross_entropy_total_kernel(DtypeIndex compute) noexcept {
  return compute == DtypeIndex::kFloat64 ? reinterpret_cast<const void*>(&cross_entropy_total<double>)
                                         : reinterpret_cast<const void*>(&cross_entropy_total<float>);
}

}  // namespace vt::cuda
