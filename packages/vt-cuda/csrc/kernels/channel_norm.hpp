// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels of batch_norm and group_norm.
#pragma once

#include "params.hpp"

namespace vt::cuda {

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
  // Sums of g and of g (x - mean), in pairs: of each channel for batch_norm, of each batch entry and channel for group_norm.
  double* sums;
  // What a statistic takes from the gradients of its elements: pairs of a factor of x - mean, and a number.
  double* terms;
  int64_t batch;
  int64_t channels;
  int64_t size;
  int64_t groups;
  double eps;
  double momentum;
  bool measured;

  int64_t numel() const noexcept { return batch * channels * size; }
  int64_t num_stats() const noexcept { return groups ? batch * groups : channels; }
  int64_t num_sums() const noexcept { return groups ? batch * channels : channels; }
};
inline constexpr int kChannelElementsPerThread = 4;

// NULL for dtypes without channel norms.
const void* channel_measure_kernel(DtypeIndex dtype) noexcept;   // a block per statistic
const void* channel_apply_kernel(DtypeIndex dtype) noexcept;     // kChannelElementsPerThread elements per thread
const void* channel_sums_kernel(DtypeIndex dtype) noexcept;      // a block per pair of sums
const void* channel_settle_kernel(DtypeIndex compute) noexcept;  // a thread per statistic and per channel
const void* channel_gradient_kernel(DtypeIndex dtype) noexcept;  // as channel_apply

}  // namespace vt::cuda
