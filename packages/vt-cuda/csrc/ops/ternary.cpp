// SPDX-License-Identifier: Apache-2.0
// The ternary family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_ternary(VtPlugin*) {}

}  // namespace vt::cuda
