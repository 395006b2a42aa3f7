// SPDX-License-Identifier: Apache-2.0
// What the scans along one dimension refuse, the same on every device.
#pragma once

#include <vt/cpp/iter/search_rules.hpp>

namespace vt {

namespace detail {

inline void check_scanned(const char* op, DLDataType dtype, bool takes_complex) {
  const DtypeIndex index = known_dtype_index(dtype);
  const bool is_float8 = index == DtypeIndex::kFloat8E4M3 || index == DtypeIndex::kFloat8E5M2;
  if (is_float8 || (dtype_info(index).category == Category::kComplex && !takes_complex))
    fail(VT_ERROR_NOT_IMPLEMENTED, unsupported(op, "not implemented for this dtype", dtype));
}
inline void check_scanned_floats(const char* op, DLDataType dtype) {
  check_scanned(op, dtype, true);
  if (dtype_info(known_dtype_index(dtype)).category <= Category::kInteger)
    fail(VT_ERROR_NOT_IMPLEMENTED, unsupported(op, "not implemented for this dtype", dtype));
}

}  // namespace detail

// cumsum(self, dim, *, dtype) and cumprod: the dtype of the result, to which elements are cast first.
inline DLDataType accumulated_dtype(const char* op, const VtValue* args, const VtValue& destination) {
  const VtTensor* self = args[0].as.tensor;
  detail::check_scanned(op, self->dl.dtype, true);
  const DLDataType dtype = sum_result_dtype(self, args[2], destination);
  detail::check_scanned(op, dtype, true);
  if (same_dtype(dtype, kBool))
    fail(VT_ERROR_NOT_IMPLEMENTED, detail::unsupported(op, "not implemented for results in this dtype", dtype));
  return dtype;
}

// running_affine(self, factors, dim, reverse)
inline void check_affine(const VtValue* args) {
  constexpr const char* kOp = "running_affine";
  const VtTensor* self = args[0].as.tensor;
  const VtTensor* factors = args[1].as.tensor;
  detail::check_scanned_floats(kOp, self->dl.dtype);
  if (!same_dtype(factors->dl.dtype, self->dl.dtype))
    fail(VT_ERROR_DTYPE, std::string(kOp) + ": factors must have the dtype of self: got " +
                             std::string(dtype_name(factors->dl.dtype)) + ", expected " +
                             std::string(dtype_name(self->dl.dtype)));
  if (!same_sizes(sizes_of(factors), sizes_of(self)))
    fail(VT_ERROR_SHAPE, std::string(kOp) + ": factors must have the sizes of self: got " +
                             format_sizes(sizes_of(factors)) + ", expected " + format_sizes(sizes_of(self)));
}

}  // namespace vt
