// SPDX-License-Identifier: Apache-2.0
// Parameters of the kernel that makes all gradients of a small linear map.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// linear_backward: with grad (rows, out), input (rows, in) and weight (out, in), of any strides in elements, the gradients
// grad @ weight, grad^T @ input and the sums of grad's columns, all dense; with relu_output, of grad's sizes, of what relu_backward
// makes of the two. The first `input_tiles` blocks compute a small tile of the input's gradient each, the others one of the weight's
// and, those of its first column of tiles, the sums beside it.
struct LinearBackwardParams {
  const char* grad;
  const char* relu_output;  // null where there is none
  const char* input;
  const char* weight;
  char* input_grad;
  char* weight_grad;
  char* bias_grad;  // null where it is not wanted
  int64_t rows;
  int64_t in;
  int64_t out;
  int64_t grad_row, grad_col, relu_row, relu_col, input_row, input_col, weight_row, weight_col;
  int64_t input_tiles;  // 0 where the input's gradient is not wanted
};

// Null for dtypes that are not real floating ones.
const void* linear_backward_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
