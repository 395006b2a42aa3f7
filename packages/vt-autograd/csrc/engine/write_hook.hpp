// SPDX-License-Identifier: Apache-2.0
// Write hooks: a thread may be told of each tensor that a call is about to write.
#pragma once

#include <vt/abi/autograd.h>

namespace vt::autograd {

using WriteHookFn = int (*)(void* context, VtTensor* tensor);

// Of the calling thread; NULL ends it. The thread includes the layer only meanwhile.
void set_write_hook(WriteHookFn hook, void* context) noexcept;

int write_layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept;

}  // namespace vt::autograd
