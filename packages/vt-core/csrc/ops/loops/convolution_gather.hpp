// SPDX-License-Identifier: Apache-2.0
// Convolutions that gather: tiles of a matrix product whose right matrix is read from planes where it lies.
#pragma once

#include "ops/loops/convolution.hpp"
#include "ops/loops/convolution_planes.hpp"
#include "ops/loops/gemm_pack.hpp"
#include "ops/loops/gemm_tile.hpp"
#include "ops/loops/pieces.hpp"

namespace vt::core::VT_ISA {

template <class W, class Operand>
struct TapTile {
  int64_t depth;
  const Operand* a;  // a[k * Rows + i]
  const Operand* planes;
  const int64_t* offsets;  // per k
  W* sums;
  int64_t sums_row;
  bool add;
};

// sums[i, j] = or += sum over k of a[i, k] * planes[offsets[k] + j]
template <class W, class Way, int Rows, int Vectors>
void tap_tile(const TapTile<W, typename Way::Operand>& t) {
  using Operand = typename Way::Operand;
  constexpr int kLanes = kNumLanes<W>;
  Lanes<W> sums[Rows][Vectors];
  unrolled<Rows>([&](auto i) { unrolled<Vectors>([&](auto v) { sums[i][v] = Lanes<W>{}; }); });
  const Operand* a = t.a;
  const Operand* planes = t.planes;
  const int64_t* offsets = t.offsets;
  for (int64_t k = 0; k < t.depth; ++k, a += Rows) {
    const Operand* b = planes + offsets[k];
    Lanes<Operand> factors[Vectors];
    unrolled<Vectors>([&](auto v) { factors[v] = load_lanes(b + v * kLanes); });
    unrolled<Rows>([&](auto i) {
      const Lanes<Operand> value = splat(a[i]);
      unrolled<Vectors>([&](auto v) { sums[i][v] = Way::fused(value, factors[v], sums[i][v]); });
    });
  }
  unrolled<Rows>([&](auto i) {
    unrolled<Vectors>([&](auto v) {
      W* at = t.sums + i * t.sums_row + v * kLanes;
      store_lanes(at, t.add ? Lanes<W>(load_lanes(at) + sums[i][v]) : sums[i][v]);
    });
  });
}

template <class W, class Way>
struct TapTiles {
  void (*of[kTileRows][kTileVectors])(const TapTile<W, typename Way::Operand>&);
};
template <class W, class Way>
constexpr TapTiles<W, Way> tap_tiles() {
  TapTiles<W, Way> table{};
  unrolled<kTileRows>(
      [&](auto i) { unrolled<kTileVectors>([&](auto v) { table.of[i][v] = &tap_tile<W, Way, i + 1, v + 1>; }); });
  return table;
}
template <class W, class Way>
inline constexpr TapTiles<W, Way> kTapTiles = tap_tiles<W, Way>();

// Vectors of a single row at a time: enough that no sum waits for another.
inline constexpr int kSingleVectors = 8;

// A panel of the left matrix: dst[(q * taps + j) * rows + i] = element (i, (q, j)).
template <class T>
void pack_panel(const ConvWeight& weight, const T* src, int64_t rows, int64_t channels, int64_t taps,
                SumType<T>* dst) noexcept {
  if (weight.neighbours) return pack_strip(src + weight.taps[0], weight.row, 1, rows, rows, channels * taps, dst);
  if (taps == 1) return pack_strip(src + weight.taps[0], weight.row, weight.channel, rows, rows, channels, dst);
  bool in_order = true;
  for (int64_t j = 1; j < taps; ++j) in_order = in_order && weight.taps[j] == weight.taps[0] + j;
  for (int64_t q = 0; q < channels; ++q, dst += taps * rows) {
    const T* from = src + q * weight.channel;
    if (in_order) {
      pack_strip(from + weight.taps[0], weight.row, 1, rows, rows, taps, dst);
    } else {
      for (int64_t j = 0; j < taps; ++j)
        for (int64_t i = 0; i < rows; ++i)
          dst[j * rows + i] = static_cast<SumType<T>>(widen(from[i * weight.row + weight.taps[j]]));
    }
  }
}

template <class Way>
void pack(const ConvGather& p, const ConvWeight& weight, int64_t part, int64_t parts, void* packed) {
  using T = typename Way::Source;
  using Operand = typename Way::Operand;
  const EvenPieces panels(p.rows, kTileRows);
  const int64_t taps = p.planes.num_taps;
  for (int64_t c = 0; c < p.planes.channels; c += p.planes.piece) {
    const int64_t depth = least(p.planes.piece, p.planes.channels - c) * taps;
    const int64_t first = c * Way::kChannels;
    const int64_t channels = least(p.planes.piece * Way::kChannels, p.planes.source_channels - first);
    for (int64_t panel = panels.num * part / parts; panel < panels.num * (part + 1) / parts; ++panel) {
      Operand* dst = static_cast<Operand*>(packed) + p.rows * c * taps + panels.begin(panel) * depth;
      const T* src = static_cast<const T*>(weight.data) + panels.begin(panel) * weight.row + first * weight.channel;
      Way::pack_panel(weight, src, panels.length(panel), channels, taps, dst);
    }
  }
}

template <class Way>
class Gather {
  using T = typename Way::Source;
  using Operand = typename Way::Operand;
  using W = SumType<T>;
  static constexpr int64_t kStrip = kTileColumns<W>;
  static constexpr int64_t kLanes = kNumLanes<W>;

 public:
  Gather(const ConvGather& p, const ConvBox& box, int64_t part, int64_t parts, void* scratch) noexcept
      : p_(p),
        box_(box),
        panels_(p.rows, kTileRows),
        first_(panels_.num * part / parts),
        last_(panels_.num * (part + 1) / parts),
        row_begin_(panels_.begin(first_)),
        runs_(conv_runs(p.planes, box)),
        run_length_(conv_run_length(p.planes, box)),
        run_columns_(ceil_divide(run_length_, kStrip) * kStrip),
        columns_(runs_ * run_columns_),
        planes_(static_cast<Operand*>(scratch)) {
    const ConvAxis* axes = p.planes.axes;
    const int64_t planes = axes[0].num_planes * axes[1].num_planes * axes[2].num_planes;
    static_assert(sizeof(Operand) == sizeof(W));
    sums_ = reinterpret_cast<W*>(planes_ + p.planes.piece * planes * p.planes.plane + kPlaneSlack);
  }

  void run() noexcept {
    const ConvPlanes& planes = p_.planes;
    const PlaneCopy<Way> copy(planes, box_);
    if (planes.channels * planes.num_taps == 0) zero(sums_, (panels_.begin(last_) - row_begin_) * columns_);
    for (int64_t c = 0; c < planes.channels && planes.num_taps > 0; c += planes.piece) {
      const int64_t channels = least(planes.piece, planes.channels - c);
      copy.run(c, c + channels, planes_);
      multiply(static_cast<const Operand*>(p_.packed) + p_.rows * c * planes.num_taps, channels * planes.num_taps,
               c > 0);
    }
    for (int64_t i = row_begin_; i < panels_.begin(last_); ++i) give(i);
  }

 private:
  // Adds `depth` steps of k; `a` has the panels of these.
  void multiply(const Operand* a, int64_t depth, bool add) const noexcept {
    TapTile<W, Operand> t;
    t.depth = depth;
    t.offsets = p_.planes.offsets;
    t.sums_row = columns_;
    t.add = add;
    for (int64_t run = 0; run < runs_; ++run) {
      int64_t begin = 0;
      if (p_.rows == 1) {
        t.a = a;
        for (; begin + kSingleVectors * kLanes <= run_columns_; begin += kSingleVectors * kLanes) {
          t.planes = planes_ + run_start(run) + begin;
          t.sums = sums_ + run * run_columns_ + begin;
          tap_tile<W, Way, 1, kSingleVectors>(t);
        }
      }
      for (int64_t s = begin; s < run_length_; s += kStrip) {
        const int64_t vectors = ceil_divide(least(kStrip, run_length_ - s), kNumLanes<W>);
        t.planes = planes_ + run_start(run) + s;
        for (int64_t panel = first_; panel < last_; ++panel) {
          t.a = a + panels_.begin(panel) * depth;
          t.sums = sums_ + (panels_.begin(panel) - row_begin_) * columns_ + run * run_columns_ + s;
          kTapTiles<W, Way>.of[panels_.length(panel) - 1][vectors - 1](t);
        }
      }
    }
  }

  int64_t run_start(int64_t run) const noexcept {
    const ConvAxis* axes = p_.planes.axes;
    const int64_t n = run / box_.num[0];
    const int64_t d = run % box_.num[0];
    return (n * axes[0].extent + d) * axes[1].extent * axes[2].extent;
  }

  // Row i of the sums to the result.
  void give(int64_t i) const noexcept {
    const W* sums = sums_ + (i - row_begin_) * columns_;
    const W bias = p_.bias ? static_cast<W>(widen(static_cast<const T*>(p_.bias)[i / p_.bias_rows])) : W{};
    const int64_t* step = p_.out.position;
    const int64_t row_size = p_.planes.axes[2].extent;
    for (int64_t n = 0; n < box_.num_batch; ++n) {
      T* of_batch = static_cast<T*>(p_.out.data) + (box_.batch + n) * p_.out.batch + p_.row_offsets[i] +
                    box_.begin[1] * step[1] + box_.begin[2] * step[2];
      for (int64_t d = 0; d < box_.num[0]; ++d) {
        T* out = of_batch + (box_.begin[0] + d) * step[0];
        const int64_t slice = n * box_.num[0] + d;
        const W* from = sums + (runs_ == 1 ? slice * box_.num[1] * row_size : slice * run_columns_);
        for (int64_t h = 0; h < box_.num[1]; ++h) give_row(from + h * row_size, bias, out + h * step[1]);
      }
    }
  }

  void give_row(const W* sums, W bias, T* out) const noexcept {
    const int64_t num = box_.num[2];
    const int64_t step = p_.out.position[2];
    if constexpr (std::is_same_v<T, W>) {
      if (step == 1) {
        const Lanes<W> lift = splat(bias);
        int64_t w = 0;
        for (; w + kLanes <= num; w += kLanes) store_lanes(out + w, Lanes<W>(load_lanes(sums + w) + lift));
        if (w < num) store_lanes(out + w, Lanes<W>(load_lanes(sums + w, num - w) + lift), num - w);
        return;
      }
    }
    if (step == 1) {
      VT_INDEPENDENT_LOOP
      for (int64_t w = 0; w < num; ++w) out[w] = narrow<T>(sums[w] + bias);
    } else {
      for (int64_t w = 0; w < num; ++w) out[w * step] = narrow<T>(sums[w] + bias);
    }
  }

  const ConvGather& p_;
  const ConvBox& box_;
  EvenPieces panels_;
  int64_t first_;
  int64_t last_;
  int64_t row_begin_;
  int64_t runs_;
  int64_t run_length_;
  int64_t run_columns_;
  int64_t columns_;
  Operand* planes_;
  W* sums_;
};

template <class Way>
void gather(const ConvGather& p, const ConvBox& box, int64_t part, int64_t parts, void* scratch) {
  Gather<Way>(p, box, part, parts, scratch).run();
}

}  // namespace vt::core::VT_ISA
