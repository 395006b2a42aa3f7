// SPDX-License-Identifier: Apache-2.0
// Gradients of layer_norm and rms_norm over rows that are held, with the sums of columns (Notes [Norm rows] and [Norm gradients]).
#include "device/tensor_core.cuh"
#include "norm.hpp"
#include "norm_rows.cuh"
#include "row.cuh"

namespace vt::cuda {
namespace {

constexpr int kPacks = NormGroups::kGradientPacks;
constexpr int kAhead = NormGroups::kRowsAhead;

// Where a thread is: in a group that takes rows in turn.
template <bool kWholeWarps>
struct Place {
  // Of a block, and the bytes of a pack of each.
  static constexpr int kThreads = kWholeWarps ? NormGroups::kMostGradientThreads : kBlockThreads;
  static constexpr int kPackBytes = 16 * kThreads;

  int lanes;
  int lane;
  int group;  // in the block
  int num_groups;

  VT_DEVICE explicit Place(const NormKernel& p)
      : lanes(p.lanes),
        lane(static_cast<int>(threadIdx.x) & (lanes - 1)),
        group(static_cast<int>(threadIdx.x) / lanes),
        num_groups(kThreads / lanes) {}
  // Where the thread's pack v begins.
  template <class T>
  VT_DEVICE int at(int v) const {
    return (v * lanes + lane) * kPack<T>;
  }
};

// The rows of a group, of each the packs that a thread has of input and gradient: on their way to shared memory if they are vectors,
// else read when they are taken.
template <class T, bool kWholeWarps, bool kVectors>
class RowsAhead {
 public:
  VT_DEVICE RowsAhead(const NormKernel& p, const Place<kWholeWarps>& place, int64_t row, int64_t step)
      : place_(place),
        size_(static_cast<int>(p.size)),
        left_(row < p.num_rows ? (p.num_rows - row - 1) / step + 1 : 0),
        stride_(step * p.size),
        input_(static_cast<const T*>(p.input) + row * p.size),
        grad_(static_cast<const T*>(p.grad) + row * p.size) {
    if constexpr (kVectors)
      for (int s = 0; s < kAhead - 1; ++s) ask();
  }

  // The next row, if there is one.
  VT_DEVICE void take(RawPack (&x)[kPacks], RawPack (&g)[kPacks]) {
    if constexpr (kVectors) {
      ask();
      wait_for_copies<kAhead - 1>();
      const char* slot = static_cast<const char*>(dynamic_shared_memory()) + offset_of(taken_);
#pragma unroll
      for (int v = 0; v < kPacks; ++v) {
        x[v] = *reinterpret_cast<const RawPack*>(slot + v * Group::kPackBytes);
        g[v] = *reinterpret_cast<const RawPack*>(slot + (kPacks + v) * Group::kPackBytes);
      }
      taken_ = after(taken_);
    } else {
      if (left_ > 0)
#pragma unroll
        for (int v = 0; v < kPacks; ++v) {
          x[v] = load_raw(input_, place_.template at<T>(v), size_, false);
          g[v] = load_raw(grad_, place_.template at<T>(v), size_, false);
        }
      go_on();
    }
  }

 private:
  using Group = Place<kWholeWarps>;

  VT_DEVICE static int after(int slot) { return slot + 1 == kAhead ? 0 : slot + 1; }
  VT_DEVICE static int offset_of(int slot) {
    return slot * 2 * kPacks * Group::kPackBytes + static_cast<int>(threadIdx.x) * 16;
  }
  VT_DEVICE void ask() {
    if (left_ > 0) {
      const SharedAddress slot = dynamic_shared() + static_cast<SharedAddress>(offset_of(asked_));
#pragma unroll
      for (int v = 0; v < kPacks; ++v) {
        const int at = place_.template at<T>(v);
        if (at >= size_) continue;
        copy_async<16>(slot + static_cast<SharedAddress>(v * Group::kPackBytes), input_ + at, 16);
        copy_async<16>(slot + static_cast<SharedAddress>((kPacks + v) * Group::kPackBytes), grad_ + at, 16);
      }
    }
    end_copies();
    asked_ = after(asked_);
    go_on();
  }
  VT_DEVICE void go_on() {
    --left_;
    input_ += stride_;
    grad_ += stride_;
  }

  const Place<kWholeWarps>& place_;
  int size_;
  int64_t left_;  // rows to read
  int64_t stride_;
  const T* input_;  // the row to read next
  const T* grad_;
  int asked_ = 0;  // the slot that it goes to
  int taken_ = 0;
};

// Two sums over the threads of a row; every thread gets them. `turn` is that of the row: one barrier keeps rows apart.
template <bool kWholeWarps, class W>
VT_DEVICE Array<W, 2> sums_of_row(W first, W second, const Place<kWholeWarps>& place, int turn) {
  Array<W, 2> sums;
  if constexpr (kWholeWarps) {
    constexpr int kWarps = NormGroups::kMostGradientThreads / 32;
    static_assert(kWarps == 16);
    const int half = static_cast<int>(threadIdx.x) / 16 % 2;
    W* parts = reinterpret_cast<W*>(static_cast<char*>(dynamic_shared_memory()) + NormGroups::kSlotBytes) +
               (turn * 2 + half) * kWarps;
    W own = sums_of_halves(first, second, 32);
    if (threadIdx.x % 16 == 0) parts[threadIdx.x / 32] = own;
    __syncthreads();
    // Lane i of a half has that of the group's warp i.
    const int i = static_cast<int>(threadIdx.x) % 16;
    own = i < place.lanes / 32 ? parts[place.group * (place.lanes / 32) + i] : W{0};
    own = sum_of_lanes(own, 16);
    sums[0] = __shfl_sync(0xffffffffu, own, 0);
    sums[1] = __shfl_sync(0xffffffffu, own, 16);
  } else if (place.lanes > 1) {
    const W own = sums_of_halves(first, second, place.lanes);
    const int lane = static_cast<int>(threadIdx.x) % 32 - place.lane;
    sums[0] = __shfl_sync(0xffffffffu, own, lane);
    sums[1] = __shfl_sync(0xffffffffu, own, lane + place.lanes / 2);
  } else {
    sums[0] = first;
    sums[1] = second;
  }
  return sums;
}

// Adds the values of threads that have the same columns; those of the first group get the sums. All rows have been taken: their
// place is free.
template <int kThreads, class W, int kNum>
VT_DEVICE void add_over_groups(Array<W, kNum>& values, int lanes) {
  auto* parts = static_cast<Array<W, kNum>*>(dynamic_shared_memory());
  __syncthreads();
  parts[threadIdx.x] = values;
  __syncthreads();
  if (static_cast<int>(threadIdx.x) >= lanes) return;
  for (int t = static_cast<int>(threadIdx.x) + lanes; t < kThreads; t += lanes)
#pragma unroll
    for (int k = 0; k < kNum; ++k) values[k] += parts[t][k];
}

template <class T, bool kWholeWarps, bool kVectors, bool kBias>
__global__ void __launch_bounds__(Place<kWholeWarps>::kThreads,
                                  NormGroups::kMostGradientThreads / Place<kWholeWarps>::kThreads)
    norm_gradients(const __grid_constant__ NormKernel p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  constexpr int kNum = kPack<T>;
  const int size = static_cast<int>(p.size);
  const Place<kWholeWarps> place(p);
  const int64_t step = int64_t{gridDim.x} * place.num_groups;
  const int64_t first = int64_t{blockIdx.x} * place.num_groups;
  const auto mean_of = [&](int64_t row) {
    return p.centred && row < p.num_rows ? static_cast<const W*>(p.mean)[row] : W{0};
  };
  const auto rstd_of = [&](int64_t row) { return row < p.num_rows ? static_cast<const W*>(p.rstd)[row] : W{0}; };
  const W share = static_cast<W>(p.share);

  Array<W, kNum> weight[kPacks];
#pragma unroll
  for (int v = 0; v < kPacks; ++v) {
    const int at = place.template at<T>(v);
    if (p.weight.data && at < size) {
      weight[v] = load_parameter<T>(p.weight, at, size, kVectors);
    } else {
#pragma unroll
      for (int k = 0; k < kNum; ++k) weight[v][k] = 1;
    }
  }
  Array<W, kNum> weight_sums[kPacks]{};
  Array<W, kNum> bias_sums[kBias ? kPacks : 1]{};

  RowsAhead<T, kWholeWarps, kVectors> rows(p, place, first + place.group, step);
  W next_mean = mean_of(first + place.group);
  W next_rstd = rstd_of(first + place.group);
  int turn = 0;
  // Groups without a row take part in the sums of the others.
  for (int64_t row = first + place.group; row - place.group < p.num_rows; row += step) {
    RawPack raw_x[kPacks];
    RawPack raw_g[kPacks];
    rows.take(raw_x, raw_g);
    const W mean = next_mean;
    const W rstd = next_rstd;
    next_mean = mean_of(row + step);
    next_rstd = rstd_of(row + step);

    Array<W, kNum> h[kPacks];   // the row, normalised
    Array<W, kNum> gw[kPacks];  // the gradient times the weight
    W along = 0;                // the sum of their products
    W level = 0;
#pragma unroll
    for (int v = 0; v < kPacks; ++v) {
      if (row >= p.num_rows || place.template at<T>(v) >= size) continue;
      h[v] = widened<T>(raw_x[v]);
      const auto g = widened<T>(raw_g[v]);
#pragma unroll
      for (int k = 0; k < kNum; ++k) {
        h[v][k] = normalised<T>(h[v][k], mean, rstd);
        gw[v][k] = g[k] * weight[v][k];
        along = multiply_add<T>(gw[v][k], h[v][k], along);
        level += gw[v][k];
        weight_sums[v][k] = multiply_add<T>(g[k], h[v][k], weight_sums[v][k]);
        if constexpr (kBias) bias_sums[v][k] += g[k];
      }
    }
    if (!p.out) continue;
    const auto sums = sums_of_row<kWholeWarps>(along, level, place, turn);
    turn ^= 1;
    along = sums[0] * share;
    level = p.centred ? sums[1] * share : W{0};
#pragma unroll
    for (int v = 0; v < kPacks; ++v) {
      const int at = place.template at<T>(v);
      if (row >= p.num_rows || at >= size) continue;
#pragma unroll
      for (int k = 0; k < kNum; ++k) gw[v][k] = rstd * multiply_add<T>(h[v][k], -along, gw[v][k] - level);
      store_pack<T, kNum>(static_cast<T*>(p.out) + row * p.size, at, size, kVectors, gw[v]);
    }
  }

  const auto give = [&](void* to, Array<W, kNum>(&packs)[kPacks]) {
    if (!to) return;
#pragma unroll
    for (int v = 0; v < kPacks; ++v) {
      if (place.num_groups > 1) add_over_groups<place.kThreads>(packs[v], place.lanes);
      const int at = place.template at<T>(v);
      if (at < size && place.group == 0)
        store_pack<W, kNum>(static_cast<W*>(to) + int64_t{blockIdx.x} * size, at, size, kVectors, packs[v]);
    }
  };
  give(p.weight_sums, weight_sums);
  if constexpr (kBias) give(p.bias_sums, bias_sums);
}

}  // namespace

const void* norm_gradients_kernel(DtypeIndex dtype, bool whole_warps, bool vectors, bool bias) noexcept {
  return row_kernel(dtype, [=]<class T>() -> const void* {
    if (whole_warps)
      return bias ? reinterpret_cast<const void*>(&norm_gradients<T, true, true, true>)
                  : reinterpret_cast<const void*>(&norm_gradients<T, true, true, false>);
    if (vectors)
      return bias ? reinterpret_cast<const void*>(&norm_gradients<T, false, true, true>)
                  : reinterpret_cast<const void*>(&norm_gradients<T, false, true, false>);
    return bias ? reinterpret_cast<const void*>(&norm_gradients<T, false, false, true>)
                : reinterpret_cast<const void*>(&norm_gradients<T, false, false, false>);
  });
}

}  // namespace vt::cuda
