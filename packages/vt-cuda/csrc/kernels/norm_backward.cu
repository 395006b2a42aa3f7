// SPDX-License-Identifier: Apache-2.0
// The backward pass of layer_norm and rms_norm over rows that are held, with the sums of columns (Note [Norm gradients]).
#include "device/tensor_core.cuh"
#include "norm.hpp"
#include "norm_parameter.cuh"
#include "row.cuh"

namespace vt::cuda {
namespace {

constexpr int kPacks = NormGradients::kPacks;
constexpr int kAhead = NormGradients::kAhead;

// Where a thread is. A group of threads takes rows in turn; a block has one or several groups, side by side.
template <bool kWholeBlock>
struct Place {
  int lanes;  // of a group
  int lane;
  int group;
  int64_t step;  // from a row to the group's next one

  VT_DEVICE explicit Place(const NormKernel& p) {
    const auto thread = static_cast<int>(threadIdx.x);
    const auto threads = static_cast<int>(blockDim.x);
    lanes = kWholeBlock ? threads : p.lanes;
    lane = kWholeBlock ? thread : thread & (lanes - 1);
    group = kWholeBlock ? 0 : thread / lanes;
    step = int64_t{gridDim.x} * (kWholeBlock ? 1 : threads / lanes);
  }
  VT_DEVICE int64_t first_row() const { return blockIdx.x * (step / gridDim.x); }  // of the block
  // Where the thread's pack v begins.
  template <class T>
  VT_DEVICE int at(int v) const {
    return (v * lanes + lane) * kPack<T>;
  }
};

// Rows of input and gradient on their way: of each, a thread's own packs.
template <class T, bool kWholeBlock>
class RowsAhead {
 public:
  VT_DEVICE RowsAhead(const NormKernel& p, const Place<kWholeBlock>& place)
      : p_(p), place_(place), next_(place.first_row() + place.group) {
    if (p_.vectors)
      for (int s = 0; s < kAhead - 1; ++s) ask();
  }

  // The thread's packs of the next row.
  VT_DEVICE void take(int64_t row, RawPack (&x)[kPacks], RawPack (&g)[kPacks]) {
    if (p_.vectors) {
      ask();
      wait_for_copies<kAhead - 1>();
    }
    if (row >= p_.num_rows) return;
#pragma unroll
    for (int v = 0; v < kPacks; ++v) {
      const int at = place_.template at<T>(v);
      if (at >= p_.size) continue;
      if (p_.vectors) {
        x[v] = read(taken_, v);
        g[v] = read(taken_, kPacks + v);
      } else {
        x[v] = load_raw(static_cast<const T*>(p_.input) + row * p_.size, at, p_.size, false);
        g[v] = load_raw(static_cast<const T*>(p_.grad) + row * p_.size, at, p_.size, false);
      }
    }
    taken_ = after(taken_);
  }

 private:
  VT_DEVICE static int after(int slot) { return slot + 1 == kAhead ? 0 : slot + 1; }
  VT_DEVICE static int bytes_before(int slot, int pack) {
    return ((slot * 2 * kPacks + pack) * static_cast<int>(blockDim.x) + static_cast<int>(threadIdx.x)) * 16;
  }
  VT_DEVICE static RawPack read(int slot, int pack) {
    return *reinterpret_cast<const RawPack*>(static_cast<const char*>(dynamic_shared_memory()) +
                                             bytes_before(slot, pack));
  }
  VT_DEVICE void ask() {
    if (next_ < p_.num_rows) {
#pragma unroll
      for (int v = 0; v < kPacks; ++v) {
        const int at = place_.template at<T>(v);
        if (at >= p_.size) continue;
        const int64_t from = next_ * p_.size + at;
        copy_async<16>(dynamic_shared() + bytes_before(asked_, v), static_cast<const T*>(p_.input) + from, 16);
        copy_async<16>(dynamic_shared() + bytes_before(asked_, kPacks + v), static_cast<const T*>(p_.grad) + from, 16);
      }
    }
    end_copies();
    asked_ = after(asked_);
    next_ += place_.step;
  }

  const NormKernel& p_;
  const Place<kWholeBlock>& place_;
  int64_t next_;   // the row to ask for
  int asked_ = 0;  // the slot that it goes to
  int taken_ = 0;
};

// Two sums over the threads of a row; every thread gets them. `turn` is that of the row: one barrier keeps rows apart.
template <bool kWholeBlock, class W>
VT_DEVICE Array<W, 2> sums_of_row(Array<W, 2> sums, int lanes, int turn) {
#pragma unroll
  for (int mask = 16; mask > 0; mask /= 2) {
    if (!kWholeBlock && mask >= lanes) continue;
    sums[0] += __shfl_xor_sync(0xffffffffu, sums[0], mask);
    sums[1] += __shfl_xor_sync(0xffffffffu, sums[1], mask);
  }
  if constexpr (kWholeBlock) {
    __shared__ Array<W, 2> warps[2][NormGradients::kMostThreads / 32];
    if (threadIdx.x % 32 == 0) warps[turn][threadIdx.x / 32] = sums;
    __syncthreads();
    sums = warps[turn][0];
#pragma unroll 4
    for (int w = 1; w < static_cast<int>(blockDim.x) / 32; ++w) {
      sums[0] += warps[turn][w][0];
      sums[1] += warps[turn][w][1];
    }
  }
  return sums;
}

// Adds the values of threads that have the same columns; the first `lanes` of them get the sums.
template <class W, int kNum>
VT_DEVICE void add_over_groups(Array<W, kNum>& values, int lanes) {
  __shared__ Array<W, kNum> parts[NormGradients::kWarpsThreads];
  __syncthreads();
  parts[threadIdx.x] = values;
  __syncthreads();
  if (static_cast<int>(threadIdx.x) >= lanes) return;
  for (int t = static_cast<int>(threadIdx.x) + lanes; t < NormGradients::kWarpsThreads; t += lanes)
#pragma unroll
    for (int k = 0; k < kNum; ++k) values[k] += parts[t][k];
}

template <class T, bool kWholeBlock, bool kBias>
__global__ void __launch_bounds__(kWholeBlock ? NormGradients::kMostThreads : NormGradients::kWarpsThreads,
                                  kWholeBlock ? 1 : NormGradients::kMostThreads / NormGradients::kWarpsThreads)
    norm_backward_all(const __grid_constant__ NormKernel p) {
  using W = Wide<T>;
  constexpr int kNum = kPack<T>;
  const int size = static_cast<int>(p.size);
  const Place<kWholeBlock> place(p);
  RowsAhead<T, kWholeBlock> rows(p, place);
  const auto mean_of = [&](int64_t row) {
    return p.centred && row < p.num_rows ? static_cast<const W*>(p.mean)[row] : W{0};
  };
  const auto rstd_of = [&](int64_t row) { return row < p.num_rows ? static_cast<const W*>(p.rstd)[row] : W{0}; };

  Array<W, kNum> weight[kPacks];
#pragma unroll
  for (int v = 0; v < kPacks; ++v) {
    const int at = place.template at<T>(v);
    if (p.weight.data && at < size) {
      weight[v] = load_parameter<T>(p.weight, at, size, p.vectors);
    } else {
#pragma unroll
      for (int k = 0; k < kNum; ++k) weight[v][k] = 1;
    }
  }
  Array<W, kNum> weight_sums[kPacks]{};
  Array<W, kNum> bias_sums[kBias ? kPacks : 1]{};
  const W share = W{1} / static_cast<W>(size);

  W next_mean = mean_of(place.first_row() + place.group);
  W next_rstd = rstd_of(place.first_row() + place.group);
  int turn = 0;
  // Groups without a row take part in the sums of the others.
  for (int64_t first = place.first_row(); first < p.num_rows; first += place.step) {
    const int64_t row = first + place.group;
    RawPack x[kPacks];
    RawPack g[kPacks];
    rows.take(row, x, g);
    const W mean = next_mean;
    const W rstd = next_rstd;
    next_mean = mean_of(row + place.step);
    next_rstd = rstd_of(row + place.step);

    Array<W, kNum> normalised[kPacks];
    Array<W, kNum> weighted[kPacks];
    Array<W, 2> sums{};  // of g w h and of g w
#pragma unroll
    for (int v = 0; v < kPacks; ++v) {
      if (row >= p.num_rows || place.template at<T>(v) >= size) continue;
      const auto grad = widened<T>(g[v]);
      normalised[v] = widened<T>(x[v]);
#pragma unroll
      for (int k = 0; k < kNum; ++k) {
        normalised[v][k] = (normalised[v][k] - mean) * rstd;
        weighted[v][k] = grad[k] * weight[v][k];
        sums[0] += weighted[v][k] * normalised[v][k];
        sums[1] += weighted[v][k];
        weight_sums[v][k] += grad[k] * normalised[v][k];
        if constexpr (kBias) bias_sums[v][k] += grad[k];
      }
    }
    if (!p.out) continue;
    sums = sums_of_row<kWholeBlock>(sums, place.lanes, turn);
    turn ^= 1;
    const W along = sums[0] * share;
    const W level = p.centred ? sums[1] * share : W{0};
    T* out = static_cast<T*>(p.out) + row * p.size;
#pragma unroll
    for (int v = 0; v < kPacks; ++v) {
      const int at = place.template at<T>(v);
      if (row >= p.num_rows || at >= size) continue;
#pragma unroll
      for (int k = 0; k < kNum; ++k) weighted[v][k] = rstd * (weighted[v][k] - level - normalised[v][k] * along);
      store_pack<T, kNum>(out, at, size, p.vectors, weighted[v]);
    }
  }

  const auto give = [&](void* to, Array<W, kNum>(&packs)[kPacks]) {
    if (!to) return;
#pragma unroll
    for (int v = 0; v < kPacks; ++v) {
      if constexpr (!kWholeBlock) add_over_groups(packs[v], place.lanes);
      const int at = place.template at<T>(v);
      if (at < size && static_cast<int>(threadIdx.x) < place.lanes)
        store_pack<W, kNum>(static_cast<W*>(to) + static_cast<int64_t>(blockIdx.x) * size, at, size, p.vectors,
                            packs[v]);
    }
  };
  give(p.weight_sums, weight_sums);
  if constexpr (kBias) give(p.bias_sums, bias_sums);
}

}  // namespace

const void* norm_backward_all_kernel(DtypeIndex dtype, bool whole_block, bool bias) noexcept {
  return row_kernel(dtype, [=]<class T>() -> const void* {
    if (whole_block)
      return bias ? reinterpret_cast<const void*>(&norm_backward_all<T, true, true>)
                  : reinterpret_cast<const void*>(&norm_backward_all<T, true, false>);
    return bias ? reinterpret_cast<const void*>(&norm_backward_all<T, false, true>)
                : reinterpret_cast<const void*>(&norm_backward_all<T, false, false>);
  });
}

}  // namespace vt::cuda
