// SPDX-License-Identifier: Apache-2.0
// Loops of the index family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_index(LoopTable&) {}

}  // namespace vt::core::VT_ISA
