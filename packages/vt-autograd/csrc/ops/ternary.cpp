// SPDX-License-Identifier: Apache-2.0
// Derivatives of the ternary family.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_ternary(VtPlugin*) {}

}  // namespace vt::autograd
