// SPDX-License-Identifier: Apache-2.0
// Rows read and written at indices, and what the parts of the index family share.
#pragma once

#include <vt/cpp/iter/index_rules.hpp>
#include <vt/cpp/registration.hpp>

#include "../kernels/index.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {

void register_masks(VtPlugin* plugin);

inline const char* name_of(IndexOp op) noexcept { return kIndexOpNames[static_cast<int>(op)]; }

// One offset per index of the plan, in units of so many bytes, dense in its index shape; kNoOffset for the index `skipped`.
Tensor offsets_of(const Queue& queue, IndexOp op, const IndexPlan& plan, DLDevice device, int64_t unit = 1,
                  int64_t skipped = -1);
// out = self at the plan's indices, 0 where one is out of range; `out` is dense and has the plan's shape.
void take_rows(IndexOp op, const VtTensor* self, const IndexPlan& plan, const VtTensor* out);
// self at the plan's indices = values, or += values, in the order of the indices. The index `skipped` is left out.
void put_rows(IndexOp op, const VtTensor* self, const IndexPlan& plan, const VtTensor* values, bool accumulates,
              int64_t skipped = -1);

// A result made apart written to a destination, which takes its sizes.
inline void store_apart(VtTensor* out, VtTensor* value) {
  if (!same_sizes(sizes_of(out), sizes_of(value))) TableIterAllocator{}.resize(out, sizes_of(value));
  copy_within(out, value);
}

}  // namespace vt::cuda
