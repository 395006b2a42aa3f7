// SPDX-License-Identifier: Apache-2.0
// Copies what a box of a convolution's results needs of its source into planes (Note [Planes of a convolution]).
#pragma once

#include "ops/loops/convolution.hpp"
#include "ops/loops/gemm_pack.hpp"

namespace vt::core::VT_ISA {

// Elements behind the last plane that whole vectors may read.
inline constexpr int64_t kPlaneSlack = 64;

// Of `num` positions that begin at `start` of the source: those before `*begin` and from `*end` on lie outside.
inline void clip(const ConvAxis& axis, int64_t start, int64_t num, int64_t* begin, int64_t* end) noexcept {
  const int64_t before = start < 0 ? (-start + axis.step - 1) / axis.step : 0;
  const int64_t inside = start < axis.source ? (axis.source - start + axis.step - 1) / axis.step : 0;
  *begin = before < num ? before : num;
  *end = inside < *begin ? *begin : inside < num ? inside : num;
}

// What an element of a plane holds: an element of the source, in the type that sums are taken in. Other ways say the same things
// (Note [Convolutions in pairs]).
template <class T>
struct Widened {
  using Source = T;
  using Operand = SumType<T>;
  using Moved = SumType<T>;                // what vectors hold on the way
  static constexpr int64_t kChannels = 1;  // of the source in a plane

  Widened(int64_t /*channel*/, int64_t /*left*/) noexcept {}
  [[gnu::always_inline]] Lanes<Moved> load(const T* src) const noexcept { return load_lanes(src); }
  [[gnu::always_inline]] Lanes<Moved> load(const T* src, int64_t n) const noexcept { return load_lanes(src, n); }
  [[gnu::always_inline]] Operand one(const T* src) const noexcept { return static_cast<Operand>(widen(*src)); }
  [[gnu::always_inline]] static void store(Operand* dst, Lanes<Moved> lanes) noexcept { store_lanes(dst, lanes); }
  [[gnu::always_inline]] static void store(Operand* dst, Lanes<Moved> lanes, int64_t n) noexcept {
    store_lanes(dst, lanes, n);
  }
};

template <class W>
void zero(W* dst, int64_t num) noexcept {
  for (int64_t i = 0; i < num; ++i) dst[i] = W{};
}

// The same of a row's ends, where what lies behind them is written after them: few zeros are a vector.
template <class W>
void zero_end(W* dst, int64_t num) noexcept {
  if (num <= kVectorBytes / static_cast<int64_t>(sizeof(W))) {
    __builtin_memset(dst, 0, kVectorBytes);
  } else {
    zero(dst, num);
  }
}

// Writes whole vectors: what lies behind the row is written after it. A masked store would have its readers wait.
template <class Way>
void copy_row(const Way& way, const typename Way::Source* src, int64_t stride, int64_t num,
              typename Way::Operand* dst) noexcept {
  constexpr int kLanes = kNumLanes<typename Way::Moved>;
  if (stride == 1) {
    int64_t i = 0;
    for (; i + kLanes <= num; i += kLanes) Way::store(dst + i, way.load(src + i));
    if (i < num) Way::store(dst + i, way.load(src + i, num - i));
  } else {
    for (int64_t i = 0; i < num; ++i) dst[i] = way.one(src + i * stride);
  }
}

// dst[q * plane + i] = src[i * step + q] for i < num, q < planes: a row whose neighbours go to neighbouring planes.
template <class Way>
void deal_row(const Way& way, const typename Way::Source* src, int64_t step, int64_t num, int64_t planes,
              typename Way::Operand* dst, int64_t plane) noexcept {
  using Moved = typename Way::Moved;
  constexpr int kLanes = kNumLanes<Moved>;
  for (int64_t q = 0; q < planes; q += kLanes) {
    const int64_t columns = planes - q < kLanes ? planes - q : kLanes;
    for (int64_t i = 0; i < num; i += kLanes) {
      const int64_t rows = num - i < kLanes ? num - i : kLanes;
      Lanes<Moved> block[kLanes];
      for (int64_t l = 0; l < kLanes; ++l) {
        const auto* from = src + (i + l) * step + q;
        block[l] = l >= rows ? Lanes<Moved>{} : columns == kLanes ? way.load(from) : way.load(from, columns);
      }
      exchange_blocks<Moved, 1>(block);
      for (int64_t c = 0; c < columns; ++c) {
        auto* to = dst + (q + c) * plane + i;
        if (rows == kLanes) {
          Way::store(to, block[c]);
        } else {
          Way::store(to, block[c], rows);
        }
      }
    }
  }
}

template <class Way>
class PlaneCopy {
  using T = typename Way::Source;
  using W = typename Way::Operand;

 public:
  PlaneCopy(const ConvPlanes& p, const ConvBox& box) noexcept : p_(p), box_(box) {
    for (int d = 0; d < kConvDims; ++d) num_[d] = box.num[d] + p.axes[d].more;
    const ConvAxis& last = p.axes[2];
    const int64_t first = last.starts[0] + box.begin[2] * last.step;
    dealt_ = p.source.position[2] == 1 && last.num_planes >= 4 && first >= 0 &&
             first + (num_[2] - 1) * last.step + last.num_planes <= last.source;
    for (int64_t w = 0; w < last.num_planes; ++w) dealt_ = dealt_ && last.starts[w] == last.starts[0] + w;
  }

  // The planes of channels [begin, end).
  void run(int64_t begin, int64_t end, W* dst) const noexcept {
    const ConvAxis* axes = p_.axes;
    for (int64_t c = begin; c < end; ++c) {
      const int64_t first = c * Way::kChannels;
      const Way way(p_.source.channel, p_.source_channels - first);
      for (int64_t a = 0; a < axes[0].num_planes; ++a)
        for (int64_t b = 0; b < axes[1].num_planes; ++b)
          for (int64_t w = 0; w < axes[2].num_planes; w += planes_at_once(), dst += planes_at_once() * p_.plane)
            plane(way, first, a, b, w, dst);
    }
    zero(dst, kPlaneSlack);
  }

 private:
  int64_t planes_at_once() const noexcept { return dealt_ ? p_.axes[2].num_planes : 1; }

  // A plane, or all planes along the last dimension where rows are dealt out.
  void plane(const Way& way, int64_t c, int64_t a, int64_t b, int64_t w, W* dst) const noexcept {
    const ConvAxis* axes = p_.axes;
    const int64_t which[] = {a, b, w};
    int64_t start[kConvDims];
    int64_t begin[kConvDims];
    int64_t end[kConvDims];
    for (int d = 0; d < kConvDims; ++d) {
      start[d] = axes[d].starts[which[d]] + box_.begin[d] * axes[d].step;
      clip(axes[d], start[d], num_[d], &begin[d], &end[d]);
    }
    const int64_t row_size = axes[2].extent;
    const auto zeros = [&](W* from, int64_t num) {
      for (int64_t q = 0; q < planes_at_once(); ++q) zero(from + q * p_.plane, num);
    };
    for (int64_t n = 0; n < box_.num_batch; ++n) {
      const T* of_batch =
          static_cast<const T*>(p_.source.data) + (box_.batch + n) * p_.source.batch + c * p_.source.channel;
      for (int64_t d = 0; d < num_[0]; ++d) {
        W* slice = dst + (n * axes[0].extent + d) * axes[1].extent * row_size;
        if (d < begin[0] || d >= end[0]) {
          zeros(slice, num_[1] * row_size);
          continue;
        }
        zeros(slice, begin[1] * row_size);
        const T* from = of_batch + (start[0] + d * axes[0].step) * p_.source.position[0];
        for (int64_t h = begin[1]; h < end[1]; ++h) {
          W* row = slice + h * row_size;
          const T* src = from + (start[1] + h * axes[1].step) * p_.source.position[1] +
                         (start[2] + begin[2] * axes[2].step) * p_.source.position[2];
          if (dealt_) {
            deal_row(way, src, axes[2].step, num_[2], axes[2].num_planes, row, p_.plane);
            continue;
          }
          zero_end(row, begin[2]);
          copy_row(way, src, axes[2].step * p_.source.position[2], end[2] - begin[2], row + begin[2]);
          zero_end(row + end[2], row_size - end[2]);
        }
        zeros(slice + end[1] * row_size, (num_[1] - end[1]) * row_size);
      }
    }
  }

  const ConvPlanes& p_;
  const ConvBox& box_;
  int64_t num_[kConvDims];
  bool dealt_;
};

}  // namespace vt::core::VT_ISA
