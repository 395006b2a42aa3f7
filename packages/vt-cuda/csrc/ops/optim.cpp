// SPDX-License-Identifier: Apache-2.0
// The optim family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_optim(VtPlugin*) {}

}  // namespace vt::cuda
