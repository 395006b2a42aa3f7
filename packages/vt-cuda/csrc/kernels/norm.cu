// SPDX-License-Identifier: Apache-2.0
// The forward pass of layer_norm and rms_norm (Note [Norm rows]).
#include "norm.hpp"

#include "norm_rows.cuh"
#include "row.cuh"

namespace vt::cuda {
namespace {

// Note [Norm statistics]
// A warp takes the sum of its elements and then the squares of their distances from their own mean, and the block combines what its
// warps have (Chan, Golub and LeVeque, 1979): no square is of a number far from the mean, and the block meets once.
template <class W>
struct alignas(16) Moments {
  W sum;
  W squares;
  W mean;
  W count;
};

// The moments of a block's elements, of those of its warps; every thread gets them.
template <int kWarps, class W>
VT_DEVICE Moments<W> combined(const Moments<W>& own, bool centred, W count) {
  static_assert(kWarps <= 32);
  __shared__ Moments<W> warps[kWarps];
  if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = own;
  __syncthreads();
  const Moments<W> part = warps[threadIdx.x % kWarps];
  Moments<W> all{0, 0, 0, count};
  if (centred) {
    all.sum = sum_of_lanes(part.sum, kWarps);
    all.mean = all.sum / count;
  }
  all.squares = sum_of_lanes(part.squares + part.count * ((part.mean - all.mean) * (part.mean - all.mean)), kWarps);
  return all;
}

// The pack of a row at element `at`, normalised and with weight and bias.
template <class T>
VT_DEVICE Array<Wide<T>, kPack<T>> result_at(const NormKernel& p, Array<Wide<T>, kPack<T>> pack, Wide<T> mean,
                                             Wide<T> rstd, int64_t at, bool vectors) {
  constexpr int kNum = kPack<T>;
#pragma unroll
  for (int k = 0; k < kNum; ++k) pack[k] = normalised<T>(pack[k], mean, rstd);
  if (p.weight.data && p.bias.data) {
    const auto weight = load_parameter<T>(p.weight, at, p.size, vectors);
    const auto bias = load_parameter<T>(p.bias, at, p.size, vectors);
#pragma unroll
    for (int k = 0; k < kNum; ++k) pack[k] = multiply_add<T>(pack[k], weight[k], bias[k]);
  } else if (p.weight.data) {
    const auto weight = load_parameter<T>(p.weight, at, p.size, vectors);
#pragma unroll
    for (int k = 0; k < kNum; ++k) pack[k] *= weight[k];
  } else if (p.bias.data) {
    const auto bias = load_parameter<T>(p.bias, at, p.size, vectors);
#pragma unroll
    for (int k = 0; k < kNum; ++k) pack[k] += bias[k];
  }
  return pack;
}

// kLanes: the threads of a block that has one row, or 0 where a row has p.lanes of a warp.
template <class T, int kLanes, bool kVectors>
__global__ void __launch_bounds__(kBlockThreads) norm_forward(const __grid_constant__ NormKernel p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  constexpr int kNum = kPack<T>;
  constexpr int kPacks = NormGroups::kForwardPacks;
  const auto thread = static_cast<int>(threadIdx.x);
  const int lanes = kLanes ? kLanes : p.lanes;
  const int lane = thread & (lanes - 1);
  const int64_t row = kLanes ? blockIdx.x : (int64_t{blockIdx.x} * kBlockThreads + thread) / lanes;
  // Threads without a row take part in sums over nothing.
  const int size = row < p.num_rows ? static_cast<int>(p.size) : 0;
  const auto at = [=](int v) { return (v * lanes + lane) * kNum; };

  Array<W, kNum> x[kPacks];
#pragma unroll
  for (int v = 0; v < kPacks; ++v)
    if (at(v) < size) x[v] = load_pack<T, kNum>(static_cast<const T*>(p.input) + row * p.size, at(v), size, kVectors);

  Moments<W> moments{0, 0, 0, static_cast<W>(size)};
  if constexpr (kLanes > 0) {
    int count = 0;
#pragma unroll
    for (int v = 0; v < kPacks; ++v) {
      const int left = size - at(v) + thread % 32 * kNum;  // from the warp's first element on
      count += left < 0 ? 0 : left < 32 * kNum ? left : 32 * kNum;
    }
    moments.count = static_cast<W>(count);
  }
  const int summed_lanes = kLanes ? 32 : lanes;
  if (p.centred) {
#pragma unroll
    for (int v = 0; v < kPacks; ++v)
      if (at(v) < size)
#pragma unroll
        for (int k = 0; k < kNum; ++k) moments.sum += x[v][k];
    moments.sum = sum_of_lanes(moments.sum, summed_lanes);
    moments.mean = moments.count > 0 ? moments.sum / moments.count : 0;
  }
#pragma unroll
  for (int v = 0; v < kPacks; ++v)
    if (at(v) < size)
#pragma unroll
      for (int k = 0; k < kNum; ++k) {
        if (!kVectors && at(v) + k >= size) continue;
        const W d = x[v][k] - moments.mean;
        moments.squares = multiply_add<T>(d, d, moments.squares);
      }
  moments.squares = sum_of_lanes(moments.squares, summed_lanes);
  const W share = static_cast<W>(p.share);
  if constexpr (kLanes > 0) moments = combined<kLanes / 32>(moments, p.centred, static_cast<W>(size));

  const W mean = moments.mean;
  const W rstd = reciprocal_root(moments.squares * share + static_cast<W>(p.eps));
  if (row >= p.num_rows) return;
  if (lane == 0) {
    if (p.centred) static_cast<W*>(p.mean)[row] = mean;
    static_cast<W*>(p.rstd)[row] = rstd;
  }
#pragma unroll
  for (int v = 0; v < kPacks; ++v)
    if (at(v) < size)
      store_pack<T, kNum>(static_cast<T*>(p.out) + row * p.size, at(v), size, kVectors,
                          result_at<T>(p, x[v], mean, rstd, at(v), kVectors));
}

// A row that is read for each pass, by a block.
template <class T>
__global__ void __launch_bounds__(kBlockThreads) norm_forward_long(const __grid_constant__ NormKernel p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  using Block = RowGroup<kBlockThreads>;
  constexpr int kNum = kPack<T>;
  const int64_t row = Block::row();
  const RowPacks<T, kBlockThreads, false> x(static_cast<const T*>(p.input) + row * p.size, p.size, p.vectors);
  const W share = static_cast<W>(p.share);
  W mean = 0;
  if (p.centred) {
    x.each([&](const auto& pack, int, int64_t, int) {
#pragma unroll
      for (int k = 0; k < kNum; ++k) mean += pack[k];
    });
    mean = Block::reduce(mean, Add{}) / static_cast<W>(p.size);
  }
  W squares = 0;
  x.each([&](const auto& pack, int, int64_t, int num) {
#pragma unroll
    for (int k = 0; k < kNum; ++k)
      if (k < num) squares += (pack[k] - mean) * (pack[k] - mean);
  });
  const W rstd = reciprocal_root(Block::reduce(squares, Add{}) * share + static_cast<W>(p.eps));
  if (Block::lane() == 0) {
    if (p.centred) static_cast<W*>(p.mean)[row] = mean;
    static_cast<W*>(p.rstd)[row] = rstd;
  }
  T* out = static_cast<T*>(p.out) + row * p.size;
  x.each([&](const auto& pack, int, int64_t at, int) {
    store_pack<T, kNum>(out, at, p.size, p.vectors, result_at<T>(p, pack, mean, rstd, at, p.vectors));
  });
}

struct LongOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&norm_forward_long<T>);
  }
};

}  // namespace

const void* norm_forward_kernel(DtypeIndex dtype, int lanes, bool vectors) noexcept {
  return row_kernel(dtype, [=]<class T>() -> const void* {
    switch (lanes) {
      case 64: return reinterpret_cast<const void*>(&norm_forward<T, 64, true>);
      case 128: return reinterpret_cast<const void*>(&norm_forward<T, 128, true>);
      case 256: return reinterpret_cast<const void*>(&norm_forward<T, 256, true>);
      default:
        return vectors ? reinterpret_cast<const void*>(&norm_forward<T, 0, true>)
                       : reinterpret_cast<const void*>(&norm_forward<T, 0, false>);
    }
  });
}
const void* norm_forward_long_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, LongOf{}); }

}  // namespace vt::cuda
