// SPDX-License-Identifier: Apache-2.0
// Loops of the nonlinear family.
#include "ops/loops/nonlinear.hpp"
#include "ops/loops/pointwise_loops.hpp"

namespace vt::core::VT_ISA {

void fill_nonlinear() { fill_pointwise(chosen_loops<NonlinearLoops>); }

}  // namespace vt::core::VT_ISA
