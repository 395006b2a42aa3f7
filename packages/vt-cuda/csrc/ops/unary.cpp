// SPDX-License-Identifier: Apache-2.0
// The unary family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_unary(VtPlugin*) {}

}  // namespace vt::cuda
