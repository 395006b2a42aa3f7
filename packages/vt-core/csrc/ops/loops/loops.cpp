// SPDX-License-Identifier: Apache-2.0
// Gathers the loops of one instruction set.
#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

void fill_table(LoopTable& table) {
  fill_convert(table);
  fill_binary(table);
  fill_sum(table);
  fill_unary(table);
  fill_activation(table);
  fill_compare(table);
  fill_ternary(table);
  fill_gemm(table);
  fill_softmax(table);
  fill_norm(table);
  fill_loss(table);
  fill_rotary(table);
  fill_attention(table);
  fill_index(table);
  fill_reduction(table);
  fill_random(table);
  fill_optim(table);
  fill_search(table);
}

}  // namespace vt::core::VT_ISA
