// SPDX-License-Identifier: Apache-2.0
// Gradients on their way: fitting them to the tensor they belong to, and describing them in messages.
#pragma once

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/tensor.hpp>

#include <string>

#include "engine/node.hpp"

namespace vt::autograd {

inline bool same_device(DLDevice a, DLDevice b) noexcept {
  return a.device_type == b.device_type && a.device_id == b.device_id;
}
inline bool is_differentiable(DLDataType dtype) noexcept {
  return is_known_dtype(dtype) && dtype_info(dtype).category >= Category::kFloating;
}

inline std::span<const int64_t> sizes_of(const VtTensorMeta& meta) noexcept {
  return {meta.sizes, static_cast<size_t>(meta.ndim)};
}
inline VtTensorMeta meta_of(const VtTensor* t) noexcept {
  return {t->dl.shape, t->dl.strides, 0, t->dl.ndim, t->dl.dtype, t->dl.device};
}

inline VtTensorMeta meta_of(const OutputMeta& output) noexcept {
  return {output.sizes, nullptr, 0, output.ndim, output.dtype, output.device};
}

// Whether nobody else can see or change the elements of `t`.
inline bool is_unshared(const VtTensor* t) noexcept {
  return tables().tensor->use_count(t) == 1 && tables().tensor->storage_use_count(t) == 1;
}
// The same of one whose elements lie row by row.
inline bool is_sole_owner(const VtTensor* t) noexcept { return (t->flags & VT_TENSOR_CONTIGUOUS) && is_unshared(t); }

bool fits(const VtTensor* grad, const VtTensorMeta& meta) noexcept;
inline bool fits(const VtTensor* grad, const OutputMeta& output) noexcept {
  if (grad->dl.ndim != output.ndim || !same_dtype(grad->dl.dtype, output.dtype) ||
      !same_device(grad->dl.device, output.device))
    return false;
  for (int32_t i = 0; i < output.ndim; ++i)
    if (grad->dl.shape[i] != output.sizes[i]) return false;
  return true;
}

// Sums `grad` down to the sizes of `meta`, casts it and, if it has no dimension, moves it. Throws RUNTIME, naming
// `producer` and the index of the gradient, when broadcasting does not explain the difference, or where the imaginary part
// would be dropped and may not be.
Tensor fit(Tensor grad, const VtTensorMeta& meta, const char* producer, uint32_t index, bool may_drop_imaginary = true);

std::string describe_sizes(std::span<const int64_t> sizes);
std::string describe(const VtTensor* t);  // "float32 [2, 3] on cpu"
std::string describe(const VtTensorMeta& meta);

}  // namespace vt::autograd
