// SPDX-License-Identifier: Apache-2.0
// The compare family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_compare(VtPlugin*) {}

}  // namespace vt::cuda
