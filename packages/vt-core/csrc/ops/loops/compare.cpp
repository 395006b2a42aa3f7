// SPDX-License-Identifier: Apache-2.0
// Loops of the compare family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_compare(LoopTable&) {}

}  // namespace vt::core::VT_ISA
