// SPDX-License-Identifier: Apache-2.0
// Loops of the gemm family.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_gemm(LoopTable&) {}

}  // namespace vt::core::VT_ISA
