// SPDX-License-Identifier: Apache-2.0
// The loops of layer_norm and rms_norm over rows (Note [Norms] in vt/cpp/rows/norm.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// Dense rows of `size` elements. weight, bias, mean and rstd are in the compute dtype, NULL where there is none.
struct NormRows {
  int64_t size;
  double eps;
  const void* input;
  const void* grad;
  const void* weight;
  const void* bias;
  void* out;  // the result; backward: the input's gradient, NULL when not needed
  void* mean;
  void* rstd;
  // Backward: `size` sums of the compute dtype that the rows are added to, NULL when not needed.
  void* weight_sums;
  void* bias_sums;
};
using NormLoop = void (*)(const NormRows& rows, int64_t begin, int64_t end);
// out[i] = the sum of element i over `num` arrays of the compute dtype, each `size` long, for i in [begin, end).
using NormSumLoop = void (*)(const void* sums, int64_t num, int64_t size, void* out, int64_t begin, int64_t end);

// Indexed by DtypeIndex; NULL for others than float16, bfloat16, float32 and float64. [0] is rms_norm, [1] layer_norm.
struct NormLoops {
  NormLoop forward[2][18];
  NormLoop backward[2][18];
  NormSumLoop add_sums[18];
};

}  // namespace vt::core
