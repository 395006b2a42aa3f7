// SPDX-License-Identifier: Apache-2.0
// The loops of the ternary family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct TernaryLoops {};

}  // namespace vt::core
