// SPDX-License-Identifier: Apache-2.0
// What cat joins and refuses, the same on every device.
#pragma once

#include <vt/abi/value.h>
#include <vt/cpp/iter/overlap.hpp>
#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/value.hpp>

#include <vector>

namespace vt {

// The result of cat before its memory is known.
struct JoinPlan {
  std::vector<VtTensor*> parts;  // in order, without those that have no elements
  size_t dim = 0;
  Sizes sizes;
  DLDataType dtype{};
};

// As in PyTorch, one-dimensional tensors without elements join with anything.
inline bool joins_anything(std::span<const int64_t> sizes) noexcept { return sizes.size() == 1 && sizes[0] == 0; }

namespace detail {

inline void check_part(const JoinPlan& p, const VtTensor* t, size_t position) {
  const auto sizes = sizes_of(t);
  bool fits = sizes.size() == p.sizes.size();
  for (size_t d = 0; fits && d < sizes.size(); ++d) fits = d == p.dim || sizes[d] == p.sizes[d];
  if (!fits)
    fail(VT_ERROR_SHAPE, "cat: sizes must agree except in dimension " + std::to_string(p.dim) + ": got " +
                             format_sizes(sizes) + " at position " + std::to_string(position) + ", expected like " +
                             format_sizes(p.sizes));
}

}  // namespace detail

// Plans cat(tensors, dim) into `destination`, which may be NULL; a destination is checked, not resized.
inline void plan_join(std::span<VtTensor* const> tensors, int64_t dim, const VtTensor* destination, JoinPlan& p) {
  if (tensors.empty()) fail(VT_ERROR_VALUE, "cat: expected a non-empty list of tensors");
  Promotion promotion("cat");
  bool found = false;
  for (size_t i = 0; i < tensors.size(); ++i) {
    const VtTensor* t = tensors[i];
    if (t->dl.ndim == 0)
      fail(VT_ERROR_RUNTIME, "cat: a 0-dim tensor (at position " + std::to_string(i) +
                                 ") cannot be concatenated; use stack, or reshape it to (1,)");
    promotion.add_tensor(t->dl.dtype, t->dl.ndim);
    if (joins_anything(sizes_of(t))) continue;
    if (!found) {
      found = true;
      p.sizes.assign(sizes_of(t));
      p.dim = static_cast<size_t>(wrap_dim("cat", dim, t->dl.ndim));
    } else {
      detail::check_part(p, t, i);
      p.sizes[p.dim] += t->dl.shape[p.dim];
    }
    if (t->numel > 0) p.parts.push_back(tensors[i]);
  }
  if (!found) {
    wrap_dim("cat", dim, 1);
    p.sizes.assign(1, 0);
  }
  p.dtype = dtype_info(promotion.result()).dtype;
  if (!destination) return;
  check_writable("cat", destination);
  if (!can_cast(p.dtype, destination->dl.dtype))
    fail(VT_ERROR_DTYPE, "cat: the result is " + std::string(dtype_name(p.dtype)) + " and cannot be stored in " +
                             std::string(dtype_name(destination->dl.dtype)));
  for (const VtTensor* t : tensors) {
    const Overlap overlap = overlap_between(destination, t);
    if (overlap == Overlap::kFull || overlap == Overlap::kPartial)
      fail(VT_ERROR_RUNTIME, "cat: the tensor to write shares elements with an input; clone one first");
  }
}

// Whether all parts lie row-major and in the result's dtype, so that their bytes can be moved as they are.
inline bool joins_bytes(const JoinPlan& p, const VtTensor* out) noexcept {
  if (!(out->flags & VT_TENSOR_CONTIGUOUS)) return false;
  for (const VtTensor* t : p.parts)
    if (!(t->flags & VT_TENSOR_CONTIGUOUS) || !same_dtype(t->dl.dtype, out->dl.dtype)) return false;
  return true;
}

// The byte size of what lies below the first `dim` dimensions of a row-major tensor.
inline int64_t bytes_from(const VtTensor* t, size_t dim) noexcept {
  int64_t bytes = itemsize_of(t->dl.dtype);
  for (auto d = dim; d < static_cast<size_t>(t->dl.ndim); ++d) bytes *= t->dl.shape[d];
  return bytes;
}

}  // namespace vt
