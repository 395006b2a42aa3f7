// SPDX-License-Identifier: Apache-2.0
// The parts of the pooling family.
#pragma once

#include "ops/ops.hpp"

namespace vt::core {

void register_pool_forms(VtPlugin* plugin);

}  // namespace vt::core
