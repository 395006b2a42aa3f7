// SPDX-License-Identifier: Apache-2.0
// The random family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_random(VtPlugin*) {}

}  // namespace vt::cuda
