// SPDX-License-Identifier: Apache-2.0
// The loops of the attention family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct AttentionLoops {};

}  // namespace vt::core
