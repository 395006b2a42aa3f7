// SPDX-License-Identifier: Apache-2.0
// The ops of the simulated devices.
#pragma once

#include <vt/abi/base.h>

namespace vt::simulated {

void register_kernels(VtPlugin* plugin);

}  // namespace vt::simulated
