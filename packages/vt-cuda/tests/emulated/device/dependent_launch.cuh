// SPDX-License-Identifier: Apache-2.0
// The emulated device's wait of csrc/device/dependent_launch.cuh: kernels run one after the other, and must have asked for it.
#pragma once

#include "../threads.hpp"

namespace vt::cuda {

inline void wait_for_previous_kernel() { emulated::note_wait(); }

}  // namespace vt::cuda
