// SPDX-License-Identifier: Apache-2.0
// Parameters of the kernels of softmax and log_softmax.
#pragma once

#include "row.hpp"

namespace vt::cuda {

// Dense (outer, size, inner), the middle dimension taken.
struct SoftmaxKernel {
  const void* input;  // backward: the output
  const void* grad;   // NULL in the forward
  void* out;
  int64_t outer;
  int64_t size;
  int64_t inner;
  bool log;
  bool vectors;  // rows are aligned to 16 bytes and a multiple of that long
};

// softmax_columns: a block has this many neighbours of the inner dimension; its threads share each of them.
inline constexpr int kSoftmaxLanes = 32;

// NULL for dtypes without rows.
const void* softmax_rows_kernel(DtypeIndex dtype, RowForm form, bool backward) noexcept;
const void* softmax_columns_kernel(DtypeIndex dtype, bool backward) noexcept;

}  // namespace vt::cuda
