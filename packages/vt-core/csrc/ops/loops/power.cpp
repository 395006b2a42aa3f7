// SPDX-License-Identifier: Apache-2.0
// Loops of pow and atan2.
#include "ops/loops/binary_loop.hpp"

namespace vt::core::VT_ISA {

void fill_power(LoopTable&) {}

}  // namespace vt::core::VT_ISA
