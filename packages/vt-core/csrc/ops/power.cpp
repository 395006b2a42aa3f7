// SPDX-License-Identifier: Apache-2.0
// pow, its reflected form and atan2 on the CPU.
#include "ops/binary_runs.hpp"

namespace vt::core {

void register_power(VtPlugin*) {}

}  // namespace vt::core
