// SPDX-License-Identifier: Apache-2.0
// The rotary family on the CPU.
#include "ops/ops.hpp"

namespace vt::core {

void register_rotary(VtPlugin*) {}

}  // namespace vt::core
