// SPDX-License-Identifier: Apache-2.0
// The random family on the CPU.
#include "ops/ops.hpp"

namespace vt::core {

void register_random(VtPlugin*) {}

}  // namespace vt::core
