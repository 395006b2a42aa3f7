// SPDX-License-Identifier: Apache-2.0
// Which dimensions a reduction reduces, in which order they are walked, and what it gives: the same on every device.
#pragma once

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/iter/plan.hpp>
#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/iter/reduce_kinds.hpp>
#include <vt/cpp/value.hpp>

#include <string>

namespace vt {

// A mark for each dimension of a tensor.
class ReducedDims {
 public:
  explicit ReducedDims(int32_t ndim, bool value = false) noexcept : ndim_(static_cast<size_t>(ndim)) {
    std::fill_n(marks_, kMaxDims, value);
  }
  bool& operator[](size_t d) noexcept { return marks_[d]; }
  bool operator[](size_t d) const noexcept { return marks_[d]; }
  std::span<const bool> marks() const noexcept { return {marks_, ndim_}; }

 private:
  size_t ndim_;
  bool marks_[kMaxDims + 1];  // a 0-dim tensor takes dimension 0
};

// An argument `int[]? dim`: all dimensions when it is absent or empty.
inline ReducedDims reduced_dims(const char* op, const VtValue& dim, int32_t ndim) {
  const auto given = is_none(dim) ? std::span<const int64_t>() : ints_of(dim);
  ReducedDims dims(ndim, given.empty());
  for (const int64_t d : given) {
    bool& mark = dims[static_cast<size_t>(wrap_dim(op, d, ndim))];
    if (mark) fail(VT_ERROR_RUNTIME, std::string(op) + ": dimension " + std::to_string(d) + " appears twice in dim");
    mark = true;
  }
  return dims;
}

inline ReducedDims reduced_dim(const char* op, int64_t dim, int32_t ndim) {
  ReducedDims dims(ndim);
  dims[static_cast<size_t>(wrap_dim(op, dim, ndim))] = true;
  return dims;
}

// The dimensions of `sizes` that were broadcast from `size`; false when it does not broadcast to them.
inline bool broadcast_dims(std::span<const int64_t> sizes, std::span<const int64_t> size, ReducedDims& dims) noexcept {
  if (size.size() > sizes.size()) return false;
  const size_t lead = sizes.size() - size.size();
  for (size_t d = 0; d < sizes.size(); ++d) {
    dims[d] = d < lead || (size[d - lead] == 1 && sizes[d] != 1);
    if (d >= lead && size[d - lead] != 1 && size[d - lead] != sizes[d]) return false;
  }
  return true;
}

// Sizes of the result. Reduced dimensions are kept as ones or left out.
inline void reduced_sizes(std::span<const int64_t> sizes, const ReducedDims& dims, bool keepdim, Sizes& out) {
  out.resize(sizes.size());
  size_t ndim = 0;
  for (size_t d = 0; d < sizes.size(); ++d)
    if (keepdim || !dims[d]) out[ndim++] = dims[d] ? 1 : sizes[d];
  out.resize(ndim);
}

// Elements per result.
inline int64_t num_reduced(std::span<const int64_t> sizes, const ReducedDims& dims) noexcept {
  int64_t num = 1;
  for (size_t d = 0; d < sizes.size(); ++d) num *= dims[d] ? sizes[d] : 1;
  return num;
}

// The order in which one tensor's dimensions are walked, innermost first.
inline void order_dims(const VtTensor* t, InlineVector<size_t, 4>& permutation) {
  IterPlan order;
  order.num_operands = 1;
  order.tensors.assign(1, const_cast<VtTensor*>(t));
  permutation.resize(static_cast<size_t>(t->dl.ndim));
  sort_dims(order, sizes_of(t), t->dl.strides, permutation.data());
}

// What sums and products are gathered in and stored as: integers in int64.
inline DLDataType sum_dtype(DLDataType to) noexcept {
  return dtype_info(to).category <= Category::kInteger ? kInt64 : to;
}

// The dtype that elements are cast to before they are added or multiplied. Integers of all widths are gathered as they
// are, since their sum wraps alike; a sum in bool asks whether any element is not zero.
inline DLDataType sum_element_dtype(DLDataType from, DLDataType to) noexcept {
  if (same_dtype(to, kBool)) return kBool;
  const bool both_integral = std::max(dtype_info(from).category, dtype_info(to).category) <= Category::kInteger;
  return both_integral ? from : sum_dtype(to);
}

// The dtype of a sum, product or running sum: as asked, else that of the destination, else by the input.
inline DLDataType sum_result_dtype(const VtTensor* self, const VtValue& dtype, const VtValue& result) {
  if (!is_none(dtype)) {
    known_dtype_index(dtype.as.dtype);
    return dtype.as.dtype;
  }
  return is_tensor(result) ? result.as.tensor->dl.dtype : sum_dtype(self->dl.dtype);
}

// A destination must be of the result's dtype.
inline void check_destination_dtype(const char* op, const VtValue& result, DLDataType dtype) {
  if (is_tensor(result) && !same_dtype(result.as.tensor->dl.dtype, dtype))
    fail(VT_ERROR_DTYPE, std::string(op) + ": the destination has another dtype than the result: got " +
                             std::string(dtype_name(result.as.tensor->dl.dtype)) + ", expected " +
                             std::string(dtype_name(dtype)));
}

}  // namespace vt
