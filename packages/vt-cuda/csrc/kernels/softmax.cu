// SPDX-License-Identifier: Apache-2.0
// softmax and log_softmax: along contiguous rows (Note [Rows] in row.hpp), and down columns that lie side by side.
#include "softmax.hpp"

#include "row.cuh"

namespace vt::cuda {
namespace {

template <class W>
VT_DEVICE W lowest() {
  return -static_cast<W>(INFINITY);
}

template <class T, int kThreads, bool kHeld>
__global__ void __launch_bounds__(kBlockThreads) softmax_rows(const __grid_constant__ SoftmaxKernel p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  using Group = RowGroup<kThreads>;
  constexpr int kNum = kPack<T>;
  const int64_t row = Group::row();
  // Threads without a row take part in reductions of nothing.
  const int64_t size = row < p.outer ? p.size : 0;
  const RowPacks<T, kThreads, kHeld> x(static_cast<const T*>(p.input) + row * p.size, size, p.vectors);
  W greatest = lowest<W>();
  x.each([&](const auto& pack, int, int64_t, int num) {
#pragma unroll
    for (int k = 0; k < kNum; ++k)
      if (k < num) greatest = Greater{}(greatest, pack[k]);
  });
  greatest = Group::reduce(greatest, Greater{});
  W sum = 0;
  x.each([&](const auto& pack, int, int64_t, int num) {
#pragma unroll
    for (int k = 0; k < kNum; ++k)
      if (k < num) sum += exponential<T>(pack[k] - greatest);
  });
  sum = Group::reduce(sum, Add{});
  const W factor = p.log ? log(sum) : 1 / sum;
  T* out = static_cast<T*>(p.out) + row * p.size;
  x.each([&](auto pack, int, int64_t at, int) {
    if (p.log) {
#pragma unroll
      for (int k = 0; k < kNum; ++k) pack[k] = pack[k] - greatest - factor;
    } else {
#pragma unroll
      for (int k = 0; k < kNum; ++k) pack[k] = exponential<T>(pack[k] - greatest) * factor;
    }
    store_pack<T, kNum>(out, at, size, p.vectors, pack);
  });
}

template <class T, int kThreads, bool kHeld>
__global__ void __launch_bounds__(kBlockThreads) softmax_rows_backward(const __grid_constant__ SoftmaxKernel p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  using Group = RowGroup<kThreads>;
  constexpr int kNum = kPack<T>;
  const int64_t row = Group::row();
  const int64_t size = row < p.outer ? p.size : 0;
  const RowPacks<T, kThreads, kHeld> y(static_cast<const T*>(p.input) + row * p.size, size, p.vectors);
  const RowPacks<T, kThreads, kHeld> g(static_cast<const T*>(p.grad) + row * p.size, size, p.vectors);
  W sum = 0;
  y.each([&](const auto& output, int v, int64_t, int) {
    const auto grad = g.get(v);
#pragma unroll
    for (int k = 0; k < kNum; ++k) sum += p.log ? grad[k] : grad[k] * output[k];
  });
  sum = Group::reduce(sum, Add{});
  T* out = static_cast<T*>(p.out) + row * p.size;
  y.each([&](const auto& output, int v, int64_t at, int) {
    auto grad = g.get(v);
#pragma unroll
    for (int k = 0; k < kNum; ++k)
      grad[k] = p.log ? grad[k] - exponential<T>(output[k]) * sum : output[k] * (grad[k] - sum);
    store_pack<T, kNum>(out, at, size, p.vectors, grad);
  });
}

// The values of the threads of a column combined in order; every thread of the block makes each call.
template <class W, class Combine>
VT_DEVICE W reduce_column(W value, Combine combine) {
  __shared__ W parts[kBlockThreads];
  __syncthreads();  // the last call's values have been read
  parts[threadIdx.x] = value;
  __syncthreads();
  const int lane = static_cast<int>(threadIdx.x) % kSoftmaxLanes;
  value = parts[lane];
  for (int t = lane + kSoftmaxLanes; t < kBlockThreads; t += kSoftmaxLanes) value = combine(value, parts[t]);
  return value;
}

// The elements of a column that fall to this thread.
struct Column {
  VT_DEVICE explicit Column(const SoftmaxKernel& p) {
    const int64_t per_outer = (p.inner + kSoftmaxLanes - 1) / kSoftmaxLanes;
    const int64_t block = blockIdx.x;
    const int64_t column = block % per_outer * kSoftmaxLanes + threadIdx.x % kSoftmaxLanes;
    constexpr int kRows = kBlockThreads / kSoftmaxLanes;
    const int64_t first = threadIdx.x / kSoftmaxLanes;
    begin = block / per_outer * p.size * p.inner + column + first * p.inner;
    step = kRows * p.inner;
    num = column < p.inner && first < p.size ? (p.size - first + kRows - 1) / kRows : 0;
  }
  template <class Body>
  VT_DEVICE void each(Body body) const {
    for (int64_t i = 0; i < num; ++i) body(begin + i * step);
  }
  int64_t begin;
  int64_t step;
  int64_t num;
};

template <class T>
__global__ void __launch_bounds__(kBlockThreads) softmax_columns(const __grid_constant__ SoftmaxKernel p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  const auto* x = static_cast<const T*>(p.input);
  auto* out = static_cast<T*>(p.out);
  const Column column(p);
  W greatest = lowest<W>();
  column.each([&](int64_t at) { greatest = Greater{}(greatest, to_wide(x[at])); });
  greatest = reduce_column(greatest, Greater{});
  W sum = 0;
  column.each([&](int64_t at) { sum += exp(to_wide(x[at]) - greatest); });
  sum = reduce_column(sum, Add{});
  const W factor = p.log ? log(sum) : 1 / sum;
  column.each([&](int64_t at) {
    const W v = to_wide(x[at]) - greatest;
    out[at] = from_wide<T>(p.log ? v - factor : exp(v) * factor);
  });
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) softmax_columns_backward(const __grid_constant__ SoftmaxKernel p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  const auto* y = static_cast<const T*>(p.input);
  const auto* g = static_cast<const T*>(p.grad);
  auto* out = static_cast<T*>(p.out);
  const Column column(p);
  W sum = 0;
  column.each([&](int64_t at) { sum += p.log ? to_wide(g[at]) : to_wide(g[at]) * to_wide(y[at]); });
  sum = reduce_column(sum, Add{});
  column.each([&](int64_t at) {
    const W grad = to_wide(g[at]);
    const W output = to_wide(y[at]);
    out[at] = from_wide<T>(p.log ? grad - exp(output) * sum : output * (grad - sum));
  });
}

template <class T, int kThreads, bool kHeld>
const void* rows_of(bool backward) noexcept {
  return backward ? reinterpret_cast<const void*>(&softmax_rows_backward<T, kThreads, kHeld>)
                  : reinterpret_cast<const void*>(&softmax_rows<T, kThreads, kHeld>);
}

}  // namespace

const void* softmax_rows_kernel(DtypeIndex dtype, RowForm form, bool backward) noexcept {
  return row_kernel(dtype, [=]<class T>() {
    if (form == RowForm::kWarp) return rows_of<T, 32, true>(backward);
    return form == RowForm::kBlock ? rows_of<T, kBlockThreads, true>(backward)
                                   : rows_of<T, kBlockThreads, false>(backward);
  });
}
const void* softmax_columns_kernel(DtypeIndex dtype, bool backward) noexcept {
  return row_kernel(dtype, [=]<class T>() {
    return backward ? reinterpret_cast<const void*>(&softmax_columns_backward<T>)
                    : reinterpret_cast<const void*>(&softmax_columns<T>);
  });
}

}  // namespace vt::cuda
