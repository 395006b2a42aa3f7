// SPDX-License-Identifier: Apache-2.0
// layer_norm and rms_norm: rows (Note [Rows] in row.hpp), and columns for the gradients of weight and bias.
#include "norm.hpp"

#include "row.cuh"

namespace vt::cuda {
namespace {

template <class T, int kThreads, bool kHeld>
__global__ void __launch_bounds__(kBlockThreads) norm_forward(const __grid_constant__ NormKernel p) {
  using W = Wide<T>;
  using Group = RowGroup<kThreads>;
  constexpr int kNum = kPack<T>;
  const int64_t row = Group::row();
  // Threads without a row take part in sums over nothing.
  const int64_t size = row < p.num_rows ? p.size : 0;
  const RowPacks<T, kThreads, kHeld> x(static_cast<const T*>(p.input) + row * p.size, size, p.vectors);
  const W count = static_cast<W>(p.size);

  W mean = 0;
  if (p.centred) {
    x.each([&](int v, int64_t, int) {
      const auto pack = x.get(v);
#pragma unroll
      for (int k = 0; k < kNum; ++k) mean += pack[k];
    });
    mean = Group::reduce(mean, Add{}) / count;
  }
  W squares = 0;
  x.each([&](int v, int64_t, int num) {
    const auto pack = x.get(v);
#pragma unroll
    for (int k = 0; k < kNum; ++k)
      if (k < num) squares += (pack[k] - mean) * (pack[k] - mean);
  });
  const W rstd = 1 / sqrt(Group::reduce(squares, Add{}) / count + static_cast<W>(p.eps));
  if (row < p.num_rows && Group::lane() == 0) {
    if (p.centred) static_cast<W*>(p.mean)[row] = mean;
    static_cast<W*>(p.rstd)[row] = rstd;
  }
  T* out = static_cast<T*>(p.out) + row * p.size;
  x.each([&](int v, int64_t at, int) {
    auto pack = x.get(v);
#pragma unroll
    for (int k = 0; k < kNum; ++k) pack[k] = (pack[k] - mean) * rstd;
    if (p.weight) {
      const auto weight = load_pack<W, kNum>(static_cast<const W*>(p.weight), at, size, p.vectors);
#pragma unroll
      for (int k = 0; k < kNum; ++k) pack[k] *= weight[k];
    }
    if (p.bias) {
      const auto bias = load_pack<W, kNum>(static_cast<const W*>(p.bias), at, size, p.vectors);
#pragma unroll
      for (int k = 0; k < kNum; ++k) pack[k] += bias[k];
    }
    store_pack<T, kNum>(out, at, size, p.vectors, pack);
  });
}

template <class T, int kThreads, bool kHeld>
__global__ void __launch_bounds__(kBlockThreads) norm_backward(const __grid_constant__ NormKernel p) {
  using W = Wide<T>;
  using Group = RowGroup<kThreads>;
  constexpr int kNum = kPack<T>;
  const int64_t row = Group::row();
  const int64_t size = row < p.num_rows ? p.size : 0;
  const RowPacks<T, kThreads, kHeld> x(static_cast<const T*>(p.input) + row * p.size, size, p.vectors);
  const RowPacks<T, kThreads, kHeld> g(static_cast<const T*>(p.grad) + row * p.size, size, p.vectors);
  const W mean = size && p.centred ? static_cast<const W*>(p.mean)[row] : W{0};
  const W rstd = size ? static_cast<const W*>(p.rstd)[row] : W{0};
  const auto weighted = [&](int v, int64_t at) {
    auto pack = g.get(v);
    if (p.weight) {
      const auto weight = load_pack<W, kNum>(static_cast<const W*>(p.weight), at, size, p.vectors);
#pragma unroll
      for (int k = 0; k < kNum; ++k) pack[k] *= weight[k];
    }
    return pack;
  };

  W along = 0;
  W level = 0;
  x.each([&](int v, int64_t at, int) {
    const auto pack = x.get(v);
    const auto wg = weighted(v, at);
#pragma unroll
    for (int k = 0; k < kNum; ++k) {
      along += wg[k] * ((pack[k] - mean) * rstd);
      level += wg[k];
    }
  });
  along = Group::reduce(along, Add{}) / static_cast<W>(p.size);
  level = p.centred ? Group::reduce(level, Add{}) / static_cast<W>(p.size) : W{0};
  T* out = static_cast<T*>(p.out) + row * p.size;
  x.each([&](int v, int64_t at, int) {
    auto pack = x.get(v);
    const auto wg = weighted(v, at);
#pragma unroll
    for (int k = 0; k < kNum; ++k) pack[k] = rstd * (wg[k] - level - (pack[k] - mean) * rstd * along);
    store_pack<T, kNum>(out, at, size, p.vectors, pack);
  });
}

// Adds the values of threads that have the same columns; the first kColumnLanes of them get the sums.
template <class W, int kNum>
VT_DEVICE void add_over_rows(Array<W, kNum>& values) {
  __shared__ Array<W, kNum> parts[kBlockThreads];
  __syncthreads();
  parts[threadIdx.x] = values;
  __syncthreads();
  if (threadIdx.x >= kColumnLanes) return;
  for (int t = static_cast<int>(threadIdx.x) + kColumnLanes; t < kBlockThreads; t += kColumnLanes)
#pragma unroll
    for (int k = 0; k < kNum; ++k) values[k] += parts[t][k];
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) norm_columns(const __grid_constant__ NormColumns p) {
  using W = Wide<T>;
  constexpr int kNum = kPack<T>;
  constexpr int kRows = kBlockThreads / kColumnLanes;
  const int64_t at = (static_cast<int64_t>(blockIdx.x) * kColumnLanes + threadIdx.x % kColumnLanes) * kNum;
  const int64_t begin = static_cast<int64_t>(blockIdx.y) * p.slice;
  const int64_t end = begin + p.slice < p.num_rows ? begin + p.slice : p.num_rows;
  Array<W, kNum> weight_sum{};
  Array<W, kNum> bias_sum{};
  if (at < p.size) {
    for (int64_t row = begin + threadIdx.x / kColumnLanes; row < end; row += kRows) {
      const auto g = load_pack<T, kNum>(static_cast<const T*>(p.grad) + row * p.size, at, p.size, p.vectors);
      if (p.weight_sums) {
        const auto x = load_pack<T, kNum>(static_cast<const T*>(p.input) + row * p.size, at, p.size, p.vectors);
        const W mean = p.centred ? static_cast<const W*>(p.mean)[row] : W{0};
        const W rstd = static_cast<const W*>(p.rstd)[row];
#pragma unroll
        for (int k = 0; k < kNum; ++k) weight_sum[k] += g[k] * ((x[k] - mean) * rstd);
      }
#pragma unroll
      for (int k = 0; k < kNum; ++k) bias_sum[k] += g[k];
    }
  }
  const int64_t sums = static_cast<int64_t>(blockIdx.y) * p.size;
  if (p.weight_sums) add_over_rows(weight_sum);
  if (p.bias_sums) add_over_rows(bias_sum);
  if (threadIdx.x >= kColumnLanes || at >= p.size) return;
  if (p.weight_sums) store_pack<W, kNum>(static_cast<W*>(p.weight_sums) + sums, at, p.size, p.vectors, weight_sum);
  if (p.bias_sums) store_pack<W, kNum>(static_cast<W*>(p.bias_sums) + sums, at, p.size, p.vectors, bias_sum);
}

template <class W>
__global__ void __launch_bounds__(kBlockThreads) norm_finish(const __grid_constant__ NormFinish p) {
  const int64_t column = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (column >= p.size) return;
  const auto finish = [&](const void* sums, void* grad, DtypeIndex dtype) {
    if (!grad) return;
    double total = 0;
    for (int64_t s = 0; s < p.num_slices; ++s) total += static_cast<const W*>(sums)[s * p.size + column];
    const Number number{Number::kReal, 0, static_cast<W>(total), 0};
    visit_dtype(dtype, [&]<class T>() { static_cast<T*>(grad)[column] = convert<T>(number); });
  };
  finish(p.weight_sums, p.weight_grad, p.weight_dtype);
  finish(p.bias_sums, p.bias_grad, p.bias_dtype);
}

struct ColumnsOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&norm_columns<T>);
  }
};

}  // namespace

const void* norm_forward_kernel(DtypeIndex dtype, RowForm form) noexcept {
  return row_kernel(dtype, [form]<class T>() -> const void* {
    if (form == RowForm::kWarp) return reinterpret_cast<const void*>(&norm_forward<T, 32, true>);
    if (form == RowForm::kBlock) return reinterpret_cast<const void*>(&norm_forward<T, kBlockThreads, true>);
    return reinterpret_cast<const void*>(&norm_forward<T, kBlockThreads, false>);
  });
}
const void* norm_backward_kernel(DtypeIndex dtype, RowForm form) noexcept {
  return row_kernel(dtype, [form]<class T>() -> const void* {
    if (form == RowForm::kWarp) return reinterpret_cast<const void*>(&norm_backward<T, 32, true>);
    if (form == RowForm::kBlock) return reinterpret_cast<const void*>(&norm_backward<T, kBlockThreads, true>);
    return reinterpret_cast<const void*>(&norm_backward<T, kBlockThreads, false>);
  });
}
const void* norm_columns_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, ColumnsOf{}); }
const void* norm_finish_kernel(DtypeIndex compute) noexcept {
  return compute == DtypeIndex::kFloat64 ? reinterpret_cast<const void*>(&norm_finish<double>)
                                         : reinterpret_cast<const void*>(&norm_finish<float>);
}

}  // namespace vt::cuda
