// SPDX-License-Identifier: Apache-2.0
// What ops that work row by row (softmax, norms, losses, rotary embedding) do alike on every device.
#pragma once

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/iter/shape.hpp>
#include <vt/cpp/op.hpp>

#include <string>

namespace vt::rows {

// The dtype that elements are computed in, and in which statistics of rows are kept: float32 for half types.
inline DLDataType compute_dtype(DLDataType dtype) noexcept { return is_small_float(dtype) ? kFloat32 : dtype; }

inline bool is_row_dtype(DLDataType dtype) noexcept {
  return same_dtype(dtype, kFloat16) || same_dtype(dtype, kBFloat16) || same_dtype(dtype, kFloat32) ||
         same_dtype(dtype, kFloat64);
}

inline void check_dtype(const char* op, const VtTensor* t) {
  if (!is_row_dtype(t->dl.dtype))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(t->dl.dtype)) +
                                       ", expected float16, bfloat16, float32 or float64; convert to float32 first");
}

// A parameter of rows of dtype `rows`: computed in the same dtype.
inline void check_parameter_dtype(const char* op, const char* name, const VtTensor* t, DLDataType rows) {
  check_dtype(op, t);
  if (!same_dtype(compute_dtype(t->dl.dtype), compute_dtype(rows)))
    fail(VT_ERROR_DTYPE, std::string(op) + ": " + name + " must be computed in the dtype of the input: got " +
                             std::string(dtype_name(t->dl.dtype)) + " with an input of " +
                             std::string(dtype_name(rows)) + "; convert one of them");
}

// The spacing of numbers at 1 in a dtype of rows.
inline double epsilon(DLDataType dtype) noexcept {
  if (same_dtype(dtype, kFloat64)) return 0x1p-52;
  if (same_dtype(dtype, kFloat32)) return 0x1p-23;
  return same_dtype(dtype, kFloat16) ? 0x1p-10 : 0x1p-7;
}

inline bool is_meta(const VtTensor* t) noexcept {
  return static_cast<int>(t->dl.device.device_type) == VT_DEVICE_TYPE_META;
}

// The tensor itself where it is row-major.
inline Tensor dense(VtTensor* t) {
  if (t->flags & VT_TENSOR_CONTIGUOUS) return Tensor::share(t);
  static const Op contiguous("contiguous");
  return contiguous(value_of(t));
}

// The tensor itself where it has the dtype.
inline Tensor cast(VtTensor* t, DLDataType dtype) {
  if (same_dtype(t->dl.dtype, dtype)) return Tensor::share(t);
  static const Op to("to.dtype");
  return to(value_of(t), dtype);
}
// Row-major and in `dtype`; empty for None.
inline Tensor dense_as(const VtValue& v, DLDataType dtype) {
  return is_tensor(v) ? dense(cast(v.as.tensor, dtype).get()) : Tensor();
}

// `t` must have the sizes and the dtype of `other`.
inline void check_like(const char* op, const char* name, const VtTensor* t, const char* other_name,
                       const VtTensor* other) {
  if (!same_sizes(sizes_of(t), sizes_of(other)) || !same_dtype(t->dl.dtype, other->dl.dtype))
    fail(VT_ERROR_SHAPE, std::string(op) + ": " + name + " must be like the " + other_name + ": got " +
                             format_sizes(sizes_of(t)) + " of " + std::string(dtype_name(t->dl.dtype)) + ", expected " +
                             format_sizes(sizes_of(other)) + " of " + std::string(dtype_name(other->dl.dtype)));
}

inline void* data_of(const Tensor& t) noexcept { return t ? t->dl.data : nullptr; }
inline VtValue owned(Tensor&& t) noexcept { return value_of(t.release()); }

}  // namespace vt::rows
