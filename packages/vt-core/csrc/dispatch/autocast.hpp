// SPDX-License-Identifier: Apache-2.0
// AutocastState: mixed precision of one thread, and the registration of its layer.
#pragma once

#include <vt/abi/autocast.h>
#include <vt/abi/dispatch.h>

namespace vt::core {

// Registers the autocast kernels of the ops that have one.
void register_autocast(VtPlugin* plugin);

// Throws VALUE or DTYPE.
VtAutocastState autocast_state(int32_t device_type);
void set_autocast_state(int32_t device_type, const VtAutocastState& state);

}  // namespace vt::core
