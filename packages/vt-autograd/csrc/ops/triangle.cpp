// SPDX-License-Identifier: Apache-2.0
// Derivatives of tril and triu: the same of the gradient.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

void tril_backward(const VtValue* args, VtValue* result) {
  static const Op tril("tril");
  const RowArguments row(args, 2);
  result[0] = owned(tril(row.grad(), row.arg(1)));
}

void triu_backward(const VtValue* args, VtValue* result) {
  static const Op triu("triu");
  const RowArguments row(args, 2);
  result[0] = owned(triu(row.grad(), row.arg(1)));
}

}  // namespace

void register_triangle(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"tril", boxed<tril_backward>, {reads_nothing(0)}, kLinear},
      {"triu", boxed<triu_backward>, {reads_nothing(0)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
