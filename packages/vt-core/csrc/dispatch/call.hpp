// SPDX-License-Identifier: Apache-2.0
// Calling an operator: through its active layers down to the device's kernel.
#pragma once

#include "dispatch/operator.hpp"

namespace vt::core {

// Runs the outermost active layer, or the device kernel when none is. Missing trailing arguments take their defaults.
int call(const VtOp* op, const VtValue* args, int32_t num_args, VtValue* result) noexcept;
// The same, below `layer`.
int redispatch(const VtOp* op, int32_t layer, const VtValue* args, int32_t num_args, VtValue* result) noexcept;

// The kernel that would run for these flags; sets MISSING_KERNEL and returns NULL when there is none. Layers at and above
// `layer` are left out (-1 for none).
const VtKernel* resolve(const VtOp* op, int32_t layer, uint32_t flags, int32_t device_type) noexcept;

}  // namespace vt::core
