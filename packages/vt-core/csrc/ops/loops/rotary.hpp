// SPDX-License-Identifier: Apache-2.0
// The loops of the rotary family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct RotaryLoops {};

}  // namespace vt::core
