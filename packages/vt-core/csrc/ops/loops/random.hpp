// SPDX-License-Identifier: Apache-2.0
// The loops of the random family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct RandomLoops {};

}  // namespace vt::core
