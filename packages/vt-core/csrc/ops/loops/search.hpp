// SPDX-License-Identifier: Apache-2.0
// The loops of the search family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct SearchLoops {};

}  // namespace vt::core
