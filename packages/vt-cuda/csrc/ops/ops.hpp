// SPDX-License-Identifier: Apache-2.0
// The CUDA rows of core's operators, one family per file, and what the families share.
#pragma once

#include <vt/cpp/iter.hpp>
#include <vt/cpp/registration.hpp>

#include "../abi/border.hpp"

namespace vt::cuda {

// Registers every family (register.cpp).
void register_ops(VtPlugin* plugin);

inline constexpr DLDataType kCommonDtype{kDLOpaqueHandle, 0, 0};

// The destination of an op that has only an in-place form.
inline VtTensor* required_destination(const char* op, const VtValue& result) {
  if (result.tag != VT_TENSOR)
    vt::fail(VT_ERROR_TYPE, std::string(op) + ": the tensor to write must be given as the destination");
  return result.as.tensor;
}

inline VtValue shared_value(VtTensor* t) noexcept {
  tables().tensor->retain(t);
  return value_of(t);
}

// dst = src within one device, cast and broadcast (copy.cpp).
void copy_within(VtTensor* dst, VtTensor* src);

// Row-major: `t` itself or a copy.
inline Tensor row_major(VtTensor* t) {
  if (t->flags & VT_TENSOR_CONTIGUOUS) return Tensor::share(t);
  Tensor dense = Tensor::empty(sizes_of(t), t->dl.dtype, t->dl.device);
  copy_within(dense.get(), t);
  return dense;
}

}  // namespace vt::cuda
