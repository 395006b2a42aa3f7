// SPDX-License-Identifier: Apache-2.0
// Derivative of rotary_embedding: the gradient turned back.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// rotary_embedding(x, cos, sin, *, interleaved, inverse)
void rotary_backward(const VtValue* args, VtValue* result) {
  static const Op op("rotary_embedding");
  const RowArguments row(args, 5);
  if (row.needs(1) || row.needs(2))
    fail(VT_ERROR_NOT_IMPLEMENTED, "rotary_embedding: there is no derivative for cos and sin; detach them");
  result[0] = owned(op(row.grad(), row.arg(1), row.arg(2), row.arg(3), row.arg(4).as.i == 0));
}

}  // namespace

void register_rotary(VtPlugin* plugin) {
  constexpr uint64_t kAngles = bit(1) | bit(2);
  const DerivativeRow rows[] = {{"rotary_embedding",
                                 boxed<rotary_backward>,
                                 {{0, 0, kAngles, 0, 0}, {1, 0, kAngles, 0, 0}, {2, 0, kAngles, 0, 0}}}};
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
