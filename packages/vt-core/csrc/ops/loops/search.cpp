// SPDX-License-Identifier: Apache-2.0
// Loops of the search family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_search(LoopTable&) {}

}  // namespace vt::core::VT_ISA
