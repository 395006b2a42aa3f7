// SPDX-License-Identifier: Apache-2.0
// The loops of convolutions.
#pragma once

#include <cstddef>
#include <cstdint>

// Note [Planes of a convolution]
// A product over taps reads its source, one group of channels of one tensor, through planes: copies of what a box of results
// needs, in the type that sums are taken in, zeros where the source ends. Along a dimension, result t meets tap j at position
// t * step + start[j] of the source. Taps whose starts differ by a multiple of the step share a plane and differ by a shift within
// it; others have planes of their own. So in planes the results of a row are neighbours whatever the stride, and
//   sum over k of a[i, k] * planes[offset[k] + position]
// is a matrix product whose right matrix is read where it lies: k counts (channel, tap), and position counts rows of the plane with
// the gap behind each, whose sums are not kept. Channels are taken in pieces, so that planes stay in the caches.
namespace vt::core {

inline constexpr int kConvDims = 3;

// How the source is read along one dimension.
struct ConvAxis {
  int64_t source;  // positions of the source
  int64_t step;    // from result to result
  int64_t num_planes;
  const int64_t* starts;  // per plane: the position that result 0 meets
  int64_t more;           // positions of a plane beyond its results
  int64_t extent;         // of a plane, as laid out
};

// A part of the results.
struct ConvBox {
  int64_t batch;
  int64_t num_batch;
  int64_t begin[kConvDims];
  int64_t num[kConvDims];
};

// All results cut into boxes of `size`, of which the last ones are smaller.
struct ConvBoxes {
  int64_t batch;
  int64_t batch_size;
  int64_t total[kConvDims];
  int64_t size[kConvDims];

  [[gnu::always_inline]] int64_t along(int d) const noexcept {
    return d < 0 ? (batch + batch_size - 1) / batch_size : (total[d] + size[d] - 1) / size[d];
  }
  [[gnu::always_inline]] int64_t count() const noexcept { return along(-1) * along(0) * along(1) * along(2); }
  [[gnu::always_inline]] ConvBox at(int64_t index) const noexcept {
    ConvBox box{};
    for (int d = kConvDims - 1; d >= 0; --d) {
      box.begin[d] = index % along(d) * size[d];
      index /= along(d);
      const int64_t rest = total[d] - box.begin[d];
      box.num[d] = rest < size[d] ? rest : size[d];
    }
    box.batch = index * batch_size;
    box.num_batch = batch - box.batch < batch_size ? batch - box.batch : batch_size;
    return box;
  }
};

// A tensor's elements: data of a group, strides in elements.
struct ConvTensor {
  void* data;
  int64_t batch;
  int64_t channel;
  int64_t position[kConvDims];
};

struct ConvPlanes {
  ConvTensor source;
  ConvAxis axes[kConvDims];
  int64_t plane;  // elements from plane to plane
  int64_t source_channels;
  int64_t channels;  // of planes: those of the source, or half as many (Note [Convolutions in pairs])
  int64_t piece;     // channels whose planes are there at once
  int64_t num_taps;
  const int64_t* offsets;  // piece * num_taps, into the planes of a piece
};

// rows of a times planes, into out.
struct ConvGather {
  ConvPlanes planes;
  ConvBoxes boxes;
  int64_t rows;
  const void* packed;          // a, by pack
  ConvTensor out;              // `channel` is not used
  const int64_t* row_offsets;  // of out, per row
  const void* bias;            // row i has that of i / bias_rows; or NULL
  int64_t bias_rows;
};

// The left matrix: element (i, (c, j)) is at i * row + c * channel + taps[j].
struct ConvWeight {
  const void* data;
  int64_t row;
  int64_t channel;
  const int64_t* taps;
  bool neighbours;  // taps lie one after the other and `channel` after them
};

// gradient[(c, j), m] = sum over the batch and all positions of planes[offset of (c, j) + position] * small[m, position]
struct ConvWeigh {
  ConvPlanes planes;
  ConvBoxes boxes;
  ConvTensor small;
  int64_t rows;         // channels of small
  int64_t sum_columns;  // rows, rounded up to whole strips
  void* sums;           // (channels * num_taps, sum_columns) of the type of sums
};

struct ConvLoop {
  // Elements that a step of a product takes: channels of the source in a gather, positions in weigh.
  int64_t taken;
  // Share `part` of `parts` of the rows; so in gather.
  void (*pack)(const ConvGather& p, const ConvWeight& weight, int64_t part, int64_t parts, void* packed);
  void (*gather)(const ConvGather& p, const ConvBox& box, int64_t part, int64_t parts, void* scratch);
  // Channels [begin, end), a piece at most, by channels [first, first + num) of small, whole strips but the last.
  void (*weigh)(const ConvWeigh& p, int64_t begin, int64_t end, int64_t first, int64_t num, void* scratch);
  // Rows [begin, end) of the gradient, (rows, channels * num_taps), from the sums.
  void (*finish_weigh)(const ConvWeigh& p, int64_t begin, int64_t end, void* gradient);
};

// Sums are computed this many columns at a time, on any instruction set a part of it.
inline constexpr int64_t kConvStrip = 32;

// Whether a row of the planes follows the one before it without positions that are no results, and so on outwards.
[[gnu::always_inline]] inline bool conv_is_dense(const ConvPlanes& p, const ConvBox& box) noexcept {
  return p.axes[1].extent == box.num[1] && p.axes[0].extent == box.num[0];
}
// Runs of positions of a box: its rows, with the gaps between them, of one depth of one batch entry or of all.
[[gnu::always_inline]] inline int64_t conv_runs(const ConvPlanes& p, const ConvBox& box) noexcept {
  return conv_is_dense(p, box) ? 1 : box.num_batch * box.num[0];
}
[[gnu::always_inline]] inline int64_t conv_run_length(const ConvPlanes& p, const ConvBox& box) noexcept {
  const int64_t num_rows = conv_is_dense(p, box) ? box.num_batch * box.num[0] * box.num[1] : box.num[1];
  return (num_rows - 1) * p.axes[2].extent + box.num[2];
}

// Fewer rows of `small` than this are summed by positions.
inline constexpr int64_t kConvFewRows = 8;

struct ConvLoops {
  ConvLoop by_dtype[18];  // NULL where a dtype is not convolved
  ConvLoop pairs;         // of bfloat16, not for few rows; NULL where the processor does not multiply pairs
};

}  // namespace vt::core
