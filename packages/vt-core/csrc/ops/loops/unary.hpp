// SPDX-License-Identifier: Apache-2.0
// The loops of the unary family.
#pragma once

#include "ops/loops/pointwise.hpp"

namespace vt::core {

using UnaryLoops = PointwiseLoops<pointwise::UnaryOps>;

}  // namespace vt::core
