// SPDX-License-Identifier: Apache-2.0
// Loops of the random family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_random(LoopTable&) {}

}  // namespace vt::core::VT_ISA
