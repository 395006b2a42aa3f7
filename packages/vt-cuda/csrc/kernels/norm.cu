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
    x.each([&](const auto& pack, int, int64_t, int) {
#pragma unroll
      for (int k = 0; k < kNum; ++k) mean += pack[k];
    });
    mean = Group::reduce(mean, Add{}) / count;
  }
  W squares = 0;
  x.each([&](const auto& pack, int, int64_t, int num) {
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
  x.each([&](auto pack, int, int64_t at, int) {
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

// The gradient of a row of the input, written if it is wanted; visit(v, grad, normalised) sees each pack.
template <class T, int kThreads, bool kHeld, class Visit>
VT_DEVICE void backward_row(const NormKernel& p, int64_t row, Visit&& visit) {
  using W = Wide<T>;
  using Group = RowGroup<kThreads>;
  constexpr int kNum = kPack<T>;
  const int64_t size = row < p.num_rows ? p.size : 0;
  const RowPacks<T, kThreads, kHeld> x(static_cast<const T*>(p.input) + row * p.size, size, p.vectors);
  const RowPacks<T, kThreads, kHeld> g(static_cast<const T*>(p.grad) + row * p.size, size, p.vectors);
  const W mean = size && p.centred ? static_cast<const W*>(p.mean)[row] : W{0};
  const W rstd = size ? static_cast<const W*>(p.rstd)[row] : W{0};
  const auto weight_at = [&](Array<W, kNum> pack, int64_t at) {
    if (p.weight) {
      const auto weight = load_pack<W, kNum>(static_cast<const W*>(p.weight), at, size, p.vectors);
#pragma unroll
      for (int k = 0; k < kNum; ++k) pack[k] *= weight[k];
    }
    return pack;
  };

  W along = 0;
  W level = 0;
  x.each([&](auto pack, int v, int64_t at, int) {
    const auto grad = g.get(v);
    const auto weighted = weight_at(grad, at);
#pragma unroll
    for (int k = 0; k < kNum; ++k) {
      pack[k] = (pack[k] - mean) * rstd;
      along += weighted[k] * pack[k];
      level += weighted[k];
    }
    visit(v, grad, pack);
  });
  if (!p.out) return;
  along = Group::reduce(along, Add{}) / static_cast<W>(p.size);
  level = p.centred ? Group::reduce(level, Add{}) / static_cast<W>(p.size) : W{0};
  T* out = static_cast<T*>(p.out) + row * p.size;
  x.each([&](auto pack, int v, int64_t at, int) {
    const auto weighted = weight_at(g.get(v), at);
#pragma unroll
    for (int k = 0; k < kNum; ++k) pack[k] = rstd * (weighted[k] - level - (pack[k] - mean) * rstd * along);
    store_pack<T, kNum>(out, at, size, p.vectors, pack);
  });
}

template <class T, int kThreads, bool kHeld>
__global__ void __launch_bounds__(kBlockThreads) norm_backward(const __grid_constant__ NormKernel p) {
  backward_row<T, kThreads, kHeld>(p, RowGroup<kThreads>::row(), [](int, const auto&, const auto&) {});
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

// norm_backward for rows in turn, which also adds what they give to the gradients of weight and bias: of the columns that a thread
// has, in its registers, so that input and gradient are read once.
template <class T, int kThreads, bool kBias>
__global__ void __launch_bounds__(kBlockThreads, kBias ? 1 : 2)
    norm_backward_all(const __grid_constant__ NormKernel p) {
  using W = Wide<T>;
  using Group = RowGroup<kThreads>;
  using Packs = RowPacks<T, kThreads, true>;
  constexpr int kNum = kPack<T>;
  Array<W, kNum> weight_sums[kHeldPacks]{};
  Array<W, kNum> bias_sums[kBias ? kHeldPacks : 1]{};
  const int64_t step = static_cast<int64_t>(gridDim.x) * Group::kRowsPerBlock;
  const int64_t behind = Group::row() % Group::kRowsPerBlock;
  for (int64_t first = Group::row() - behind; first < p.num_rows; first += step) {
    backward_row<T, kThreads, true>(p, first + behind, [&](int v, const auto& grad, const auto& normalised) {
#pragma unroll
      for (int k = 0; k < kNum; ++k) {
        weight_sums[v][k] += grad[k] * normalised[k];
        if constexpr (kBias) bias_sums[v][k] += grad[k];
      }
    });
  }
  const int64_t own = static_cast<int64_t>(blockIdx.x) * p.size;
  const auto give = [&](void* sums, Array<W, kNum>(&packs)[kHeldPacks]) {
    if (!sums) return;
#pragma unroll
    for (int v = 0; v < kHeldPacks; ++v) {
      if constexpr (kThreads == kColumnLanes) add_over_rows(packs[v]);
      const int64_t at = Packs::place(v);
      if (at < p.size && threadIdx.x < kThreads)
        store_pack<W, kNum>(static_cast<W*>(sums) + own, at, p.size, p.vectors, packs[v]);
    }
  };
  give(p.weight_sums, weight_sums);
  if constexpr (kBias) give(p.bias_sums, bias_sums);
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
const void* norm_backward_all_kernel(DtypeIndex dtype, RowForm form, bool bias) noexcept {
  return row_kernel(dtype, [=]<class T>() -> const void* {
    if (form == RowForm::kWarp)
      return bias ? reinterpret_cast<const void*>(&norm_backward_all<T, 32, true>)
                  : reinterpret_cast<const void*>(&norm_backward_all<T, 32, false>);
    return bias ? reinterpret_cast<const void*>(&norm_backward_all<T, kBlockThreads, true>)
                : reinterpret_cast<const void*>(&norm_backward_all<T, kBlockThreads, false>);
  });
}
const void* norm_columns_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, ColumnsOf{}); }
const void* norm_finish_kernel(DtypeIndex compute) noexcept {
  return compute == DtypeIndex::kFloat64 ? reinterpret_cast<const void*>(&norm_finish<double>)
                                         : reinterpret_cast<const void*>(&norm_finish<float>);
}

}  // namespace vt::cuda
