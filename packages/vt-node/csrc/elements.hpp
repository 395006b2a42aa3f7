// SPDX-License-Identifier: Apache-2.0
// Elements in and out: tensors from typed arrays, typed arrays from tensors.
#pragma once

#include "napi.hpp"

namespace vt::node {

// createTensor(typedArray, shape, dtype, device, requiresGrad) -> tensor. Copies; only the first argument is required.
napi_value create_tensor(napi_env env, napi_callback_info info);
// readTensor(tensor, ticket) -> promise of a typed array.
napi_value read_tensor(napi_env env, napi_callback_info info);

}  // namespace vt::node
