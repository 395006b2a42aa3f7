// SPDX-License-Identifier: Apache-2.0
// The gradients of convolutions for their weights (Note [Convolutions on CUDA]).
#include "convolution.cuh"

namespace vt::cuda {
namespace {

constexpr int kWarpSize = 32;
constexpr int kWarps = kBlockThreads / kWarpSize;

// A column of the product: one channel of the large tensor and one tap.
struct Tap {
  int64_t large;   // elements before the channel
  uint32_t at[3];  // position that the small tensor's first one reads

  VT_DEVICE Tap(const WeighParams& p, int64_t group, int64_t column) {
    auto number = static_cast<int32_t>(column);
#pragma unroll
    for (int d = 2; d >= 0; --d) {
      const WeighAxis& axis = p.axes[d];
      at[d] = static_cast<uint32_t>(axis.kernel.split(number)) * axis.dilation - axis.padding;
    }
    large = (group * p.channels + number) * p.large_channel;
  }
};

// A step of a sum: one entry of the batch and one position of the small tensor.
struct Position {
  int64_t small;   // elements before it
  int64_t large;   // elements before the batch entry
  uint32_t at[3];  // in the padded large tensor

  VT_DEVICE Position(const WeighParams& p, int64_t number) : small(0) {
#pragma unroll
    for (int d = 2; d >= 0; --d) {
      const int32_t position = split(p.axes[d].small, p.is_wide, number);
      at[d] = static_cast<uint32_t>(position) * p.axes[d].stride;
      small += position * p.axes[d].small_stride;
    }
    small += number * p.small_batch;
    large = number * p.large_batch;
  }
};

template <class T>
VT_DEVICE SumType<T> load(const WeighParams& p, const Position& position, const Tap& tap) {
  int64_t at = position.large + tap.large;
#pragma unroll
  for (int d = 0; d < 3; ++d) {
    const uint32_t place = position.at[d] + tap.at[d];
    if (place >= p.axes[d].large) return {};
    at += place * p.axes[d].large_stride;
  }
  return to_sum(static_cast<const T*>(p.large)[at]);
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) weigh_tiles(const __grid_constant__ WeighParams p) {
  wait_for_previous_kernel();
  using W = SumType<T>;
  __shared__ ProductStrip<W> smalls;
  __shared__ ProductStrip<W> larges;
  int64_t block = blockIdx.x;
  const int64_t row = block % p.tiles_down * kProductTile;
  block /= p.tiles_down;
  const int64_t column = block % p.tiles_across * kProductTile;
  block /= p.tiles_across;
  const int64_t group = block % p.groups;
  const int64_t part = block / p.groups;

  // Neighbouring threads read neighbouring positions of both tensors.
  const int own_step = static_cast<int>(threadIdx.x) % kProductSteps;
  const int own_line = static_cast<int>(threadIdx.x) / kProductSteps;
  constexpr int kApart = kBlockThreads / kProductSteps;
  const T* small = static_cast<const T*>(p.small) + group * p.rows * p.small_channel;
  const auto tap_of = [&](int load) {
    const int64_t c = column + own_line + load * kApart;
    return Tap(p, group, c < p.columns ? c : 0);
  };
  static_assert(kProductLoads == 4);
  const Tap taps[kProductLoads] = {tap_of(0), tap_of(1), tap_of(2), tap_of(3)};

  ProductSums<W> sums{};
  const int64_t begin = part * p.steps_per_split;
  const int64_t end = begin + p.steps_per_split < p.depth ? begin + p.steps_per_split : p.depth;
  for (int64_t first = begin; first < end; first += kProductSteps) {
    const int64_t number = first + own_step;
    const bool has_step = number < end;
    const Position position(p, has_step ? number : 0);
#pragma unroll
    for (int i = 0; i < kProductLoads; ++i) {
      const int line = own_line + i * kApart;
      const bool has_row = has_step && row + line < p.rows;
      smalls[own_step][line] = has_row ? to_sum(small[position.small + (row + line) * p.small_channel]) : W{};
      const bool has_column = has_step && column + line < p.columns;
      larges[own_step][line] = has_column ? load<T>(p, position, taps[i]) : W{};
    }
    __syncthreads();
    sums.add(smalls, larges);
    __syncthreads();
  }

  sums.for_each([&](int i, int j, W sum) {
    const int64_t r = row + i;
    const int64_t c = column + j;
    if (r >= p.rows || c >= p.columns) return;
    const int64_t at = (group * p.rows + r) * p.columns + c;
    if (p.partial != nullptr) {
      static_cast<W*>(p.partial)[part * p.groups * p.rows * p.columns + at] = sum;
    } else {
      static_cast<T*>(p.weight)[at] = from_sum<T>(sum);
    }
  });
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) weigh_elements(const __grid_constant__ WeighParams p) {
  wait_for_previous_kernel();
  using W = SumType<T>;
  __shared__ W parts[kBlockThreads];
  const int64_t channel = static_cast<int64_t>(blockIdx.x) / p.columns;
  const int64_t column = static_cast<int64_t>(blockIdx.x) - channel * p.columns;
  const Tap tap(p, channel / p.rows, column);
  const T* small = static_cast<const T*>(p.small) + channel * p.small_channel;
  W sum{};
  for (int64_t number = threadIdx.x; number < p.depth; number += kBlockThreads) {
    const Position position(p, number);
    sum = fused(conjugated(to_sum(small[position.small]), p.conjugate_small),
                conjugated(load<T>(p, position, tap), p.conjugate_large), sum);
  }
  parts[threadIdx.x] = sum;
  __syncthreads();
  if (threadIdx.x >= kWarpSize) return;
  // One warp adds the warps' parts, then its first thread those of its lanes: few barriers, one order.
  for (int w = 1; w < kWarps; ++w) sum = sum_of(sum, parts[w * kWarpSize + static_cast<int>(threadIdx.x)]);
  parts[threadIdx.x] = sum;
  __syncwarp();
  if (threadIdx.x != 0) return;
  for (int lane = 1; lane < kWarpSize; ++lane) sum = sum_of(sum, parts[lane]);
  static_cast<T*>(p.weight)[blockIdx.x] = from_sum<T>(sum);
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) weigh_finish(const __grid_constant__ WeighParams p) {
  wait_for_previous_kernel();
  using W = SumType<T>;
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t num = p.groups * p.rows * p.columns;
  if (i >= num) return;
  W sum{};
  for (int64_t part = 0; part < p.splits; ++part) sum = sum_of(sum, static_cast<const W*>(p.partial)[part * num + i]);
  static_cast<T*>(p.weight)[i] = from_sum<T>(sum);
}

}  // namespace

const void* weigh_tiles_kernel(DtypeIndex dtype) noexcept {
  return real_convolution_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&weigh_tiles<T>); });
}
const void* weigh_elements_kernel(DtypeIndex dtype) noexcept {
  return convolution_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&weigh_elements<T>); });
}
const void* weigh_finish_kernel(DtypeIndex dtype) noexcept {
  return real_convolution_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&weigh_finish<T>); });
}

int64_t convolution_sum_bytes(DtypeIndex dtype) noexcept {
  int64_t bytes = 0;
  convolution_kernel(dtype, [&]<class T>() -> const void* {
    bytes = sizeof(SumType<T>);
    return nullptr;
  });
  return bytes;
}

}  // namespace vt::cuda
