// SPDX-License-Identifier: Apache-2.0
// The attention family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_attention(VtPlugin*) {}

}  // namespace vt::cuda
