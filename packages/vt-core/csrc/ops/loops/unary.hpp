// SPDX-License-Identifier: Apache-2.0
// The loops of the unary family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct UnaryLoops {};

}  // namespace vt::core
