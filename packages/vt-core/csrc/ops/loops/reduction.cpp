// SPDX-License-Identifier: Apache-2.0
// Loops of the reduction family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_reduction(LoopTable&) {}

}  // namespace vt::core::VT_ISA
