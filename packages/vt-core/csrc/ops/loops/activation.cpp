// SPDX-License-Identifier: Apache-2.0
// Loops of the activation family.
#include "ops/loops/pointwise_loops.hpp"

namespace vt::core::VT_ISA {

void fill_activation(LoopTable& table) { fill_pointwise(table.activation); }

}  // namespace vt::core::VT_ISA
