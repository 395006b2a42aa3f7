// SPDX-License-Identifier: Apache-2.0
// Derivatives of the index family.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_index(VtPlugin*) {}

}  // namespace vt::autograd
