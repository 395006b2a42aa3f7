// SPDX-License-Identifier: Apache-2.0
// Gradients through whichever plugin provides vt.autograd.
#pragma once

#include "napi.hpp"

namespace vt::node {

bool requires_grad(const VtTensor* tensor) noexcept;
bool is_leaf(const VtTensor* tensor) noexcept;
// Grad mode of the calling thread; nothing happens while no plugin is loaded.
void set_grad_mode(bool enabled) noexcept;
// Throws ERR_VT_IMPORT when no plugin is loaded.
void set_requires_grad(VtTensor* tensor, bool enabled);

// backward(tensor, gradient, inputs, flags, ticket) -> promise.
napi_value backward(napi_env env, napi_callback_info info);
// grad(tensor) -> promise of a tensor or null.
napi_value read_grad(napi_env env, napi_callback_info info);
// setGrad(tensor, gradient or null) -> promise of the tensor.
napi_value write_grad(napi_env env, napi_callback_info info);
// setRequiresGrad(tensor, enabled) -> promise of the tensor.
napi_value change_requires_grad(napi_env env, napi_callback_info info);

}  // namespace vt::node
