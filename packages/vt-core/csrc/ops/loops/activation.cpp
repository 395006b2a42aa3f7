// SPDX-License-Identifier: Apache-2.0
// Loops of the activation family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_activation(LoopTable&) {}

}  // namespace vt::core::VT_ISA
