// SPDX-License-Identifier: Apache-2.0
// The loops of the loss family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct LossLoops {};

}  // namespace vt::core
