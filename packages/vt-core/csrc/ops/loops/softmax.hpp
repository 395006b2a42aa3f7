// SPDX-License-Identifier: Apache-2.0
// The loops of the softmax family.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

struct SoftmaxLoops {};

}  // namespace vt::core
