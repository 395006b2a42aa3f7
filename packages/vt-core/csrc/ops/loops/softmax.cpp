// SPDX-License-Identifier: Apache-2.0
// Loops of the softmax family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_softmax(LoopTable&) {}

}  // namespace vt::core::VT_ISA
