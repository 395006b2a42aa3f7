// SPDX-License-Identifier: Apache-2.0
// The driver table over CUDA's runtime library.
#pragma once

#include "driver.hpp"

namespace vt::cuda {

// Borrowed, valid for the life of the process. Touches neither driver nor device until an entry is called.
const Driver& real_driver() noexcept;

}  // namespace vt::cuda
