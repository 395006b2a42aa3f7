// SPDX-License-Identifier: Apache-2.0
// The driver table that runs kernels on the host.
#pragma once

#include "runtime/driver.hpp"

namespace vt::cuda {

const Driver& emulated_driver() noexcept;

}  // namespace vt::cuda
