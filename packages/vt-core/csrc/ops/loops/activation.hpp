// SPDX-License-Identifier: Apache-2.0
// The loops of the activation family.
#pragma once

#include "ops/loops/pointwise.hpp"

namespace vt::core {

using ActivationLoops = PointwiseLoops<pointwise::ActivationOps>;

}  // namespace vt::core
