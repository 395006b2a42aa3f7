// SPDX-License-Identifier: Apache-2.0
// Derivatives of the random family.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_random(VtPlugin*) {}

}  // namespace vt::autograd
