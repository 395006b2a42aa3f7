// SPDX-License-Identifier: Apache-2.0
// What searchsorted and bucketize ask of a device, and what they refuse on each.
#pragma once

#include <vt/cpp/iter/reduce_requests.hpp>

#include <algorithm>
#include <string_view>

namespace vt {

// Where `values` belong in sorted lines: in one of one dimension, or each line of values in one of its own.
struct BoundRequest {
  const char* op;
  VtTensor* sequence;
  VtTensor* values;
  VtTensor* sorter;  // the places of a line's elements in order, or null
  bool out_int32;
  bool right;
  DLDataType dtype{};  // in which both are compared

  bool is_shared() const noexcept { return sequence->dl.ndim == 1; }
  int64_t length() const noexcept { return sequence->dl.shape[sequence->dl.ndim - 1]; }
  DLDataType result_dtype() const noexcept { return out_int32 ? kInt32 : kInt64; }
};

namespace detail {

// The first dimensions of both must agree, unless there is one sequence.
inline void check_bound_sizes(const BoundRequest& r) {
  if (r.sequence->dl.ndim == 0)
    fail(VT_ERROR_RUNTIME, std::string(r.op) + ": boundaries tensor should have positive dimension: got sizes ()");
  if (r.is_shared()) return;
  const auto sizes = sizes_of(r.sequence);
  const auto wanted = sizes_of(r.values);
  if (wanted.size() != sizes.size() || !std::equal(sizes.begin(), sizes.end() - 1, wanted.begin()))
    fail(VT_ERROR_RUNTIME,
         std::string(r.op) +
             ": boundaries tensor should be 1 dimension or match the values in all dimensions but the "
             "last: got boundaries " +
             format_sizes(sizes) + " and values " + format_sizes(wanted));
}

inline void check_sorter(const BoundRequest& r) {
  if (!r.sorter) return;
  if (!same_dtype(r.sorter->dl.dtype, kInt64))
    fail(VT_ERROR_RUNTIME, unsupported(r.op, "sorter must be a tensor of int64", r.sorter->dl.dtype));
  if (!same_sizes(sizes_of(r.sorter), sizes_of(r.sequence)))
    fail(VT_ERROR_RUNTIME, std::string(r.op) + ": boundary and sorter must have the same size: got boundary " +
                               format_sizes(sizes_of(r.sequence)) + " and sorter " + format_sizes(sizes_of(r.sorter)));
}

inline void check_bound_dtype(const char* op, DLDataType dtype) {
  check_ordered(op, dtype);
  if (same_dtype(dtype, kBool))
    fail(VT_ERROR_NOT_IMPLEMENTED, unsupported(op, "not implemented for this dtype", dtype));
}

inline BoundRequest checked(BoundRequest r, const VtValue& destination) {
  check_bound_sizes(r);
  check_sorter(r);
  check_bound_dtype(r.op, r.sequence->dl.dtype);
  Promotion promotion(r.op);
  promotion.add_tensor(r.sequence->dl.dtype, r.sequence->dl.ndim);
  promotion.add_tensor(r.values->dl.dtype, r.values->dl.ndim);
  r.dtype = dtype_info(promotion.result()).dtype;
  check_bound_dtype(r.op, r.dtype);
  check_destination_dtype(r.op, destination, r.result_dtype());
  if (r.out_int32 && r.length() > INT32_MAX)
    fail(VT_ERROR_RUNTIME, std::string(r.op) + ": the size of boundaries' last dimension must fit in int32: got " +
                               std::to_string(r.length()));
  return r;
}

}  // namespace detail

// searchsorted(sorted_sequence, self, *, out_int32, right, side, sorter)
inline BoundRequest searchsorted_request(const VtValue* args, const VtValue& destination) {
  constexpr const char* kOp = "searchsorted";
  bool right = args[3].as.i != 0;
  if (!is_none(args[4])) {
    const std::string_view side = args[4].as.string;
    if (side != "left" && side != "right")
      fail(VT_ERROR_RUNTIME, std::string(kOp) + ": side can only be 'left' or 'right': got " + std::string(side));
    if (right && side == "left")
      fail(VT_ERROR_RUNTIME,
           std::string(kOp) + ": side and right can't be set to opposites: got side left and right True");
    right = side == "right";
  }
  VtTensor* sorter = is_tensor(args[5]) ? args[5].as.tensor : nullptr;
  return detail::checked({kOp, args[0].as.tensor, args[1].as.tensor, sorter, args[2].as.i != 0, right}, destination);
}

// bucketize(self, boundaries, *, out_int32, right)
inline BoundRequest bucketize_request(const VtValue* args, const VtValue& destination) {
  constexpr const char* kOp = "bucketize";
  VtTensor* boundaries = args[1].as.tensor;
  if (boundaries->dl.ndim != 1)
    fail(VT_ERROR_RUNTIME,
         std::string(kOp) + ": boundaries tensor must be 1 dimension: got sizes " + format_sizes(sizes_of(boundaries)));
  return detail::checked({kOp, boundaries, args[0].as.tensor, nullptr, args[2].as.i != 0, args[3].as.i != 0},
                         destination);
}

}  // namespace vt
