// SPDX-License-Identifier: Apache-2.0
// Loops of the loss family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_loss(LoopTable&) {}

}  // namespace vt::core::VT_ISA
