// SPDX-License-Identifier: Apache-2.0
// Loops of the attention family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_attention(LoopTable&) {}

}  // namespace vt::core::VT_ISA
