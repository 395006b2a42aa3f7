// SPDX-License-Identifier: Apache-2.0
// The rotary family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_rotary(VtPlugin*) {}

}  // namespace vt::cuda
