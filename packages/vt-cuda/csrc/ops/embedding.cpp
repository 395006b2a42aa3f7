// SPDX-License-Identifier: Apache-2.0
// The embedding family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_embedding(VtPlugin*) {}

}  // namespace vt::cuda
