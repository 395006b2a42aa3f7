// SPDX-License-Identifier: Apache-2.0
// Parameters of the kernels of layer_norm and rms_norm.
#pragma once

#include "row.hpp"

namespace vt::cuda {

// norm_forward, norm_backward: dense rows; weight, bias, mean and rstd in the compute dtype or NULL. norm_backward_all, for rows that
// are held: also a row of sums for each of its blocks, whose number depends on sizes alone.
struct NormKernel {
  const void* input;
  const void* grad;
  const void* weight;
  const void* bias;
  void* out;  // the result, or the input's gradient, NULL when it is not wanted
  void* mean;
  void* rstd;
  void* weight_sums;  // of norm_backward_all, [block][size] in the compute dtype; NULL when not needed
  void* bias_sums;
  int64_t num_rows;
  int64_t size;
  double eps;
  bool centred;
  bool vectors;  // rows are aligned to 16 bytes and a multiple of that long
};

// norm_columns: sums of gradients over a slice of rows, into `sums` of [slice][size] in the compute dtype.
struct NormColumns {
  const void* input;
  const void* grad;
  const void* mean;
  const void* rstd;
  void* weight_sums;  // NULL when not needed, as below
  void* bias_sums;
  int64_t num_rows;
  int64_t size;
  int64_t slice;  // rows
  bool centred;
  bool vectors;
};
inline constexpr int64_t kBackwardBlocks = 264;  // at most, of norm_backward_all
inline constexpr int kColumnLanes = 32;          // packs side by side in a block; its other threads take further rows

// norm_finish: slices of a column dealt to lanes, which are added as a tree.
inline constexpr int kFinishColumns = 8;  // of a block
struct NormFinish {
  const void* weight_sums;
  const void* bias_sums;
  void* weight_grad;
  void* bias_grad;
  int64_t size;
  int64_t num_slices;
  DtypeIndex weight_dtype;
  DtypeIndex bias_dtype;
};

// NULL for dtypes without rows.
const void* norm_forward_kernel(DtypeIndex dtype, RowForm form) noexcept;
const void* norm_backward_kernel(DtypeIndex dtype, RowForm form) noexcept;
const void* norm_backward_all_kernel(DtypeIndex dtype, RowForm form, bool bias) noexcept;
const void* norm_columns_kernel(DtypeIndex dtype) noexcept;
const void* norm_finish_kernel(DtypeIndex compute) noexcept;

}  // namespace vt::cuda
