// SPDX-License-Identifier: Apache-2.0
// The index family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_index(VtPlugin*) {}

}  // namespace vt::cuda
