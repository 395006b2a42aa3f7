// SPDX-License-Identifier: Apache-2.0
// The search family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_search(VtPlugin*) {}

}  // namespace vt::cuda
