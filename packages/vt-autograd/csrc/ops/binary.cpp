// SPDX-License-Identifier: Apache-2.0
// Derivatives of sums and products.
#include "ops/factors.hpp"

namespace vt::autograd {

namespace {

Tensor negative_times(const Tensor& grad, const VtValue& factor) {
  return negative(is_one(factor) ? grad : times(grad, factor));
}

// add(self, other, *, alpha)
void add_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(row.grad());
  if (row.needs(1)) result[1] = owned(is_one(row.arg(2)) ? row.grad() : times(row.grad_value(), row.arg(2)));
}

// sub(self, other, *, alpha)
void sub_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(row.grad());
  if (row.needs(1)) result[1] = owned(negative_times(row.grad(), row.arg(2)));
}

// rsub(self, other, *, alpha)
void rsub_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(negative_times(row.grad(), row.arg(2)));
  if (row.needs(1)) result[1] = owned(row.grad());
}

// mul(self, other)
void mul_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(times(row.grad_value(), row.arg(1)));
  if (row.needs(1)) result[1] = owned(times(row.grad_value(), row.arg(0)));
}

}  // namespace

void register_binary(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"add", boxed<add_backward>, {reads_nothing(0), reads_nothing(1)}, kLinear},
      {"sub", boxed<sub_backward>, {reads_nothing(0), reads_nothing(1)}, kLinear},
      {"rsub", boxed<rsub_backward>, {reads_nothing(0), reads_nothing(1)}, kLinear},
      {"mul", boxed<mul_backward>, {reads_argument(0, 1), reads_argument(1, 0)}, kElementwise},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
