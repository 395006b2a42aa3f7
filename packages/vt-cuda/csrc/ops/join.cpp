// SPDX-License-Identifier: Apache-2.0
// The join family on CUDA devices.
#include "ops.hpp"

namespace vt::cuda {

void register_join(VtPlugin*) {}

}  // namespace vt::cuda
