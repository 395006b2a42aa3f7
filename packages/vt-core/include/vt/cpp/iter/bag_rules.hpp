// SPDX-License-Identifier: Apache-2.0
// What the search for the largest elements of bags refuses, the same on every device.
#pragma once

#include <vt/cpp/iter/index_rules.hpp>

namespace vt {

// A table of bags holds floating numbers.
inline void check_table_dtype(const char* op, DLDataType dtype) {
  if (dtype_info(dtype).category != Category::kFloating || dtype.bits == 8)
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) + "; convert to float32 first");
}

// _embedding_bag_places(weight, indices, bag_of, num_bags, padding_idx)
inline void check_bag_places(const VtValue* args) {
  constexpr const char* kOp = "_embedding_bag_places";
  const VtTensor* weight = args[0].as.tensor;
  const VtTensor* indices = args[1].as.tensor;
  const VtTensor* bag_of = args[2].as.tensor;
  check_table_dtype(kOp, weight->dl.dtype);
  check_index_dtype(kOp, indices);
  if (weight->dl.ndim != 2 || indices->dl.ndim != 1 || !same_sizes(sizes_of(indices), sizes_of(bag_of)) ||
      !same_dtype(bag_of->dl.dtype, kInt64))
    fail(VT_ERROR_SHAPE, std::string(kOp) +
                             ": expected a matrix and two vectors of one size, the second of int64: got " +
                             format_sizes(sizes_of(weight)) + ", " + format_sizes(sizes_of(indices)) + " and " +
                             format_sizes(sizes_of(bag_of)) + " of " + std::string(dtype_name(bag_of->dl.dtype)));
}

// _embedding_bag_of(offsets, num_indices, num_bags)
inline void check_bag_offsets(const VtValue* args) {
  constexpr const char* kOp = "_embedding_bag_of";
  const VtTensor* offsets = args[0].as.tensor;
  if (!same_dtype(offsets->dl.dtype, kInt64) && !same_dtype(offsets->dl.dtype, kInt32))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(kOp) + ": not implemented for " +
                                       std::string(dtype_name(offsets->dl.dtype)) + "; convert to int64 first");
  if (offsets->dl.ndim != 1 || args[1].as.i < 0 || args[2].as.i < 0 || args[2].as.i > offsets->numel)
    fail(VT_ERROR_SHAPE, std::string(kOp) + ": expected a vector of offsets and at most as many bags: got " +
                             format_sizes(sizes_of(offsets)) + ", " + std::to_string(args[1].as.i) + " indices and " +
                             std::to_string(args[2].as.i) + " bags");
}

}  // namespace vt
