// SPDX-License-Identifier: Apache-2.0
// The loops of the reduction family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct ReductionLoops {};

}  // namespace vt::core
