// SPDX-License-Identifier: Apache-2.0
// The autograd layer: records calls on tensors that require grad.
#pragma once

#include <vt/abi/dispatch.h>

namespace vt::autograd {

int autograd_layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept;

}  // namespace vt::autograd
