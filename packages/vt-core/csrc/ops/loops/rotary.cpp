// SPDX-License-Identifier: Apache-2.0
// Loops of the rotary family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_rotary(LoopTable&) {}

}  // namespace vt::core::VT_ISA
