// SPDX-License-Identifier: Apache-2.0
// The ternary family on the CPU.
#include "ops/ops.hpp"

namespace vt::core {

void register_ternary(VtPlugin*) {}

}  // namespace vt::core
