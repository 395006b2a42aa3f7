// SPDX-License-Identifier: Apache-2.0
// The embedding family on the CPU.
#include "ops/ops.hpp"

namespace vt::core {

void register_embedding(VtPlugin*) {}

}  // namespace vt::core
