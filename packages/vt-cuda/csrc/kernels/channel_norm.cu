// SPDX-License-Identifier: Apache-2.0
// batch_norm and group_norm (Note [Channel norms] in vt/cpp/spatial/channel_norm.hpp): blocks take the sums of slices of a statistic
// (Note [Pieces of channels]), element-wise kernels write.
#include "channel_norm.hpp"

#include "row.cuh"

namespace vt::cuda {
namespace {

using Block = RowGroup<kBlockThreads>;

// A piece as it lies in memory, and its elements as they are computed with.
template <class T, int kNum>
using Piece = std::conditional_t<kNum == 1, T, RawPack>;
// Of a gradient and of what was normalised.
template <class T, int kNum>
struct PairOf {
  Piece<T, kNum> g;
  Piece<T, kNum> x;
};
template <class T, int kNum>
VT_DEVICE Piece<T, kNum> load_piece(const void* data, int64_t piece) {
  return static_cast<const Piece<T, kNum>*>(data)[piece];
}
template <class T, int kNum>
VT_DEVICE Array<Wide<T>, kNum> elements_of(const Piece<T, kNum>& piece) {
  if constexpr (kNum == 1) {
    return {to_wide(piece)};
  } else {
    return widened<T>(piece);
  }
}
template <class T, int kNum>
VT_DEVICE void store_piece(void* data, int64_t piece, const Array<Wide<T>, kNum>& values) {
  auto* at = static_cast<Piece<T, kNum>*>(data) + piece;
  if constexpr (kNum == 1) {
    *at = from_wide<T>(values[0]);
  } else {
    *at = narrowed<T>(values);
  }
}

// The sums over pieces begin to end - 1 of the two numbers to which add(sums, loaded) adds what load(piece) gave; every thread
// gets them. The pieces of a few loads are added up in their own type before they join the total.
template <class W, int kNum, class Load, class AddTo>
VT_DEVICE Array<double, 2> block_sums(int64_t begin, int64_t end, Load load, AddTo add) {
  constexpr int kAhead = kNum == 1 ? 8 : 4;
  double totals[2] = {0, 0};
  for (int64_t first = begin + threadIdx.x; first < end; first += kAhead * kBlockThreads) {
    decltype(load(first)) loaded[kAhead];
#pragma unroll
    for (int a = 0; a < kAhead; ++a)
      if (first + a * kBlockThreads < end) loaded[a] = load(first + a * kBlockThreads);
    Array<W, 2> parts{};
#pragma unroll
    for (int a = 0; a < kAhead; ++a)
      if (first + a * kBlockThreads < end) add(parts, loaded[a]);
    totals[0] += parts[0];
    totals[1] += parts[1];
  }
  Array<double, 2> sums;
  sums[0] = Block::reduce(totals[0], Add{});
  sums[1] = Block::reduce(totals[1], Add{});
  return sums;
}

VT_DEVICE int64_t divided(const ChannelNormParams& p, int64_t n, int64_t by) {
  return p.is_narrow ? static_cast<uint32_t>(n) / static_cast<uint32_t>(by) : n / by;
}
VT_DEVICE int64_t pieces_of_run(const ChannelNormParams& p) { return p.size / p.piece; }
// The place of piece i of a statistic.
VT_DEVICE int64_t place_in_stat(const ChannelNormParams& p, int64_t stat, int64_t i) {
  const int64_t pieces = pieces_of_run(p);
  if (p.groups) return stat * (p.channels / p.groups) * pieces + i;
  const int64_t run = divided(p, i, pieces);
  return (run * p.channels + stat) * pieces + (i - run * pieces);
}
VT_DEVICE int64_t channel_of(const ChannelNormParams& p, int64_t run) {
  return run - divided(p, run, p.channels) * p.channels;
}
VT_DEVICE int64_t stat_of(const ChannelNormParams& p, int64_t run) {
  return p.groups ? divided(p, run, p.channels / p.groups) : channel_of(p, run);
}
VT_DEVICE int64_t count_of(const ChannelNormParams& p) {
  return p.groups ? p.channels / p.groups * p.size : p.batch * p.size;
}
// The slice of the calling block, of something of `count` elements.
struct Slice {
  int64_t begin;
  int64_t end;
  VT_DEVICE Slice(const ChannelNormParams& p, int64_t count) : begin(blockIdx.y * p.slice), end(begin + p.slice) {
    if (end > count / p.piece) end = count / p.piece;
  }
};

template <class W>
VT_DEVICE W number(const void* numbers, int64_t i, W otherwise) {
  return numbers ? static_cast<const W*>(numbers)[i] : otherwise;
}

// Writes a statistic of `count` elements, and moves what runs with it.
template <class W>
VT_DEVICE void give_stat(const ChannelNormParams& p, int64_t stat, double mean, double squares) {
  const auto count = static_cast<double>(count_of(p));
  static_cast<W*>(p.mean)[stat] = static_cast<W>(mean);
  static_cast<W*>(p.rstd)[stat] = static_cast<W>(1 / sqrt(squares / count + p.eps));
  const auto move = [&](void* running, double value) {
    if (!running) return;
    W& own = static_cast<W*>(running)[stat];
    own = static_cast<W>((1 - p.momentum) * own + p.momentum * value);
  };
  if (count > 0) move(p.running_mean, mean);
  if (count > 0) move(p.running_var, squares / (count - 1));
}

template <class T, int kNum>
__global__ void __launch_bounds__(kBlockThreads) channel_measure(const __grid_constant__ ChannelNormParams p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  using Loaded = Piece<T, kNum>;
  const int64_t stat = blockIdx.x;
  const Slice slice(p, count_of(p));
  const auto count = static_cast<double>((slice.end - slice.begin) * kNum);
  const auto load = [&](int64_t i) { return load_piece<T, kNum>(p.input, place_in_stat(p, stat, i)); };
  const auto sum = block_sums<W, kNum>(slice.begin, slice.end, load, [](Array<W, 2>& sums, const Loaded& loaded) {
    const auto x = elements_of<T, kNum>(loaded);
#pragma unroll
    for (int k = 0; k < kNum; ++k) sums[0] += x[k];
  });
  const double mean = sum[0] / count;
  const W centre = static_cast<W>(mean);
  const auto distances =
      block_sums<W, kNum>(slice.begin, slice.end, load, [=](Array<W, 2>& sums, const Loaded& loaded) {
        const auto x = elements_of<T, kNum>(loaded);
#pragma unroll
        for (int k = 0; k < kNum; ++k) sums[0] += (x[k] - centre) * (x[k] - centre);
      });
  if (threadIdx.x != 0) return;
  const double off = mean - static_cast<double>(centre);
  const double squares = distances[0] - off * off * count;
  if (p.num_slices == 1) {
    give_stat<W>(p, stat, mean, squares);
  } else {
    double* own = p.sums + 2 * (stat * p.num_slices + blockIdx.y);
    own[0] = mean;
    own[1] = squares;
  }
}

// Of what the slices of a statistic have (Chan, Golub and LeVeque, 1979).
template <class W>
__global__ void __launch_bounds__(kBlockThreads) channel_combine(const __grid_constant__ ChannelNormParams p) {
  wait_for_previous_kernel();
  const int64_t stat = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (stat >= (p.groups ? p.batch * p.groups : p.channels)) return;
  const double* parts = p.sums + 2 * stat * p.num_slices;
  const int64_t count = count_of(p);
  const auto count_of_slice = [&](int64_t s) {
    const int64_t left = count - s * p.slice * p.piece;
    return static_cast<double>(left < p.slice * p.piece ? left : p.slice * p.piece);
  };
  double mean = 0;
  for (int64_t s = 0; s < p.num_slices; ++s) mean += parts[2 * s] * count_of_slice(s);
  mean /= static_cast<double>(count);
  double squares = 0;
  for (int64_t s = 0; s < p.num_slices; ++s)
    squares += parts[2 * s + 1] + count_of_slice(s) * ((parts[2 * s] - mean) * (parts[2 * s] - mean));
  give_stat<W>(p, stat, mean, squares);
}

// store(piece, loaded) for the pieces of the calling thread, of which load(piece, stat, channel) reads all first what they need.
template <class Load, class Store>
VT_DEVICE void each_piece(const ChannelNormParams& p, Load load, Store store) {
  const int64_t pieces = pieces_of_run(p);
  const int64_t num = p.batch * p.channels * pieces;
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kChannelPiecesPerThread + threadIdx.x;
  decltype(load(first, first, first)) loaded[kChannelPiecesPerThread];
#pragma unroll
  for (int e = 0; e < kChannelPiecesPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= num) break;
    const int64_t run = divided(p, i, pieces);
    loaded[e] = load(i, stat_of(p, run), channel_of(p, run));
  }
#pragma unroll
  for (int e = 0; e < kChannelPiecesPerThread; ++e)
    if (first + e * kBlockThreads < num) store(first + e * kBlockThreads, loaded[e]);
}

template <class T, int kNum>
__global__ void __launch_bounds__(kBlockThreads) channel_apply(const __grid_constant__ ChannelNormParams p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  struct Loaded {
    Piece<T, kNum> x;
    W mean;
    W scale;
    W bias;
  };
  const auto load = [&](int64_t piece, int64_t stat, int64_t channel) {
    return Loaded{load_piece<T, kNum>(p.input, piece), static_cast<const W*>(p.mean)[stat],
                  static_cast<const W*>(p.rstd)[stat] * number<W>(p.weight, channel, 1), number<W>(p.bias, channel, 0)};
  };
  each_piece(p, load, [&](int64_t piece, const Loaded& loaded) {
    auto x = elements_of<T, kNum>(loaded.x);
#pragma unroll
    for (int k = 0; k < kNum; ++k) x[k] = (x[k] - loaded.mean) * loaded.scale + loaded.bias;
    store_piece<T, kNum>(p.out, piece, x);
  });
}

template <class T, int kNum>
__global__ void __launch_bounds__(kBlockThreads) channel_sums(const __grid_constant__ ChannelNormParams p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  const int64_t index = blockIdx.x;
  const Slice slice(p, p.groups ? p.size : p.batch * p.size);
  const W mean = static_cast<const W*>(p.mean)[p.groups ? stat_of(p, index) : index];
  const auto load = [&](int64_t i) {
    const int64_t at = p.groups ? index * pieces_of_run(p) + i : place_in_stat(p, index, i);
    return PairOf<T, kNum>{load_piece<T, kNum>(p.grad, at), load_piece<T, kNum>(p.input, at)};
  };
  const auto sums =
      block_sums<W, kNum>(slice.begin, slice.end, load, [=](Array<W, 2>& parts, const PairOf<T, kNum>& pieces) {
        const auto g = elements_of<T, kNum>(pieces.g);
        const auto x = elements_of<T, kNum>(pieces.x);
#pragma unroll
        for (int k = 0; k < kNum; ++k) {
          parts[0] += g[k];
          parts[1] += g[k] * (x[k] - mean);
        }
      });
  if (threadIdx.x != 0) return;
  double* own = p.sums + 2 * (index * p.num_slices + blockIdx.y);
  own[0] = sums[0];
  own[1] = sums[1];
}

// The sums of all slices.
VT_DEVICE Array<double, 2> sums_at(const ChannelNormParams& p, int64_t index) {
  Array<double, 2> sums{};
  for (int64_t s = index * p.num_slices; s < (index + 1) * p.num_slices; ++s) {
    sums[0] += p.sums[2 * s];
    sums[1] += p.sums[2 * s + 1];
  }
  return sums;
}

template <class W>
__global__ void __launch_bounds__(kBlockThreads) channel_settle(const __grid_constant__ ChannelNormParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const auto rstd = [&](int64_t stat) { return static_cast<double>(static_cast<const W*>(p.rstd)[stat]); };
  if (i < (p.groups ? p.batch * p.groups : p.channels)) {
    const int64_t num = p.groups ? p.channels / p.groups : 1;
    double grads = 0;
    double products = 0;
    for (int64_t index = i * num; index < (i + 1) * num; ++index) {
      const double weight = number<W>(p.weight, index % p.channels, 1);
      const auto sums = sums_at(p, index);
      grads += weight * sums[0];
      products += weight * sums[1];
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
      const auto sums = sums_at(p, index);
      grads += sums[0];
      products += sums[1] * rstd(p.groups ? stat_of(p, index) : i);
    }
    if (p.weight_grad) static_cast<W*>(p.weight_grad)[i] = static_cast<W>(products);
    if (p.bias_grad) static_cast<W*>(p.bias_grad)[i] = static_cast<W>(grads);
  }
}

template <class T, int kNum>
__global__ void __launch_bounds__(kBlockThreads) channel_gradient(const __grid_constant__ ChannelNormParams p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  struct Loaded {
    PairOf<T, kNum> of;
    W mean;
    W scale;
    W factor;
    W level;
  };
  const auto load = [&](int64_t piece, int64_t stat, int64_t channel) {
    return Loaded{{load_piece<T, kNum>(p.grad, piece), load_piece<T, kNum>(p.input, piece)},
                  static_cast<const W*>(p.mean)[stat],
                  static_cast<const W*>(p.rstd)[stat] * number<W>(p.weight, channel, 1),
                  static_cast<W>(p.terms[2 * stat]),
                  static_cast<W>(p.terms[2 * stat + 1])};
  };
  each_piece(p, load, [&](int64_t piece, const Loaded& loaded) {
    auto g = elements_of<T, kNum>(loaded.of.g);
    const auto x = elements_of<T, kNum>(loaded.of.x);
#pragma unroll
    for (int k = 0; k < kNum; ++k) g[k] = g[k] * loaded.scale + (x[k] - loaded.mean) * loaded.factor + loaded.level;
    store_piece<T, kNum>(p.out, piece, g);
  });
}

}  // namespace

const void* channel_measure_kernel(DtypeIndex dtype, bool whole) noexcept {
  return row_kernel(dtype, [=]<class T>() {
    return whole ? reinterpret_cast<const void*>(&channel_measure<T, kPack<T>>)
                 : reinterpret_cast<const void*>(&channel_measure<T, 1>);
  });
}
const void* channel_combine_kernel(DtypeIndex compute) noexcept {
  return compute == DtypeIndex::kFloat64 ? reinterpret_cast<const void*>(&channel_combine<double>)
                                         : reinterpret_cast<const void*>(&channel_combine<float>);
}
const void* channel_apply_kernel(DtypeIndex dtype, bool whole) noexcept {
  return row_kernel(dtype, [=]<class T>() {
    return whole ? reinterpret_cast<const void*>(&channel_apply<T, kPack<T>>)
                 : reinterpret_cast<const void*>(&channel_apply<T, 1>);
  });
}
const void* channel_sums_kernel(DtypeIndex dtype, bool whole) noexcept {
  return row_kernel(dtype, [=]<class T>() {
    return whole ? reinterpret_cast<const void*>(&channel_sums<T, kPack<T>>)
                 : reinterpret_cast<const void*>(&channel_sums<T, 1>);
  });
}
const void* channel_settle_kernel(DtypeIndex compute) noexcept {
  return compute == DtypeIndex::kFloat64 ? reinterpret_cast<const void*>(&channel_settle<double>)
                                         : reinterpret_cast<const void*>(&channel_settle<float>);
}
const void* channel_gradient_kernel(DtypeIndex dtype, bool whole) noexcept {
  return row_kernel(dtype, [=]<class T>() {
    return whole ? reinterpret_cast<const void*>(&channel_gradient<T, kPack<T>>)
                 : reinterpret_cast<const void*>(&channel_gradient<T, 1>);
  });
}

}  // namespace vt::cuda
