// SPDX-License-Identifier: Apache-2.0
// The unary family on the CPU.
#include "ops/ops.hpp"

namespace vt::core {

void register_unary(VtPlugin*) {}

}  // namespace vt::core
