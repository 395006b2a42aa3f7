// SPDX-License-Identifier: Apache-2.0
// The index family on the CPU.
#include "ops/ops.hpp"

namespace vt::core {

void register_index(VtPlugin*) {}

}  // namespace vt::core
