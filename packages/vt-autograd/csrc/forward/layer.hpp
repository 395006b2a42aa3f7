// SPDX-License-Identifier: Apache-2.0
// The dispatcher's layer of forward mode.
#pragma once

#include <vt/abi/value.h>

namespace vt::autograd {

int forward_layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept;

}  // namespace vt::autograd
