// SPDX-License-Identifier: Apache-2.0
// Gathers the loops of one instruction set.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_table(LoopTable& table) {
  fill_convert(table);
  fill_binary(table);
  fill_sum(table);
}

}  // namespace vt::core::VT_ISA
