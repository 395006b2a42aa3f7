// SPDX-License-Identifier: Apache-2.0
// The loops of the nonlinear family.
#pragma once

#include <vt/cpp/pointwise/nonlinear.hpp>

#include "ops/loops/pointwise.hpp"

namespace vt::core {

using NonlinearLoops = PointwiseLoops<pointwise::NonlinearOps>;

}  // namespace vt::core
