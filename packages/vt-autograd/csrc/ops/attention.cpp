// SPDX-License-Identifier: Apache-2.0
// Derivatives of the attention family.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_attention(VtPlugin*) {}

}  // namespace vt::autograd
