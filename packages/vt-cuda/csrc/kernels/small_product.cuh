// SPDX-License-Identifier: Apache-2.0
// Sums of products for a tile of a small matrix.
#pragma once

#include "product.cuh"
#include "small_product.hpp"

namespace vt::cuda {

inline constexpr int kSmallSteps = 64;
inline constexpr int kSmallLoads = kSmallTile * kSmallSteps / kBlockThreads;
static_assert(kSmallTile * kSmallTile == kBlockThreads);

// A factor of a product: `lines` lines whose steps are summed over. Strides in elements.
struct Lines {
  const char* data;
  int64_t num;
  int64_t line_stride;
  int64_t step_stride;
};

// Elements as they are.
struct Ungated {
  template <class W>
  VT_DEVICE W operator()(W x, int64_t, int64_t) const {
    return x;
  }
};

// Elements that are read from shared memory at once.
template <class W>
struct alignas(16) StepPack {
  static constexpr int kNum = 16 / sizeof(W);
  W at[kNum];
};

// A tile's lines of a factor, some steps of each; a pitch that is no multiple of 128 bytes spreads them over the banks.
template <class W>
struct alignas(16) SmallStrip {
  W at[kSmallTile][kSmallSteps + StepPack<W>::kNum];
};

// The elements of a strip that this thread brings, on their way from memory. Neighbouring threads read along the dense dimension.
template <class T, class Gate = Ungated>
class StripLoads {
 public:
  using W = SumType<T>;

  VT_DEVICE StripLoads(const Lines& lines, int64_t first_line, const Gate& gate = {})
      : lines_(lines), first_line_(first_line), gate_(gate) {}

  VT_DEVICE void begin(int64_t step, int64_t steps) {
#pragma unroll
    for (int load = 0; load < kSmallLoads; ++load) {
      const int64_t line = first_line_ + line_of(load);
      const int64_t s = step + step_of(load);
      const bool inside = line < lines_.num && s < steps;
      const auto* data = reinterpret_cast<const T*>(lines_.data);
      held_[load] = inside ? gate_(to_sum(data[line * lines_.line_stride + s * lines_.step_stride]), line, s) : W{};
    }
  }
  VT_DEVICE void end(SmallStrip<W>& strip) const {
#pragma unroll
    for (int load = 0; load < kSmallLoads; ++load) strip.at[line_of(load)][step_of(load)] = held_[load];
  }

 private:
  VT_DEVICE int line_of(int load) const {
    const int at = load * kBlockThreads + static_cast<int>(threadIdx.x);
    return lines_.step_stride == 1 ? at / kSmallSteps : at % kSmallTile;
  }
  VT_DEVICE int step_of(int load) const {
    const int at = load * kBlockThreads + static_cast<int>(threadIdx.x);
    return lines_.step_stride == 1 ? at % kSmallSteps : at / kSmallTile;
  }

  Lines lines_;
  int64_t first_line_;
  Gate gate_;
  W held_[kSmallLoads];
};

// This thread's element of a tile.
VT_DEVICE int small_row() { return static_cast<int>(threadIdx.x) / kSmallTile; }
VT_DEVICE int small_column() { return static_cast<int>(threadIdx.x) % kSmallTile; }

template <class W>
struct SmallSums {
  W products{};  // of a's line and b's line
  W line{};      // of a's line alone
};

// The sums over `steps` of this thread's element of the tile at (row, column). `gate` sees each element of `a`, with its line and
// step.
template <class T, class Gate = Ungated>
VT_DEVICE SmallSums<SumType<T>> small_sums(const Lines& a, const Lines& b, int64_t steps, int64_t row, int64_t column,
                                           const Gate& gate = {}) {
  using W = SumType<T>;
  using Pack = StepPack<W>;
  __shared__ SmallStrip<W> a_strip;
  __shared__ SmallStrip<W> b_strip;
  StripLoads<T, Gate> a_loads(a, row, gate);
  StripLoads<T> b_loads(b, column);
  SmallSums<W> sums;
  a_loads.begin(0, steps);
  b_loads.begin(0, steps);
  for (int64_t step = 0; step < steps; step += kSmallSteps) {
    a_loads.end(a_strip);
    b_loads.end(b_strip);
    __syncthreads();
    if (step + kSmallSteps < steps) {
      a_loads.begin(step + kSmallSteps, steps);
      b_loads.begin(step + kSmallSteps, steps);
    }
    const auto* left = reinterpret_cast<const Pack*>(a_strip.at[small_row()]);
    const auto* right = reinterpret_cast<const Pack*>(b_strip.at[small_column()]);
#pragma unroll
    for (int k = 0; k < kSmallSteps / Pack::kNum; ++k) {
      const Pack x = left[k];
      const Pack y = right[k];
#pragma unroll
      for (int e = 0; e < Pack::kNum; ++e) {
        sums.products = fused(x.at[e], y.at[e], sums.products);
        sums.line += x.at[e];
      }
    }
    __syncthreads();
  }
  return sums;
}

}  // namespace vt::cuda
