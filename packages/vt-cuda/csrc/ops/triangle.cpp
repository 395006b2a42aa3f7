// SPDX-License-Identifier: Apache-2.0
// The triangle family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_triangle(VtPlugin*) {}

}  // namespace vt::cuda
