// SPDX-License-Identifier: Apache-2.0
// Loops of the trigonometric family.
#include "ops/loops/pointwise_loops.hpp"
#include "ops/loops/trigonometric.hpp"

namespace vt::core::VT_ISA {

void fill_trigonometric() { fill_pointwise(chosen_loops<TrigonometricLoops>); }

}  // namespace vt::core::VT_ISA
