// SPDX-License-Identifier: Apache-2.0
// The loops of softmax and log_softmax (Note [Softmax] in vt/cpp/rows/softmax.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// Dense (outer, size, inner), the middle dimension taken.
struct SoftmaxRows {
  int64_t size;
  int64_t inner;
  const void* input;  // backward: the output
  const void* grad;
  void* out;
};
// Does jobs [begin, end). A job is a row where inner is 1, else up to kSoftmaxColumns neighbours of the inner dimension, which
// are counted per outer index.
using SoftmaxLoop = void (*)(const SoftmaxRows& rows, int64_t begin, int64_t end);
inline constexpr int64_t kSoftmaxColumns = 64;

// Indexed by DtypeIndex; NULL for dtypes without rows. [0] is softmax, [1] log_softmax.
struct SoftmaxLoops {
  SoftmaxLoop forward[2][18];
  SoftmaxLoop backward[2][18];
  SoftmaxLoop forward_columns[2][18];
  SoftmaxLoop backward_columns[2][18];
};

}  // namespace vt::core
