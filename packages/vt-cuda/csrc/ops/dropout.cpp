// SPDX-License-Identifier: Apache-2.0
// The dropout family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_dropout(VtPlugin*) {}

}  // namespace vt::cuda
