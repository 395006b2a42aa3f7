// SPDX-License-Identifier: Apache-2.0
// Loops of the activation family.
#include "ops/loops/activation.hpp"
#include "ops/loops/pointwise_loops.hpp"

namespace vt::core::VT_ISA {

void fill_activation() { fill_pointwise(chosen_loops<ActivationLoops>); }

}  // namespace vt::core::VT_ISA
