// SPDX-License-Identifier: Apache-2.0
// Derivatives of the dropout family.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_dropout(VtPlugin*) {}

}  // namespace vt::autograd
