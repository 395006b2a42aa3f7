// SPDX-License-Identifier: Apache-2.0
// Derivatives of the embedding family.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_embedding(VtPlugin*) {}

}  // namespace vt::autograd
