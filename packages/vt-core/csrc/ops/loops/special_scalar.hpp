// SPDX-License-Identifier: Apache-2.0
// The loops of the special functions that are computed one element at a time.
#pragma once

#include <vt/cpp/pointwise/special_scalar.hpp>

#include "ops/loops/pointwise.hpp"

namespace vt::core {

using SpecialScalarLoops = PointwiseLoops<pointwise::SpecialScalarOps>;

}  // namespace vt::core
