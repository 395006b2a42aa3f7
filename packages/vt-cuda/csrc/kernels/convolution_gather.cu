// SPDX-License-Identifier: Apache-2.0
// Convolutions that gather: correlations, and what spreads, phase by phase (Note [Convolutions on CUDA]).
#include "convolution.cuh"

namespace vt::cuda {
namespace {

// The phase of each dimension that a row of blocks computes.
struct Phases {
  const GatherPhase* of[3];
  int64_t columns;
  int32_t depth;  // channels times taps

  VT_DEVICE Phases(const GatherParams& p, uint32_t number) : columns(p.batch), depth(static_cast<int32_t>(p.channels)) {
#pragma unroll
    for (int d = 2; d >= 0; --d) {
      of[d] = &p.axes[d].phases[number % p.axes[d].num_phases];
      number /= p.axes[d].num_phases;
      columns *= of[d]->num_positions;
      depth *= static_cast<int32_t>(of[d]->num_taps);
    }
  }
};

// A column of the product: one entry of the batch and one position of the result.
struct Column {
  int64_t source;  // elements before the batch entry
  int64_t result;  // elements before the position
  uint32_t at[3];  // position of the source at the first tap

  VT_DEVICE Column(const GatherParams& p, const Phases& phases, int64_t number) : source(0), result(0) {
#pragma unroll
    for (int d = 2; d >= 0; --d) {
      const int32_t position = split(phases.of[d]->positions, p.is_wide, number);
      at[d] = static_cast<uint32_t>(position) * p.axes[d].source_step + phases.of[d]->offset;
      result += phases.of[d]->first + position * p.axes[d].result_stride;
    }
    source += number * p.source_batch;
    result += number * p.result_batch;
  }
};

// A step of a sum: one channel of the source and one tap.
struct Step {
  int32_t channel;
  int32_t taps[3];

  VT_DEVICE Step(const Phases& phases, int32_t number) {
#pragma unroll
    for (int d = 2; d >= 0; --d) taps[d] = phases.of[d]->taps.split(number);
    channel = number;
  }

  VT_DEVICE int64_t weight(const GatherParams& p, const Phases& phases) const {
    int64_t at = channel * p.weight_channel;
#pragma unroll
    for (int d = 0; d < 3; ++d) at += phases.of[d]->weight + taps[d] * p.axes[d].weight_stride;
    return at;
  }
  // Elements from the batch entry on; -1 in the padding.
  VT_DEVICE int64_t source(const GatherParams& p, const Column& column) const {
    int64_t at = channel * p.source_channel;
    bool inside = true;
#pragma unroll
    for (int d = 0; d < 3; ++d) {
      const uint32_t position = column.at[d] + static_cast<uint32_t>(taps[d]) * p.axes[d].tap_step;
      inside &= position < p.axes[d].source;
      at += position * p.axes[d].source_stride;
    }
    return inside ? at : -1;
  }
};

template <class T>
VT_DEVICE SumType<T> start(const GatherParams& p, int64_t channel) {
  return p.bias != nullptr ? to_sum(static_cast<const T*>(p.bias)[channel]) : SumType<T>{};
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) gather_tiles(const __grid_constant__ GatherParams p) {
  wait_for_previous_kernel();
  using W = SumType<T>;
  __shared__ ProductStrip<W> weights;
  __shared__ ProductStrip<W> windows;
  const Phases phases(p, blockIdx.y);
  int64_t block = blockIdx.x;
  const int64_t row = block % p.tiles_down * kProductTile;
  block /= p.tiles_down;
  const int64_t column = block % p.tiles_across * kProductTile;
  block /= p.tiles_across;
  const int64_t group = block % p.groups;
  const int64_t part = block / p.groups;
  if (column >= phases.columns) return;

  const auto thread = static_cast<int>(threadIdx.x);
  const T* weight = static_cast<const T*>(p.weight) + group * p.weight_group;
  // Neighbouring threads read neighbouring steps of the weight, and neighbouring positions of the source.
  const int weight_step = thread % kProductSteps;
  const int weight_line = thread / kProductSteps;
  const int window_line = thread % kProductTile;
  const int window_step = thread / kProductTile;
  const bool has_column = column + window_line < phases.columns;
  const Column own(p, phases, has_column ? column + window_line : 0);
  const T* source = static_cast<const T*>(p.source) + own.source + group * p.channels * p.source_channel;

  ProductSums<W> sums{};
  const int64_t begin = part * p.steps_per_split;
  const int64_t end = begin + p.steps_per_split < phases.depth ? begin + p.steps_per_split : phases.depth;
  for (int64_t first = begin; first < end; first += kProductSteps) {
    {
      const int64_t number = first + weight_step;
      const Step step(phases, static_cast<int32_t>(number < end ? number : 0));
      const int64_t at = step.weight(p, phases);
#pragma unroll
      for (int load = 0; load < kProductLoads; ++load) {
        const int line = weight_line + load * (kBlockThreads / kProductSteps);
        const bool inside = number < end && row + line < p.rows;
        weights[weight_step][line] = inside ? to_sum(weight[(row + line) * p.weight_row + at]) : W{};
      }
    }
#pragma unroll
    for (int load = 0; load < kProductLoads; ++load) {
      const int line = window_step + load * (kBlockThreads / kProductTile);
      const int64_t number = first + line;
      const Step step(phases, static_cast<int32_t>(number < end ? number : 0));
      const int64_t at = number < end && has_column ? step.source(p, own) : -1;
      windows[line][window_line] = at >= 0 ? to_sum(source[at]) : W{};
    }
    __syncthreads();
    sums.add(weights, windows);
    __syncthreads();
  }

  sums.for_each([&](int i, int j, W sum) {
    const int64_t r = row + i;
    const int64_t c = column + j;
    if (r >= p.rows || c >= phases.columns) return;
    const int64_t channel = group * p.rows + r;
    if (p.partial != nullptr) {
      static_cast<W*>(p.partial)[(part * p.groups * p.rows + channel) * p.columns + c] = sum;
      return;
    }
    const Column to(p, phases, c);
    static_cast<T*>(p.result)[to.result + channel * p.result_channel] = from_sum<T>(sum_of(sum, start<T>(p, channel)));
  });
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) gather_elements(const __grid_constant__ GatherParams p) {
  wait_for_previous_kernel();
  const Phases phases(p, blockIdx.y);
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t channel = i / p.columns;
  const int64_t c = i - channel * p.columns;
  if (channel >= p.groups * p.rows || c >= phases.columns) return;
  const int64_t group = channel / p.rows;
  const Column column(p, phases, c);
  const T* weight =
      static_cast<const T*>(p.weight) + group * p.weight_group + (channel - group * p.rows) * p.weight_row;
  const T* source = static_cast<const T*>(p.source) + column.source + group * p.channels * p.source_channel;
  SumType<T> sum{};
  for (int32_t number = 0; number < phases.depth; ++number) {
    const Step step(phases, number);
    const int64_t at = step.source(p, column);
    if (at < 0) continue;
    sum = fused(conjugated(to_sum(weight[step.weight(p, phases)]), p.conjugate), to_sum(source[at]), sum);
  }
  static_cast<T*>(p.result)[column.result + channel * p.result_channel] =
      from_sum<T>(sum_of(sum, start<T>(p, channel)));
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) gather_finish(const __grid_constant__ GatherParams p) {
  wait_for_previous_kernel();
  using W = SumType<T>;
  const Phases phases(p, 0);
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t num = p.groups * p.rows * p.columns;
  if (i >= num) return;
  const int64_t channel = i / p.columns;
  W sum{};
  for (int64_t part = 0; part < p.splits; ++part) sum = sum_of(sum, static_cast<const W*>(p.partial)[part * num + i]);
  const Column to(p, phases, i - channel * p.columns);
  static_cast<T*>(p.result)[to.result + channel * p.result_channel] = from_sum<T>(sum_of(sum, start<T>(p, channel)));
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) gather_columns(const __grid_constant__ ColumnsParams p) {
  wait_for_previous_kernel();
  const Phases phases(p.gather, 0);
  const uint32_t i = blockIdx.x * kBlockThreads + threadIdx.x;
  const uint32_t row = i / p.positions;
  const int64_t entry = row / static_cast<uint32_t>(phases.depth);
  if (entry >= p.gather.batch) return;
  const int64_t position = i - row * p.positions;
  const auto number = static_cast<int32_t>(row % static_cast<uint32_t>(phases.depth));
  const Column column(p.gather, phases, entry * p.positions + position);
  const int64_t at = Step(phases, number).source(p.gather, column);
  T value{};
  if (at >= 0) value = static_cast<const T*>(p.gather.source)[column.source + at];
  static_cast<T*>(p.columns)[entry * p.batch + number * p.step + position] = value;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) gather_weights(const __grid_constant__ ColumnsParams p) {
  wait_for_previous_kernel();
  const Phases phases(p.gather, 0);
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t row = i / phases.depth;
  if (row >= p.gather.rows) return;
  const Step step(phases, static_cast<int32_t>(i - row * phases.depth));
  static_cast<T*>(p.columns)[i] =
      static_cast<const T*>(p.gather.weight)[row * p.gather.weight_row + step.weight(p.gather, phases)];
}

// What is only moved goes by the size of its elements: zero has the same bits in all.
template <class Make>
const void* moved_kernel(DtypeIndex dtype, Make&& make) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16:
    case DtypeIndex::kBFloat16: return make.template operator()<uint16_t>();
    case DtypeIndex::kFloat32: return make.template operator()<uint32_t>();
    case DtypeIndex::kFloat64: return make.template operator()<uint64_t>();
    default: return nullptr;
  }
}

}  // namespace

const void* gather_columns_kernel(DtypeIndex dtype) noexcept {
  return moved_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&gather_columns<T>); });
}
const void* gather_weights_kernel(DtypeIndex dtype) noexcept {
  return moved_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&gather_weights<T>); });
}
const void* gather_tiles_kernel(DtypeIndex dtype) noexcept {
  return real_convolution_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&gather_tiles<T>); });
}
const void* gather_elements_kernel(DtypeIndex dtype) noexcept {
  return convolution_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&gather_elements<T>); });
}
const void* gather_finish_kernel(DtypeIndex dtype) noexcept {
  return real_convolution_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&gather_finish<T>); });
}

}  // namespace vt::cuda
