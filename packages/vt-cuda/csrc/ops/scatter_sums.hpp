// SPDX-License-Identifier: Apache-2.0
// Sums of many single elements at indices.
#pragma once

#include <vt/cpp/iter/index_rules.hpp>

#include "../kernels/index.hpp"
#include "launch.hpp"

namespace vt::cuda {

// Single elements that a plan of one index adds to `num_destinations` places of `self`, `unit` bytes apart.
struct ScatteredSums {
  const VtTensor* self;
  const VtTensor* values;
  const IndexPlan& plan;
  int64_t unit;
  int64_t num_destinations;
  int64_t skipped;
};

// Whether they are so many that they are added without being sorted (Note [Scattered sums]).
bool are_added_unsorted(const ScatteredSums& s) noexcept;
void add_unsorted(const Queue& queue, IndexOp op, const ScatteredSums& s);

}  // namespace vt::cuda
