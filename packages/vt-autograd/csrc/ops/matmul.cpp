// SPDX-License-Identifier: Apache-2.0
// Derivatives of the matmul family.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_matmul(VtPlugin*) {}

}  // namespace vt::autograd
