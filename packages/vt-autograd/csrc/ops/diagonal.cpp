// SPDX-License-Identifier: Apache-2.0
// Derivatives of what writes diagonals.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// diag_embed(self, offset, dim1, dim2)
void diag_embed_backward(const VtValue* args, VtValue* result) {
  static const Op diagonal("diagonal");
  const RowArguments row(args, 4);
  result[0] = owned(diagonal(row.grad(), row.arg(1), row.arg(2), row.arg(3)));
}

// fill_diagonal_(self, fill_value, wrap): what was on the diagonal is gone.
void fill_diagonal_backward(const VtValue* args, VtValue* result) {
  static const Op clone("clone");
  static const Op fill_diagonal("fill_diagonal_");
  const RowArguments row(args, 3);
  const Tensor grad = clone(row.grad());
  result[0] = owned(fill_diagonal.into(grad, grad, 0.0, row.arg(2)));
}

}  // namespace

void register_diagonal(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"diag_embed", boxed<diag_embed_backward>, {reads_nothing(0)}, kLinear},
      {"fill_diagonal_", boxed<fill_diagonal_backward>, {reads_nothing(0)}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
