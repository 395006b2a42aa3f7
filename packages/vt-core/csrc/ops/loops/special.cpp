// SPDX-License-Identifier: Apache-2.0
// Loops of the special functions of one tensor.
#include "ops/loops/pointwise_loops.hpp"
#include "ops/loops/special.hpp"

namespace vt::core::VT_ISA {

void fill_special() { fill_pointwise(chosen_loops<SpecialLoops>); }

}  // namespace vt::core::VT_ISA
