// SPDX-License-Identifier: Apache-2.0
// The loops of the index family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct IndexLoops {};

}  // namespace vt::core
