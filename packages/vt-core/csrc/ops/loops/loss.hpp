// SPDX-License-Identifier: Apache-2.0
// The loops of cross_entropy over rows of logits (Note [Cross entropy] in vt/cpp/rows/loss.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// Dense rows; losses, weight, lse and grad in the compute dtype. Targets are classes or ignore_index.
struct CrossEntropyRows {
  int64_t num_classes;
  int64_t ignore_index;
  double smoothing;
  const void* input;
  const int64_t* target;
  const void* weight;   // NULL for ones
  double weight_total;  // of all classes
  void* losses;
  void* lse;
  const void* grad;  // grad_step apart: 0 for one number
  int64_t grad_step;
  double grad_scale;
  void* out;
};
using CrossEntropyLoop = void (*)(const CrossEntropyRows& rows, int64_t begin, int64_t end);

// Indexed by DtypeIndex; NULL for dtypes without rows.
struct LossLoops {
  CrossEntropyLoop cross_entropy[18];
  CrossEntropyLoop cross_entropy_backward[18];
};

}  // namespace vt::core
