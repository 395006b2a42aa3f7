// SPDX-License-Identifier: Apache-2.0
// The loops of the trigonometric family.
#pragma once

#include <vt/cpp/pointwise/trigonometric.hpp>

#include "ops/loops/pointwise.hpp"

namespace vt::core {

using TrigonometricLoops = PointwiseLoops<pointwise::TrigonometricOps>;

}  // namespace vt::core
