// SPDX-License-Identifier: Apache-2.0
// Loops of the unary family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_unary(LoopTable&) {}

}  // namespace vt::core::VT_ISA
