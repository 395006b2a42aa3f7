// SPDX-License-Identifier: Apache-2.0
// layer_norm and rms_norm: rows (Note [Rows] in row.hpp), and columns for the gradients of weight and bias.
#include "norm.hpp"

#include "norm_parameter.cuh"
#include "row.cuh"

namespace vt::cuda {
namespace {

// Sums of a row's elements.
template <class W>
struct Moments {
  W sum;
  W squares;  // of distances from the mean
  W mean;
  W count;
};

// The elements of a row of `size` that the calling warp has.
template <class T, int kThreads>
VT_DEVICE Wide<T> count_of_warp(int64_t size) {
  constexpr int64_t kOfWarp = 32 * kPack<T>;
  constexpr int64_t kOfAll = kThreads * kPack<T>;
  const int64_t left = size % kOfAll - RowGroup<kThreads>::lane() / 32 * kOfWarp;
  return static_cast<Wide<T>>(size / kOfAll * kOfWarp + (left < 0 ? 0 : left < kOfWarp ? left : kOfWarp));
}

// Mean and squares of a row. Each warp takes them of its elements, about their own mean, and the block combines what its warps have
// (Chan, Golub and LeVeque, 1979): no square is of a number far from the mean, and the block meets once.
template <class T, int kThreads, bool kHeld>
VT_DEVICE Moments<Wide<T>> moments_of(const RowPacks<T, kThreads, kHeld>& x, int64_t size, bool centred) {
  using W = Wide<T>;
  using Warp = RowGroup<32>;
  Moments<W> own{0, 0, 0, count_of_warp<T, kThreads>(size)};
  if (centred) {
    x.each([&](const auto& pack, int, int64_t, int) {
#pragma unroll
      for (int k = 0; k < kPack<T>; ++k) own.sum += pack[k];
    });
    own.sum = Warp::reduce(own.sum, Add{});
    own.mean = own.count > 0 ? own.sum / own.count : 0;
  }
  x.each([&](const auto& pack, int, int64_t, int num) {
#pragma unroll
    for (int k = 0; k < kPack<T>; ++k)
      if (k < num) own.squares += (pack[k] - own.mean) * (pack[k] - own.mean);
  });
  own.squares = Warp::reduce(own.squares, Add{});
  if constexpr (kThreads > 32) {
    __shared__ Moments<W> warps[kThreads / 32];
    if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = own;
    __syncthreads();
    own = {0, 0, 0, static_cast<W>(size)};
    if (centred) {
#pragma unroll
      for (const Moments<W>& warp : warps) own.sum += warp.sum;
      own.mean = own.sum / own.count;
    }
#pragma unroll
    for (const Moments<W>& warp : warps)
      own.squares += warp.squares + warp.count * ((warp.mean - own.mean) * (warp.mean - own.mean));
  }
  return own;
}

template <class T, int kThreads, bool kHeld>
__global__ void __launch_bounds__(kBlockThreads) norm_forward(const __grid_constant__ NormKernel p) {
  using W = Wide<T>;
  using Group = RowGroup<kThreads>;
  constexpr int kNum = kPack<T>;
  const int64_t row = Group::row();
  // Threads without a row take part in sums over nothing.
  const int64_t size = row < p.num_rows ? p.size : 0;
  const RowPacks<T, kThreads, kHeld> x(static_cast<const T*>(p.input) + row * p.size, size, p.vectors);
  const Moments<W> moments = moments_of(x, size, p.centred);
  const W mean = moments.mean;
  const W rstd = 1 / sqrt(moments.squares / static_cast<W>(p.size) + static_cast<W>(p.eps));
  if (row < p.num_rows && Group::lane() == 0) {
    if (p.centred) static_cast<W*>(p.mean)[row] = mean;
    static_cast<W*>(p.rstd)[row] = rstd;
  }
  T* out = static_cast<T*>(p.out) + row * p.size;
  x.each([&](auto pack, int, int64_t at, int) {
#pragma unroll
    for (int k = 0; k < kNum; ++k) pack[k] = (pack[k] - mean) * rstd;
    if (p.weight.data) {
      const auto weight = load_parameter<T>(p.weight, at, size, p.vectors);
#pragma unroll
      for (int k = 0; k < kNum; ++k) pack[k] *= weight[k];
    }
    if (p.bias.data) {
      const auto bias = load_parameter<T>(p.bias, at, size, p.vectors);
#pragma unroll
      for (int k = 0; k < kNum; ++k) pack[k] += bias[k];
    }
    store_pack<T, kNum>(out, at, size, p.vectors, pack);
  });
}

// The input's gradient of a row that is read twice.
template <class T>
__global__ void __launch_bounds__(kBlockThreads) norm_backward(const __grid_constant__ NormKernel p) {
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
  along = Group::reduce(along, Add{}) / static_cast<W>(p.size);
  level = p.centred ? Group::reduce(level, Add{}) / static_cast<W>(p.size) : W{0};
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
  __shared__ double parts[kBlockThreads];
  constexpr int kLanes = kBlockThreads / kFinishColumns;
  const int lane = static_cast<int>(threadIdx.x) / kFinishColumns;
  const int64_t column = static_cast<int64_t>(blockIdx.x) * kFinishColumns + threadIdx.x % kFinishColumns;
  const auto finish = [&](const void* sums, void* grad, DtypeIndex dtype) {
    if (!grad) return;
    double total = 0;
    if (column < p.size)
#pragma unroll 4
      for (int64_t s = lane; s < p.num_slices; s += kLanes) total += static_cast<const W*>(sums)[s * p.size + column];
    __syncthreads();
    parts[threadIdx.x] = total;
    for (int half = kLanes / 2; half > 0; half /= 2) {
      __syncthreads();
      if (lane < half) parts[threadIdx.x] += parts[threadIdx.x + half * kFinishColumns];
    }
    if (lane > 0 || column >= p.size) return;
    const Number number{Number::kReal, 0, static_cast<W>(parts[threadIdx.x]), 0};
    visit_dtype(dtype, [&]<class T>() { static_cast<T*>(grad)[column] = convert<T>(number); });
  };
  finish(p.weight_sums, p.weight_grad, p.weight_dtype);
  finish(p.bias_sums, p.bias_grad, p.bias_dtype);
}

struct BackwardOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&norm_backward<T>);
  }
};
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
const void* norm_backward_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, BackwardOf{}); }
const void* norm_columns_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, ColumnsOf{}); }
const void* norm_finish_kernel(DtypeIndex compute) noexcept {
  return compute == DtypeIndex::kFloat64 ? reinterpret_cast<const void*>(&norm_finish<double>)
                                         : reinterpret_cast<const void*>(&norm_finish<float>);
}

}  // namespace vt::cuda
