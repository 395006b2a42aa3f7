// SPDX-License-Identifier: Apache-2.0
// The emulated device in the place of a GPU.
#include "driver.hpp"
#include "runtime/real_driver.hpp"

namespace vt::cuda {

const Driver& real_driver() noexcept { return emulated_driver(); }

}  // namespace vt::cuda
