// SPDX-License-Identifier: Apache-2.0
// The parameters of the convolution kernels.
//
// Note [Convolutions on CUDA]
// Each of the three sums of Note [Convolutions] in vt/cpp/spatial/convolution.hpp is one of two here:
//   gather: result[m, q] = bias[m] + sum over c, j of weight[m, c, j] source[c, q step + offset + j tap step]
//   weigh:  weight[m, (c, j)] = sum over batch, o of small[m, o] large[c, o stride + j dilation - padding]
// To correlate is to gather once. To spread is to gather once per phase: positions of the result that are equal modulo the stride
// meet the same taps, and from one of them to the next it is one position of the source, so nothing is multiplied by zeros.
// A sum is computed as tiles of a matrix product whose factors are read through the window, or, where few rows would leave a tile
// empty, by a thread (gather) or a block (weigh) per element. Long sums of few tiles are split; the parts are added in their order,
// so a result depends on sizes alone.
// Where a library multiplies matrices, large sums of one group go there: the windows are written as columns of a matrix, as many
// entries of the batch at a time as a bounded piece of memory holds.
// Positions are kept modulo 2^32: those outside of the padded tensor differ from all inside (Note in the host's checks).
#pragma once

#include "params.hpp"

namespace vt::cuda {

inline constexpr int kConvolutionTile = 64;
inline constexpr int kMostPhases = 8;  // along one dimension in one launch

// Positions `first + i * step` of the result along a dimension, and the taps that they meet.
struct GatherPhase {
  Extent<int32_t> positions;
  Extent<int32_t> taps;
  uint32_t num_positions;  // may be none
  uint32_t num_taps;
  int64_t first;    // elements of the result before the first position
  int64_t weight;   // elements of the weight before the first tap
  uint32_t offset;  // position of the source that position 0 reads at the first tap
};

struct GatherAxis {
  uint32_t source;        // its size
  uint32_t source_step;   // from one position of a phase to the next
  uint32_t tap_step;      // in the source
  int64_t source_stride;  // in elements, as all strides
  int64_t result_stride;  // of a phase's positions
  int64_t weight_stride;  // of a phase's taps
  uint32_t num_phases;
  GatherPhase phases[kMostPhases];
};

struct GatherParams {
  const void* weight;
  const void* source;
  const void* bias;  // may be null
  void* result;
  void* partial;  // (splits, groups, rows, columns) of the type of sums, or null
  int64_t weight_group, weight_row, weight_channel;
  int64_t source_batch, source_channel;
  int64_t result_batch, result_channel;
  int64_t batch;
  int64_t groups;
  int64_t rows;      // channels of the result in a group
  int64_t channels;  // of the source in a group
  int64_t columns;   // batch times positions, of the largest phase
  int64_t tiles_down, tiles_across;
  int64_t splits;
  int64_t steps_per_split;
  bool conjugate;  // the weight
  bool is_wide;    // columns need 64 bits
  GatherAxis axes[3];
};

// The windows of one phase as columns: step k of the sum of position q of entry n at n batch + k step + q.
struct ColumnsParams {
  GatherParams gather;
  void* columns;
  uint32_t positions;  // of an entry; there are less than 2^31 elements
  int64_t batch, step;
};

struct WeighAxis {
  Extent<int32_t> kernel;
  Extent<int32_t> small;
  uint32_t large;  // its size
  uint32_t stride, dilation, padding;
  int64_t large_stride, small_stride;
};

struct WeighParams {
  const void* large;
  const void* small;
  void* weight;   // row-major
  void* partial;  // (splits, groups, rows, columns) of the type of sums, or null
  int64_t large_batch, large_channel;
  int64_t small_batch, small_channel;
  int64_t groups;
  int64_t rows;      // small channels of a group
  int64_t channels;  // large ones
  int64_t columns;   // channels times taps
  int64_t depth;     // batch times positions of the small tensor
  int64_t tiles_down, tiles_across;
  int64_t splits;
  int64_t steps_per_split;
  bool conjugate_large, conjugate_small;
  bool is_wide;  // the depth needs 64 bits
  WeighAxis axes[3];
};

// A thread per element of the columns, and of the weights of a phase as rows of `depth` steps, for the four floating dtypes.
const void* gather_columns_kernel(DtypeIndex dtype) noexcept;
const void* gather_weights_kernel(DtypeIndex dtype) noexcept;
// By tiles: block i of row y computes tile i of phase y. Null for complex dtypes.
const void* gather_tiles_kernel(DtypeIndex dtype) noexcept;
const void* weigh_tiles_kernel(DtypeIndex dtype) noexcept;
// By a thread per element of the result, in row y those of phase y.
const void* gather_elements_kernel(DtypeIndex dtype) noexcept;
// By a block per element of the weight.
const void* weigh_elements_kernel(DtypeIndex dtype) noexcept;
// The sums of parts, a thread per element.
const void* gather_finish_kernel(DtypeIndex dtype) noexcept;
const void* weigh_finish_kernel(DtypeIndex dtype) noexcept;

// Bytes of what an element's parts are summed in.
int64_t convolution_sum_bytes(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
