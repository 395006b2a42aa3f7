// SPDX-License-Identifier: Apache-2.0
// Convolutions that gather: tiles of a matrix product whose right matrix is read from planes where it lies.
#include "ops/loops/convolution.hpp"
#include "ops/loops/convolution_planes.hpp"
#include "ops/loops/gemm_pack.hpp"
#include "ops/loops/gemm_tile.hpp"
#include "ops/loops/pieces.hpp"

namespace vt::core::VT_ISA {

void fill_convolution_weigh(ConvLoops& loops);

namespace {

template <class W>
struct TapTile {
  int64_t depth;
  const W* a;  // a[k * Rows + i]
  const W* planes;
  const int64_t* offsets;  // per k
  W* sums;
  int64_t sums_row;
  bool add;
};

// sums[i, j] = or += sum over k of a[i, k] * planes[offsets[k] + j]
template <class W, int Rows, int Vectors>
void tap_tile(const TapTile<W>& t) {
  constexpr int kLanes = kNumLanes<W>;
  Lanes<W> sums[Rows][Vectors];
  unrolled<Rows>([&](auto i) { unrolled<Vectors>([&](auto v) { sums[i][v] = Lanes<W>{}; }); });
  const W* a = t.a;
  const W* planes = t.planes;
  const int64_t* offsets = t.offsets;
  for (int64_t k = 0; k < t.depth; ++k, a += Rows) {
    const W* b = planes + offsets[k];
    Lanes<W> factors[Vectors];
    unrolled<Vectors>([&](auto v) { factors[v] = load_lanes(b + v * kLanes); });
    unrolled<Rows>([&](auto i) {
      const Lanes<W> value = splat(a[i]);
      unrolled<Vectors>([&](auto v) { sums[i][v] = fused<W>(value, factors[v], sums[i][v]); });
    });
  }
  unrolled<Rows>([&](auto i) {
    unrolled<Vectors>([&](auto v) {
      W* at = t.sums + i * t.sums_row + v * kLanes;
      store_lanes(at, t.add ? Lanes<W>(load_lanes(at) + sums[i][v]) : sums[i][v]);
    });
  });
}

template <class W>
using TapTileFunction = void (*)(const TapTile<W>&);
template <class W>
struct TapTiles {
  TapTileFunction<W> of[kTileRows][kTileVectors];
};
template <class W>
constexpr TapTiles<W> tap_tiles() {
  TapTiles<W> table{};
  unrolled<kTileRows>(
      [&](auto i) { unrolled<kTileVectors>([&](auto v) { table.of[i][v] = &tap_tile<W, i + 1, v + 1>; }); });
  return table;
}
template <class W>
inline constexpr TapTiles<W> kTapTiles = tap_tiles<W>();

template <class T>
void pack(const ConvGather& p, const ConvWeight& weight, int64_t part, int64_t parts, void* packed) {
  using W = SumType<T>;
  const EvenPieces panels(p.rows, kTileRows);
  const int64_t taps = p.planes.num_taps;
  for (int64_t c = 0; c < p.planes.channels; c += p.planes.piece) {
    const int64_t channels = least(p.planes.piece, p.planes.channels - c);
    const int64_t depth = channels * taps;
    for (int64_t panel = panels.num * part / parts; panel < panels.num * (part + 1) / parts; ++panel) {
      const int64_t rows = panels.length(panel);
      W* dst = static_cast<W*>(packed) + p.rows * c * taps + panels.begin(panel) * depth;
      const T* src = static_cast<const T*>(weight.data) + panels.begin(panel) * weight.row + c * weight.channel;
      if (weight.neighbours) {
        pack_strip(src + weight.taps[0], weight.row, 1, rows, rows, depth, dst);
      } else if (taps == 1) {
        pack_strip(src + weight.taps[0], weight.row, weight.channel, rows, rows, depth, dst);
      } else {
        for (int64_t q = 0; q < channels; ++q)
          for (int64_t j = 0; j < taps; ++j, dst += rows)
            for (int64_t i = 0; i < rows; ++i)
              dst[i] = static_cast<W>(widen(src[i * weight.row + q * weight.channel + weight.taps[j]]));
      }
    }
  }
}

template <class T>
class Gather {
  using W = SumType<T>;
  static constexpr int64_t kStrip = kTileColumns<W>;

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
        planes_(static_cast<W*>(scratch)) {
    const ConvAxis* axes = p.planes.axes;
    const int64_t planes = axes[0].num_planes * axes[1].num_planes * axes[2].num_planes;
    sums_ = planes_ + p.planes.piece * planes * p.planes.plane + kPlaneSlack;
  }

  void run() noexcept {
    const ConvPlanes& planes = p_.planes;
    const PlaneCopy<T> copy(planes, box_);
    if (planes.channels * planes.num_taps == 0) zero(sums_, (panels_.begin(last_) - row_begin_) * columns_);
    for (int64_t c = 0; c < planes.channels && planes.num_taps > 0; c += planes.piece) {
      const int64_t channels = least(planes.piece, planes.channels - c);
      copy.run(c, c + channels, planes_);
      multiply(static_cast<const W*>(p_.packed) + p_.rows * c * planes.num_taps, channels * planes.num_taps, c > 0);
    }
    for (int64_t i = row_begin_; i < panels_.begin(last_); ++i) give(i);
  }

 private:
  // Adds `depth` steps of k; `a` has the panels of these.
  void multiply(const W* a, int64_t depth, bool add) const noexcept {
    TapTile<W> t;
    t.depth = depth;
    t.offsets = p_.planes.offsets;
    t.sums_row = columns_;
    t.add = add;
    for (int64_t run = 0; run < runs_; ++run)
      for (int64_t s = 0; s < run_length_; s += kStrip) {
        const int64_t vectors = ceil_divide(least(kStrip, run_length_ - s), kNumLanes<W>);
        t.planes = planes_ + run_start(run) + s;
        for (int64_t panel = first_; panel < last_; ++panel) {
          t.a = a + panels_.begin(panel) * depth;
          t.sums = sums_ + (panels_.begin(panel) - row_begin_) * columns_ + run * run_columns_ + s;
          kTapTiles<W>.of[panels_.length(panel) - 1][vectors - 1](t);
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
  W* planes_;
  W* sums_;
};

template <class T>
void gather(const ConvGather& p, const ConvBox& box, int64_t part, int64_t parts, void* scratch) {
  Gather<T>(p, box, part, parts, scratch).run();
}

}  // namespace

void fill_convolution() {
  ConvLoops& table = chosen_loops<ConvLoops>;
  for_each_product_dtype([&]<class T>(size_t index) {
    table.by_dtype[index].pack = &pack<T>;
    table.by_dtype[index].gather = &gather<T>;
  });
  fill_convolution_weigh(table);
}

}  // namespace vt::core::VT_ISA
