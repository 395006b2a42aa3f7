// SPDX-License-Identifier: Apache-2.0
// Gradients of layer_norm and rms_norm over rows that are not held, and what adds the sums of columns (Note [Norm gradients]).
#include "norm.hpp"

#include "norm_rows.cuh"
#include "row.cuh"

namespace vt::cuda {
namespace {

// The input's gradient of a row that is read twice.
template <class T>
__global__ void __launch_bounds__(kBlockThreads) norm_gradient_long(const __grid_constant__ NormKernel p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  using Group = RowGroup<kBlockThreads>;
  constexpr int kNum = kPack<T>;
  const int64_t row = Group::row();
  const RowPacks<T, kBlockThreads, false> x(static_cast<const T*>(p.input) + row * p.size, p.size, p.vectors);
  const RowPacks<T, kBlockThreads, false> g(static_cast<const T*>(p.grad) + row * p.size, p.size, p.vectors);
  const W mean = p.centred ? static_cast<const W*>(p.mean)[row] : W{0};
  const W rstd = static_cast<const W*>(p.rstd)[row];
  const auto weighted_at = [&](int v, int64_t at) {
    auto pack = g.get(v);
    if (p.weight.data) {
      const auto weight = load_parameter<T>(p.weight, at, p.size, p.vectors);
#pragma unroll
      for (int k = 0; k < kNum; ++k) pack[k] *= weight[k];
    }
    return pack;
  };

  W along = 0;
  W level = 0;
  x.each([&](const auto& pack, int v, int64_t at, int) {
    const auto weighted = weighted_at(v, at);
#pragma unroll
    for (int k = 0; k < kNum; ++k) {
      along += weighted[k] * ((pack[k] - mean) * rstd);
      level += weighted[k];
    }
  });
  along = Group::reduce(along, Add{}) * static_cast<W>(p.share);
  level = p.centred ? Group::reduce(level, Add{}) * static_cast<W>(p.share) : W{0};
  T* out = static_cast<T*>(p.out) + row * p.size;
  x.each([&](auto pack, int v, int64_t at, int) {
    const auto weighted = weighted_at(v, at);
#pragma unroll
    for (int k = 0; k < kNum; ++k) pack[k] = rstd * (weighted[k] - level - (pack[k] - mean) * rstd * along);
    store_pack<T, kNum>(out, at, p.size, p.vectors, pack);
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
  wait_for_previous_kernel();
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
  wait_for_previous_kernel();
  __shared__ double parts[kBlockThreads];
  constexpr int kLanes = kBlockThreads / kFinishColumns;
  const NormFinish::One& one = p.parts[blockIdx.y];
  if (!one.grad) return;
  const int lane = static_cast<int>(threadIdx.x) / kFinishColumns;
  const int64_t column = static_cast<int64_t>(blockIdx.x) * kFinishColumns + threadIdx.x % kFinishColumns;
  double total = 0;
  if (column < p.size)
#pragma unroll 8
    for (int64_t s = lane; s < p.num_slices; s += kLanes) total += static_cast<const W*>(one.sums)[s * p.size + column];
  parts[threadIdx.x] = total;
  for (int half = kLanes / 2; half > 0; half /= 2) {
    __syncthreads();
    if (lane < half) parts[threadIdx.x] += parts[threadIdx.x + half * kFinishColumns];
  }
  if (lane > 0 || column >= p.size) return;
  const Number number{Number::kReal, 0, static_cast<W>(parts[threadIdx.x]), 0};
  visit_dtype(one.dtype, [&]<class T>() { static_cast<T*>(one.grad)[column] = convert<T>(number); });
}

struct LongOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&norm_gradient_long<T>);
  }
};
struct ColumnsOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&norm_columns<T>);
  }
};

}  // namespace

const void* norm_gradient_long_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, LongOf{}); }
const void* norm_columns_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, ColumnsOf{}); }
const void* norm_finish_kernel(DtypeIndex compute) noexcept {
  return compute == DtypeIndex::kFloat64 ? reinterpret_cast<const void*>(&norm_finish<double>)
                                         : reinterpret_cast<const void*>(&norm_finish<float>);
}

}  // namespace vt::cuda
