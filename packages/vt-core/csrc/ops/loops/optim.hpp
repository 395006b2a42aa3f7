// SPDX-License-Identifier: Apache-2.0
// The loops of the optim family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct OptimLoops {};

}  // namespace vt::core
