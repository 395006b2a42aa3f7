// SPDX-License-Identifier: Apache-2.0
// The CUDA rows of core's operators, one family per file, and what the families share.
#pragma once

#include <vt/cpp/iter.hpp>
#include <vt/cpp/registration.hpp>

#include "../abi/border.hpp"

namespace vt::cuda {

void register_factory(VtPlugin* plugin);
void register_copy(VtPlugin* plugin);
void register_binary(VtPlugin* plugin);
void register_divide(VtPlugin* plugin);
void register_power(VtPlugin* plugin);
void register_reduce(VtPlugin* plugin);
void register_view_backward(VtPlugin* plugin);
void register_unary(VtPlugin* plugin);
void register_activation(VtPlugin* plugin);
void register_compare(VtPlugin* plugin);
void register_ternary(VtPlugin* plugin);
void register_matmul(VtPlugin* plugin);
void register_softmax(VtPlugin* plugin);
void register_norm(VtPlugin* plugin);
void register_loss(VtPlugin* plugin);
void register_rotary(VtPlugin* plugin);
void register_attention(VtPlugin* plugin);
void register_index(VtPlugin* plugin);
void register_join(VtPlugin* plugin);
void register_embedding(VtPlugin* plugin);
void register_triangle(VtPlugin* plugin);
void register_random(VtPlugin* plugin);
void register_dropout(VtPlugin* plugin);
void register_optim(VtPlugin* plugin);
void register_search(VtPlugin* plugin);

inline void register_ops(VtPlugin* plugin) {
  register_factory(plugin);
  register_copy(plugin);
  register_binary(plugin);
  register_divide(plugin);
  register_power(plugin);
  register_reduce(plugin);
  register_view_backward(plugin);
  register_unary(plugin);
  register_activation(plugin);
  register_compare(plugin);
  register_ternary(plugin);
  register_matmul(plugin);
  register_softmax(plugin);
  register_norm(plugin);
  register_loss(plugin);
  register_rotary(plugin);
  register_attention(plugin);
  register_index(plugin);
  register_join(plugin);
  register_embedding(plugin);
  register_triangle(plugin);
  register_random(plugin);
  register_dropout(plugin);
  register_optim(plugin);
  register_search(plugin);
}

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
