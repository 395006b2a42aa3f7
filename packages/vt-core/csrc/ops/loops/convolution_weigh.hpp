// SPDX-License-Identifier: Apache-2.0
// Gradients of convolutions' weights: sums over all positions of planes times results' gradients.
#pragma once

#include "ops/loops/convolution.hpp"
#include "ops/loops/convolution_planes.hpp"
#include "ops/loops/gemm_pack.hpp"
#include "ops/loops/gemm_tile.hpp"
#include "ops/loops/pieces.hpp"

// Note [Weights' gradients]
// sums[(c, j), m] = sum over positions of planes[offset[c, j] + position] * small[m, position]. Vectors hold neighbouring m of
// small, transposed first, and the planes' elements are repeated in them; with few m, where most lanes would be idle, vectors hold
// neighbouring positions and lanes are added at the end of a box. Boxes are added in their order.
namespace vt::core::VT_ISA {

inline constexpr int kTapsAtOnce = 8;

template <class W, class Plane, class Operand>
struct WeighTile {
  const Plane* planes;
  const int64_t* offsets;  // per row
  const int64_t* run_starts;
  int64_t num_runs;
  int64_t run_length;
  const Operand* small;  // [step][Vectors * lanes]
  W* sums;
  int64_t sums_row;
  bool add;
};

template <class W, class Way>
using WeighTileOf = WeighTile<W, typename Way::Planes::Operand, typename Way::Operand>;

template <class W, class Way, int Rows, int Vectors>
void weigh_tile(const WeighTileOf<W, Way>& t) {
  using Plane = typename Way::Planes::Operand;
  using Operand = typename Way::Operand;
  constexpr int kLanes = kNumLanes<W>;
  Lanes<W> sums[Rows][Vectors];
  unrolled<Rows>([&](auto i) { unrolled<Vectors>([&](auto v) { sums[i][v] = Lanes<W>{}; }); });
  const Operand* small = t.small;
  int64_t offsets[Rows];
  unrolled<Rows>([&](auto i) { offsets[i] = t.offsets[i]; });
  const auto step = [&](const Plane* at, auto load) __attribute__((always_inline)) {
    Lanes<Operand> factors[Vectors];
    unrolled<Vectors>([&](auto v) { factors[v] = load_lanes(small + v * kLanes); });
    unrolled<Rows>([&](auto i) {
      const Lanes<Operand> value = splat(load(at + offsets[i]));
      unrolled<Vectors>([&](auto v) { sums[i][v] = Way::fused(value, factors[v], sums[i][v]); });
    });
    small += Vectors * kLanes;
  };
  for (int64_t run = 0; run < t.num_runs; ++run) {
    const Plane* at = t.planes + t.run_starts[run];
    int64_t p = 0;
    for (; p + Way::kTaken <= t.run_length; p += Way::kTaken)
      step(at + p, [](const Plane* from) __attribute__((always_inline)) { return Way::load(from); });
    if constexpr (Way::kTaken > 1)
      if (p < t.run_length)
        step(at + p, [](const Plane* from) __attribute__((always_inline)) { return Way::load_last(from); });
  }
  unrolled<Rows>([&](auto i) {
    unrolled<Vectors>([&](auto v) {
      W* to = t.sums + i * t.sums_row + v * kLanes;
      store_lanes(to, t.add ? Lanes<W>(load_lanes(to) + sums[i][v]) : sums[i][v]);
    });
  });
}

template <class W, class Way>
struct WeighTiles {
  void (*of[kTileRows][kTileVectors])(const WeighTileOf<W, Way>&);
};
template <class W, class Way>
constexpr WeighTiles<W, Way> weigh_tiles() {
  WeighTiles<W, Way> table{};
  unrolled<kTileRows>(
      [&](auto i) { unrolled<kTileVectors>([&](auto v) { table.of[i][v] = &weigh_tile<W, Way, i + 1, v + 1>; }); });
  return table;
}
template <class W, class Way>
inline constexpr WeighTiles<W, Way> kWeighTiles = weigh_tiles<W, Way>();

template <class Way>
class Weigh {
  using T = typename Way::Planes::Source;
  using Plane = typename Way::Planes::Operand;
  using Operand = typename Way::Operand;
  using W = SumType<T>;
  static constexpr int64_t kStrip = kTileColumns<W>;
  static constexpr int kLanes = kNumLanes<W>;

 public:
  Weigh(const ConvWeigh& p, int64_t begin, int64_t end, int64_t first, int64_t num, void* scratch) noexcept
      : p_(p), begin_(begin), end_(end), first_(first), num_(num), planes_(static_cast<Plane*>(scratch)) {
    const ConvAxis* axes = p.planes.axes;
    const int64_t planes = axes[0].num_planes * axes[1].num_planes * axes[2].num_planes;
    static_assert(sizeof(Plane) <= sizeof(W) && sizeof(Operand) == sizeof(W));
    small_ = reinterpret_cast<Operand*>(planes_ + p.planes.piece * planes * p.planes.plane + kPlaneSlack);
    const int64_t* size = p.boxes.size;
    const int64_t most = p.boxes.batch_size * size[0] * size[1] * size[2];
    starts_ = reinterpret_cast<int64_t*>(small_ + ceil_divide(most * p.sum_columns, 16) * 16);
  }

  void run() noexcept {
    const int64_t num_boxes = p_.boxes.count();
    for (int64_t i = 0; i < num_boxes; ++i) {
      const ConvBox box = p_.boxes.at(i);
      PlaneCopy<typename Way::Planes>(p_.planes, box).run(begin_, end_, planes_);
      find_runs(box);
      if constexpr (Way::kTaken == 1) {
        if (p_.rows < kConvFewRows) {
          add_dots(box, i > 0);
          continue;
        }
      }
      add_tiles(box, i > 0);
    }
  }

 private:
  // Rows of positions, or all of a slice where no gaps are between them and no step goes past the end of a row.
  void find_runs(const ConvBox& box) noexcept {
    const ConvAxis* axes = p_.planes.axes;
    const bool merged = axes[2].extent == box.num[2] && box.num[2] % Way::kTaken == 0;
    run_length_ = merged ? box.num[1] * box.num[2] : box.num[2];
    num_runs_ = 0;
    for (int64_t n = 0; n < box.num_batch; ++n)
      for (int64_t d = 0; d < box.num[0]; ++d)
        for (int64_t h = 0; h < (merged ? 1 : box.num[1]); ++h)
          starts_[num_runs_++] = ((n * axes[0].extent + d) * axes[1].extent + h) * axes[2].extent;
  }

  // Calls row(data) for each row of positions of a channel of `small`, in their order.
  template <class Row>
  void for_each_row(const ConvBox& box, int64_t channel, Row&& row) const noexcept {
    const ConvTensor& small = p_.small;
    const T* data = static_cast<const T*>(small.data) + channel * small.channel;
    for (int64_t n = 0; n < box.num_batch; ++n)
      for (int64_t d = 0; d < box.num[0]; ++d)
        for (int64_t h = 0; h < box.num[1]; ++h)
          row(data + (box.batch + n) * small.batch + (box.begin[0] + d) * small.position[0] +
              (box.begin[1] + h) * small.position[1] + box.begin[2] * small.position[2]);
  }

  void add_tiles(const ConvBox& box, bool add) const noexcept {
    const EvenPieces panels((end_ - begin_) * p_.planes.num_taps, kTileRows);
    WeighTileOf<W, Way> t;
    t.planes = planes_;
    t.run_starts = starts_;
    t.num_runs = num_runs_;
    t.run_length = run_length_;
    t.small = small_;
    t.sums_row = p_.sum_columns;
    t.add = add;
    for (int64_t s = 0; s < num_; s += kStrip) {
      const int64_t columns = least(kStrip, num_ - s);
      const int64_t vectors = ceil_divide(columns, kLanes);
      Operand* dst = small_;
      for_each_row(box, first_ + s, [&](const T* src) {
        Way::pack(src, p_.small.channel, p_.small.position[2], columns, vectors * kLanes, box.num[2], dst);
        dst += ceil_divide(box.num[2], Way::kTaken) * vectors * kLanes;
      });
      for (int64_t panel = 0; panel < panels.num; ++panel) {
        t.offsets = p_.planes.offsets + panels.begin(panel);
        t.sums = sums_at(panels.begin(panel)) + first_ + s;
        kWeighTiles<W, Way>.of[panels.length(panel) - 1][vectors - 1](t);
      }
    }
  }

  void add_dots(const ConvBox& box, bool add) const noexcept {
    const int64_t rows = (end_ - begin_) * p_.planes.num_taps;
    for (int64_t m = first_; m < first_ + num_; ++m) {
      W* dst = small_;
      for_each_row(box, m, [&](const T* src) {
        copy_row(typename Way::Planes(0, 1), src, p_.small.position[2], box.num[2], dst);
        dst += box.num[2];
      });
      int64_t k = 0;
      for (; k + kTapsAtOnce <= rows; k += kTapsAtOnce) dots<kTapsAtOnce>(k, sums_at(k) + m, add);
      for (; k < rows; ++k) dots<1>(k, sums_at(k) + m, add);
    }
  }

  template <int Taps>
  void dots(int64_t k, W* sums, bool add) const noexcept {
    Lanes<W> lanes[Taps];
    unrolled<Taps>([&](auto j) { lanes[j] = Lanes<W>{}; });
    int64_t offsets[Taps];
    unrolled<Taps>([&](auto j) { offsets[j] = p_.planes.offsets[k + j]; });
    const W* small = small_;
    for (int64_t run = 0; run < num_runs_; ++run, small += run_length_) {
      const W* at = planes_ + starts_[run];
      int64_t p = 0;
      for (; p + kLanes <= run_length_; p += kLanes) {
        const Lanes<W> factor = load_lanes(small + p);
        unrolled<Taps>([&](auto j) { lanes[j] = fused<W>(load_lanes(at + offsets[j] + p), factor, lanes[j]); });
      }
      if (const int64_t rest = run_length_ - p) {
        const Lanes<W> factor = load_lanes(small + p, rest);
        unrolled<Taps>([&](auto j) { lanes[j] = fused<W>(load_lanes(at + offsets[j] + p, rest), factor, lanes[j]); });
      }
    }
    unrolled<Taps>([&](auto j) {
      W* to = sums + j * p_.sum_columns;
      *to = add ? *to + sum_of_lanes<W>(lanes[j]) : sum_of_lanes<W>(lanes[j]);
    });
  }

  W* sums_at(int64_t row) const noexcept {
    return static_cast<W*>(p_.sums) + (begin_ * p_.planes.num_taps + row) * p_.sum_columns;
  }

  const ConvWeigh& p_;
  int64_t begin_;
  int64_t end_;
  int64_t first_;
  int64_t num_;
  Plane* planes_;
  Operand* small_;
  int64_t* starts_;
  int64_t num_runs_ = 0;
  int64_t run_length_ = 0;
};

template <class Way>
void weigh(const ConvWeigh& p, int64_t begin, int64_t end, int64_t first, int64_t num, void* scratch) {
  Weigh<Way>(p, begin, end, first, num, scratch).run();
}

// Rows [begin, end) of the gradient.
template <class T>
void finish_weigh(const ConvWeigh& p, int64_t begin, int64_t end, void* gradient) {
  using W = SumType<T>;
  const int64_t depth = p.planes.channels * p.planes.num_taps;
  const W* sums = static_cast<const W*>(p.sums);
  T* out = static_cast<T*>(gradient);
  if constexpr (sizeof(T) == sizeof(W)) {
    pack_transposed(sums + begin, p.sum_columns, depth, depth, end - begin, reinterpret_cast<W*>(out + begin * depth));
  } else {
    // Blocks of the sums are turned on the way: down a column they lie far apart.
    constexpr int64_t kAtOnce = 256;
    W turned[kNumLanes<W> * kAtOnce];
    for (int64_t k = 0; k < depth; k += kAtOnce) {
      const int64_t num = least(kAtOnce, depth - k);
      for (int64_t m = begin; m < end; m += kNumLanes<W>) {
        const int64_t rows = least(kNumLanes<W>, end - m);
        pack_transposed(sums + k * p.sum_columns + m, p.sum_columns, num, num, rows, turned);
        for (int64_t l = 0; l < rows; ++l) {
          T* to = out + (m + l) * depth + k;
          const W* from = turned + l * num;
          VT_INDEPENDENT_LOOP
          for (int64_t q = 0; q < num; ++q) to[q] = narrow<T>(from[q]);
        }
      }
    }
  }
}

}  // namespace vt::core::VT_ISA
