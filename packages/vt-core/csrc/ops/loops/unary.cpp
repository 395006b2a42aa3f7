// SPDX-License-Identifier: Apache-2.0
// Loops of the unary family.
#include "ops/loops/pointwise_loops.hpp"

namespace vt::core::VT_ISA {

void fill_unary(LoopTable& table) { fill_pointwise(table.unary); }

}  // namespace vt::core::VT_ISA
