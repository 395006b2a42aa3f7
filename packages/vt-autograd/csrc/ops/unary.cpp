// SPDX-License-Identifier: Apache-2.0
// Derivatives of the unary family.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_unary(VtPlugin*) {}

}  // namespace vt::autograd
