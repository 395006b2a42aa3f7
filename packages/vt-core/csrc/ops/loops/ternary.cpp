// SPDX-License-Identifier: Apache-2.0
// Loops of the ternary family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_ternary(LoopTable&) {}

}  // namespace vt::core::VT_ISA
