// SPDX-License-Identifier: Apache-2.0
// batch_norm and group_norm (Note [Channel norms] in vt/cpp/spatial/channel_norm.hpp): a block takes the sums of a statistic,
// element-wise kernels write.
#include "channel_norm.hpp"

#include "row.cuh"

namespace vt::cuda {
namespace {

using Block = RowGroup<kBlockThreads>;

// Elements that are added up in their own type before they join the total.
constexpr int kPart = 32;

// The sums over a block's elements of the two numbers that term(i) gives; every thread gets them.
template <class W, class Term>
VT_DEVICE Array<double, 2> block_sums(int64_t num, Term term) {
  double totals[2] = {0, 0};
  int64_t i = threadIdx.x;
  while (i < num) {
    W parts[2] = {0, 0};
    for (int k = 0; k < kPart && i < num; ++k, i += kBlockThreads) {
      const Array<W, 2> own = term(i);
      parts[0] += own[0];
      parts[1] += own[1];
    }
    totals[0] += parts[0];
    totals[1] += parts[1];
  }
  Array<double, 2> sums;
  sums[0] = Block::reduce(totals[0], Add{});
  sums[1] = Block::reduce(totals[1], Add{});
  return sums;
}

// The place of element i of a statistic.
VT_DEVICE int64_t place_in_stat(const ChannelNormParams& p, int64_t stat, int64_t i) {
  if (p.groups) return stat * (p.channels / p.groups) * p.size + i;
  const int64_t run = i / p.size;
  return (run * p.channels + stat) * p.size + (i - run * p.size);
}
VT_DEVICE int64_t stat_of(const ChannelNormParams& p, int64_t run) {
  return p.groups ? run / (p.channels / p.groups) : run % p.channels;
}
VT_DEVICE int64_t count_of(const ChannelNormParams& p) {
  return p.groups ? p.channels / p.groups * p.size : p.batch * p.size;
}

template <class W>
VT_DEVICE W number(const void* numbers, int64_t i, W otherwise) {
  return numbers ? static_cast<const W*>(numbers)[i] : otherwise;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) channel_measure(const __grid_constant__ ChannelNormParams p) {
  using W = Wide<T>;
  const int64_t stat = blockIdx.x;
  const int64_t count = count_of(p);
  const auto* x = static_cast<const T*>(p.input);
  const double mean = block_sums<W>(count,
                                    [&](int64_t i) {
                                      Array<W, 2> own{};
                                      own[0] = to_wide(x[place_in_stat(p, stat, i)]);
                                      return own;
                                    })[0] /
                      static_cast<double>(count);
  const W centre = static_cast<W>(mean);
  const auto sums = block_sums<W>(count, [&](int64_t i) {
    const W d = to_wide(x[place_in_stat(p, stat, i)]) - centre;
    Array<W, 2> own{};
    own[0] = d * d;
    return own;
  });
  if (threadIdx.x != 0) return;
  const double off = mean - static_cast<double>(centre);
  const double squares = sums[0] - off * off * static_cast<double>(count);
  static_cast<W*>(p.mean)[stat] = static_cast<W>(mean);
  static_cast<W*>(p.rstd)[stat] = static_cast<W>(1 / sqrt(squares / static_cast<double>(count) + p.eps));
  const auto move = [&](void* running, double value) {
    if (!running) return;
    W& own = static_cast<W*>(running)[stat];
    own = static_cast<W>((1 - p.momentum) * own + p.momentum * value);
  };
  if (count > 0) move(p.running_mean, mean);
  if (count > 0) move(p.running_var, squares / static_cast<double>(count - 1));
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) channel_apply(const __grid_constant__ ChannelNormParams p) {
  using W = Wide<T>;
  const int64_t num = p.batch * p.channels * p.size;
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kChannelElementsPerThread + threadIdx.x;
  for (int e = 0; e < kChannelElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= num) return;
    const int64_t run = i / p.size;
    const int64_t stat = stat_of(p, run);
    const int64_t channel = run % p.channels;
    const W h = to_wide(static_cast<const T*>(p.input)[i]) - static_cast<const W*>(p.mean)[stat];
    const W scale = static_cast<const W*>(p.rstd)[stat] * number<W>(p.weight, channel, 1);
    static_cast<T*>(p.out)[i] = from_wide<T>(h * scale + number<W>(p.bias, channel, 0));
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) channel_sums(const __grid_constant__ ChannelNormParams p) {
  using W = Wide<T>;
  const int64_t index = blockIdx.x;
  const int64_t count = p.groups ? p.size : p.batch * p.size;
  const W mean = static_cast<const W*>(p.mean)[p.groups ? stat_of(p, index) : index];
  const auto sums = block_sums<W>(count, [&](int64_t i) {
    const int64_t at = p.groups ? index * p.size + i : place_in_stat(p, index, i);
    const W g = to_wide(static_cast<const T*>(p.grad)[at]);
    Array<W, 2> own;
    own[0] = g;
    own[1] = g * (to_wide(static_cast<const T*>(p.input)[at]) - mean);
    return own;
  });
  if (threadIdx.x != 0) return;
  p.sums[2 * index] = sums[0];
  p.sums[2 * index + 1] = sums[1];
}

template <class W>
__global__ void __launch_bounds__(kBlockThreads) channel_settle(const __grid_constant__ ChannelNormParams p) {
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const auto rstd = [&](int64_t stat) { return static_cast<double>(static_cast<const W*>(p.rstd)[stat]); };
  if (i < (p.groups ? p.batch * p.groups : p.channels)) {
    const int64_t num = p.groups ? p.channels / p.groups : 1;
    double grads = 0;
    double products = 0;
    for (int64_t index = i * num; index < (i + 1) * num; ++index) {
      const double weight = number<W>(p.weight, index % p.channels, 1);
      grads += weight * p.sums[2 * index];
      products += weight * p.sums[2 * index + 1];
    }
    const auto count = static_cast<double>(count_of(p));
    const double r = rstd(i);
    p.terms[2 * i] = p.measured ? -r * r * r * products / count : 0;
    p.terms[2 * i + 1] = p.measured ? -r * grads / count : 0;
  }
  if (i < p.channels) {
    double grads = 0;
    double products = 0;
    for (int64_t n = 0; n < (p.groups ? p.batch : 1); ++n) {
      const int64_t index = n * p.channels + i;
      grads += p.sums[2 * index];
      products += p.sums[2 * index + 1] * rstd(p.groups ? stat_of(p, index) : i);
    }
    if (p.weight_grad) static_cast<W*>(p.weight_grad)[i] = static_cast<W>(products);
    if (p.bias_grad) static_cast<W*>(p.bias_grad)[i] = static_cast<W>(grads);
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) channel_gradient(const __grid_constant__ ChannelNormParams p) {
  using W = Wide<T>;
  const int64_t num = p.batch * p.channels * p.size;
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kChannelElementsPerThread + threadIdx.x;
  for (int e = 0; e < kChannelElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= num) return;
    const int64_t run = i / p.size;
    const int64_t stat = stat_of(p, run);
    const W scale = static_cast<const W*>(p.rstd)[stat] * number<W>(p.weight, run % p.channels, 1);
    const W centred = to_wide(static_cast<const T*>(p.input)[i]) - static_cast<const W*>(p.mean)[stat];
    static_cast<T*>(p.out)[i] =
        from_wide<T>(to_wide(static_cast<const T*>(p.grad)[i]) * scale + centred * static_cast<W>(p.terms[2 * stat]) +
                     static_cast<W>(p.terms[2 * stat + 1]));
  }
}

struct ChannelMeasureOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&channel_measure<T>);
  }
};
struct ChannelApplyOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&channel_apply<T>);
  }
};
struct ChannelSumsOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&channel_sums<T>);
  }
};
struct ChannelGradientOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&channel_gradient<T>);
  }
};

}  // namespace

const void* channel_measure_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, ChannelMeasureOf{}); }
const void* channel_apply_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, ChannelApplyOf{}); }
const void* channel_sums_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, ChannelSumsOf{}); }
const void* channel_settle_kernel(DtypeIndex compute) noexcept {
  return compute == DtypeIndex::kFloat64 ? reinterpret_cast<const void*>(&channel_settle<double>)
                                         : reinterpret_cast<const void*>(&channel_settle<float>);
}
const void* channel_gradient_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, ChannelGradientOf{}); }

}  // namespace vt::cuda
