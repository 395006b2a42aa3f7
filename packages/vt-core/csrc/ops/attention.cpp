// SPDX-License-Identifier: Apache-2.0
// The attention family on the CPU.
#include "ops/ops.hpp"

namespace vt::core {

void register_attention(VtPlugin*) {}

}  // namespace vt::core
