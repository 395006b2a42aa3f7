// SPDX-License-Identifier: Apache-2.0
// Parameters of the kernels of cross_entropy.
#pragma once

#include "index.hpp"
#include "row.hpp"

namespace vt::cuda {

// cross_entropy, cross_entropy_backward: dense rows of logits; losses, weight, lse, total_weight and grad in the compute
// dtype. A target that is no class gives NaN, and is noted by the forward pass: nothing is read or written out of bounds.
struct CrossEntropyKernel {
  const void* input;
  const int64_t* target;
  const void* weight;  // NULL for ones
  void* losses;
  void* lse;
  const void* total_weight;  // backward of a mean; else NULL
  const void* grad;          // grad_step apart: 0 for one number; NULL for ones
  void* out;                 // of cross_entropy_small: the gradient for ones, unless NULL
  int64_t num_rows;
  int64_t size;  // classes
  int64_t ignore_index;
  int64_t grad_step;
  double smoothing;
  bool vectors;  // rows are aligned to 16 bytes and a multiple of that long
  IndexErrorRecord* record;
};

// cross_entropy_total: one block adds losses and weights in a fixed order.
struct CrossEntropyTotal {
  const int64_t* target;
  const void* weight;
  const void* losses;
  void* loss;  // NULL without reduction
  void* total_weight;
  int64_t num_rows;
  int64_t num_classes;
  int64_t ignore_index;
  bool mean;
};

// cross_entropy_small: one block takes all rows and their sums.
struct CrossEntropySmall {
  CrossEntropyKernel rows;
  CrossEntropyTotal total;
};
// Whether that is no slower than a launch for the rows and one for the sums.
constexpr bool is_small_cross_entropy(int64_t num_rows, int64_t num_classes) noexcept {
  return num_rows <= 64 && num_classes <= 256;
}

// NULL for dtypes without rows.
const void* cross_entropy_small_kernel(DtypeIndex dtype) noexcept;
const void* cross_entropy_kernel(DtypeIndex dtype, RowForm form, bool backward) noexcept;
const void* cross_entropy_total_kernel(DtypeIndex compute) noexcept;

}  // namespace vt::cuda
