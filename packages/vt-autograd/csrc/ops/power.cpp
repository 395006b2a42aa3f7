// SPDX-License-Identifier: Apache-2.0
// Derivatives of pow and atan2.
#include "ops/factors.hpp"

namespace vt::autograd {

void register_power(VtPlugin*) {}

}  // namespace vt::autograd
