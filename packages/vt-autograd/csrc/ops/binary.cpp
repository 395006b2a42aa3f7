// SPDX-License-Identifier: Apache-2.0
// Derivatives of sums and products.
#include "engine/gradient.hpp"
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

// The gradient of a factor: that of the product times the other factor. It is added to the one that waits, or written over
// the product's, where that rounds alike.
void multiply_into(VtValue& result, const RowArguments& row, const VtValue& factor, bool is_last) {
  static const Op addcmul("addcmul");
  static const Op mul("mul");
  const VtValue& grad = row.grad_value();
  VtTensor* sum = waiting_gradient(result);
  const bool is_alike = is_tensor(factor) && lie_alike(grad.as.tensor, factor.as.tensor);
  if (sum && is_alike && lie_alike(grad.as.tensor, sum) && adds_once_rounded(sum))
    result = owned(addcmul.into(value_of(sum), value_of(sum), grad, factor, int64_t{1}));
  else if (is_last && row.lends_grad() && is_alike && !is_complex(factor) && is_sole_owner(grad.as.tensor))
    result = owned(mul.into(grad, grad, factor));
  else
    result = owned(times(grad, factor));
}

// mul(self, other)
void mul_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  if (row.needs(1)) multiply_into(result[1], row, row.arg(0), !row.needs(0));
  if (row.needs(0)) multiply_into(result[0], row, row.arg(1), true);
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
