// SPDX-License-Identifier: Apache-2.0
// The loops of the activation family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct ActivationLoops {};

}  // namespace vt::core
