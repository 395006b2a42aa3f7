// SPDX-License-Identifier: Apache-2.0
// Loops of the optim family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_optim(LoopTable&) {}

}  // namespace vt::core::VT_ISA
