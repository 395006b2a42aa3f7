// SPDX-License-Identifier: Apache-2.0
// The matmul family on the CPU.
#include "ops/ops.hpp"

namespace vt::core {

void register_matmul(VtPlugin*) {}

}  // namespace vt::core
