// SPDX-License-Identifier: Apache-2.0
// Derivatives of the rotary family.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_rotary(VtPlugin*) {}

}  // namespace vt::autograd
