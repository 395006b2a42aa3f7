// SPDX-License-Identifier: Apache-2.0
// The optim family on the CPU.
#include "ops/ops.hpp"

namespace vt::core {

void register_optim(VtPlugin*) {}

}  // namespace vt::core
