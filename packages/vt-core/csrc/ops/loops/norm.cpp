// SPDX-License-Identifier: Apache-2.0
// Loops of the norm family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_norm(LoopTable&) {}

}  // namespace vt::core::VT_ISA
