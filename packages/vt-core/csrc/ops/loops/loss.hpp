// SPDX-License-Identifier: Apache-2.0
// The loops of cross_entropy over rows of logits (Note [Cross entropy] in vt/cpp/rows/loss.hpp), and of losses of differences.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ops/loops/pointwise.hpp"

namespace vt::core {

// d^2 / 2 for the difference d of two elements up to a bound, and from there on its tangent: m (|d| - m / 2) where m is |d| or
// the bound. Parameters: the bound, a factor.
struct BoundedSquare : pointwise::OnlyFloats {
  static constexpr const char* kName = "bounded_square";
  template <class W>
  VT_POINTWISE W of(W x, W y, const pointwise::Parameters& p) noexcept {
    const W size = math::detail::magnitude(x - y);
    const W bounded = math::detail::at_most(size, static_cast<W>(p.first));
    return (size - bounded * W{0.5}) * bounded * static_cast<W>(p.second);
  }
};

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
  PointwiseLoop bounded_square[18];  // of float and double
};

}  // namespace vt::core
