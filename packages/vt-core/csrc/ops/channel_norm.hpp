// SPDX-License-Identifier: Apache-2.0
// The parts of the channel norm family.
#pragma once

#include "ops/ops.hpp"

namespace vt::core {

void register_channel_norm_forms(VtPlugin* plugin);

}  // namespace vt::core
