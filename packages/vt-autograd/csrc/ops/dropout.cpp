// SPDX-License-Identifier: Apache-2.0
// Derivatives of the dropout family.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// native_dropout(input, p, generator) -> (out, mask)
void native_dropout_backward(const VtValue* args, VtValue* result) {
  static const Op backward("native_dropout_backward");
  if (!is_tensor(args[0])) return;
  const double p = args[3].tag == VT_FLOAT ? args[3].as.f : static_cast<double>(args[3].as.i);
  result[0] = owned(backward(args[0], args[6], p == 1 ? 0.0 : 1 / (1 - p)));
}

// native_dropout_backward(grad, mask, scale)
void native_dropout_backward_backward(const VtValue* args, VtValue* result) {
  static const Op backward("native_dropout_backward");
  const RowArguments row(args, 3);
  result[0] = owned(backward(row.grad(), row.arg(1), row.arg(2)));
}

constexpr VtGradient kReadsMask{0, 0, 0, 0, bit(1)};

}  // namespace

void register_dropout(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"native_dropout", boxed<native_dropout_backward>, {kReadsMask}, kElementwise},
      {"native_dropout_backward", boxed<native_dropout_backward_backward>, {reads_argument(0, 1)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
