// SPDX-License-Identifier: Apache-2.0
// Loops of the special functions that are computed one element at a time.
#include "ops/loops/pointwise_loops.hpp"
#include "ops/loops/special_scalar.hpp"

namespace vt::core::VT_ISA {

void fill_special_scalar() { fill_pointwise(chosen_loops<SpecialScalarLoops>); }

}  // namespace vt::core::VT_ISA
