// SPDX-License-Identifier: Apache-2.0
// Derivatives of the optim family.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_optim(VtPlugin*) {}

}  // namespace vt::autograd
