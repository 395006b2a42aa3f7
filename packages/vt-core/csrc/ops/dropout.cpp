// SPDX-License-Identifier: Apache-2.0
// The dropout family on the CPU.
#include "ops/ops.hpp"

namespace vt::core {

void register_dropout(VtPlugin*) {}

}  // namespace vt::core
