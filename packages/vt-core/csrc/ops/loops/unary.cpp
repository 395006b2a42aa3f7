// SPDX-License-Identifier: Apache-2.0
// Loops of the unary family.
#include "ops/loops/pointwise_loops.hpp"
#include "ops/loops/unary.hpp"

namespace vt::core::VT_ISA {

void fill_unary() { fill_pointwise(chosen_loops<UnaryLoops>); }

}  // namespace vt::core::VT_ISA
