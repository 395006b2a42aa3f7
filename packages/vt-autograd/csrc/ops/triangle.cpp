// SPDX-License-Identifier: Apache-2.0
// Derivatives of the triangle family.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_triangle(VtPlugin*) {}

}  // namespace vt::autograd
