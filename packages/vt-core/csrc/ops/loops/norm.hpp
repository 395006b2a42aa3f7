// SPDX-License-Identifier: Apache-2.0
// The loops of the norm family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct NormLoops {};

}  // namespace vt::core
