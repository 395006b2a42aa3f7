// SPDX-License-Identifier: Apache-2.0
// The loops of the compare family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct CompareLoops {};

}  // namespace vt::core
