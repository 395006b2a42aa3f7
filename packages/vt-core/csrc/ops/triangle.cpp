// SPDX-License-Identifier: Apache-2.0
// The triangle family on the CPU.
#include "ops/ops.hpp"

namespace vt::core {

void register_triangle(VtPlugin*) {}

}  // namespace vt::core
