// SPDX-License-Identifier: Apache-2.0
// Rows read and written at indices, and what the parts of the index family share.
#pragma once

#include <vt/cpp/iter/index_rules.hpp>
#include <vt/cpp/op.hpp>
#include <vt/cpp/registration.hpp>

#include "../kernels/put.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {

void register_masks(VtPlugin* plugin);

inline const char* name_of(IndexOp op) noexcept { return kIndexOpNames[static_cast<int>(op)]; }

// One offset per index of the plan, in units of so many bytes, dense in its index shape; kNoOffset for the index `skipped`.
// A dimension of the plan without an index stands for the dimension of the index shape of the same number, at its place.
Tensor offsets_of(const Queue& queue, IndexOp op, const IndexPlan& plan, DLDevice device, int64_t unit = 1,
                  int64_t skipped = -1);
// out = self at the plan's indices, 0 where one is out of range; `out` is dense and has the plan's shape.
void take_rows(IndexOp op, const VtTensor* self, const IndexPlan& plan, const VtTensor* out);
// self at the plan's indices = values, in the order of the indices.
void put_rows(IndexOp op, const VtTensor* self, const IndexPlan& plan, const VtTensor* values);
// The values at the plan's indices folded, in the order of the indices; `include_self` folds what is there too, else it is
// replaced. The index `skipped` is left out.
void fold_rows(IndexOp op, const VtTensor* self, const IndexPlan& plan, const VtTensor* values,
               RowFold fold = RowFold::kSum, bool include_self = true, int64_t skipped = -1);

// The tensor to write: the destination of the call, or a copy of `self`.
inline Tensor written_copy(const char* op, VtTensor* self, const VtValue& result) {
  static const Op clone("clone");
  if (result.tag != VT_TENSOR) return clone(value_of(self));
  check_writable(op, result.as.tensor);
  return Tensor::share(result.as.tensor);
}

// `t`, or a copy of it when it may share elements with what is written.
inline Tensor apart_from(const Tensor& written, const Tensor& t) {
  static const Op clone("clone");
  const Overlap overlap = overlap_between(written.get(), t.get());
  return overlap == Overlap::kFull || overlap == Overlap::kPartial ? clone(t) : t;
}

// A number counts as a vector of one element.
inline Tensor at_least_1d(VtTensor* t) {
  static const Op reshape("reshape");
  const int64_t one[] = {1};
  return t->dl.ndim > 0 ? Tensor::share(t) : reshape(value_of(t), std::span<const int64_t>(one));
}

// The plan of indices into one dimension.
void plan_one(const char* op, const VtTensor* self, int64_t dim, VtTensor* index, IndexPlan& plan);

// A result made apart written to a destination, which takes its sizes.
inline void store_apart(VtTensor* out, VtTensor* value) {
  if (!same_sizes(sizes_of(out), sizes_of(value))) TableIterAllocator{}.resize(out, sizes_of(value));
  copy_within(out, value);
}

}  // namespace vt::cuda
