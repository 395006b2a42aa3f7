// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels of batch_norm and group_norm.
#pragma once

#include "row.hpp"

namespace vt::cuda {

// Note [Pieces of channels]
// A piece is 16 bytes of neighbouring elements where channels are whole pieces and aligned, else one element. What is summed up is cut
// into slices of so many pieces, a block each, so that few channels keep a whole device at work; whoever reads the sums adds those
// of the slices, in order. The choice depends on sizes and alignment alone.

// Row-major (batch, channels, size); groups is 0 for batch_norm. Parameters and statistics are in the compute dtype, NULL where
// there are none or they are not needed.
struct ChannelNormParams {
  const void* input;
  const void* grad;
  void* out;  // the result, or the input's gradient
  void* mean;
  void* rstd;
  const void* weight;
  const void* bias;
  void* running_mean;
  void* running_var;
  void* weight_grad;
  void* bias_grad;
  // In pairs by slice: sums of g and of g (x - mean), of each channel for batch_norm, of each batch entry and channel for group_norm;
  // of a forward the mean and the squares of distances from it, of each statistic.
  double* sums;
  // What a statistic takes from the gradients of its elements: pairs of a factor of x - mean, and a number.
  double* terms;
  int64_t batch;
  int64_t channels;
  int64_t size;
  int64_t groups;
  double eps;
  double momentum;
  int64_t piece;  // elements
  int64_t slice;  // pieces
  int64_t num_slices;
  bool is_narrow;  // indices fit in 32 bits
  bool measured;

  int64_t numel() const noexcept { return batch * channels * size; }
  int64_t num_stats() const noexcept { return groups ? batch * groups : channels; }
  int64_t num_sums() const noexcept { return groups ? batch * channels : channels; }
};
inline constexpr int kChannelPiecesPerThread = 4;

// NULL for dtypes without channel norms. `whole` where a piece is 16 bytes.
const void* channel_measure_kernel(DtypeIndex dtype, bool whole) noexcept;  // a block per statistic and slice
const void* channel_combine_kernel(DtypeIndex compute) noexcept;  // a thread per statistic that has several slices
const void* channel_apply_kernel(DtypeIndex dtype, bool whole) noexcept;  // kChannelPiecesPerThread pieces per thread
const void* channel_sums_kernel(DtypeIndex dtype, bool whole) noexcept;   // a block per pair of sums and slice
const void* channel_settle_kernel(DtypeIndex compute) noexcept;           // a thread per statistic and per channel
const void* channel_gradient_kernel(DtypeIndex dtype, bool whole) noexcept;  // as channel_apply

}  // namespace vt::cuda
