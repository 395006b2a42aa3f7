// SPDX-License-Identifier: Apache-2.0
// Derivatives of sums and products.
#include <vt/cpp/dense.hpp>

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
  const bool is_sum = is_one(row.arg(2));
  if (row.needs(1) && !is_sum) result[1] = owned(times(row.grad_value(), row.arg(2)));
  if (row.needs(0)) result[0] = passed_on(row, !row.needs(1) || !is_sum);
  if (row.needs(1) && is_sum) result[1] = passed_on(row, true);
}

// sub(self, other, *, alpha)
void sub_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (row.needs(1)) result[1] = owned(negative_times(row.grad(), row.arg(2)));
  if (row.needs(0)) result[0] = passed_on(row, true);
}

// rsub(self, other, *, alpha)
void rsub_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(negative_times(row.grad(), row.arg(2)));
  if (row.needs(1)) result[1] = passed_on(row, true);
}

// The gradient of a factor: that of the product times the other factor. It is added to the one that waits, or written over
// the product's, where that rounds alike.
void multiply_into(VtValue& result, const RowArguments& row, const VtValue& factor, bool is_last) {
  static const Op addcmul("addcmul");
  static const Op mul("mul");
  const VtValue& lent = row.grad_value();
  VtTensor* grad = lent.as.tensor;
  VtTensor* sum = waiting_gradient(result);
  if (is_tensor(factor) && row.lends_grad() && lie_alike(grad, factor.as.tensor)) {
    if (sum && lie_alike(grad, sum) && adds_once_rounded(sum)) {
      write_dense(addcmul, sum, {sum, grad, factor.as.tensor});
      result = handed_back(value_of(sum));
      return;
    }
    if (is_last && grad->dl.dtype.code != kDLComplex && is_sole_owner(grad)) {
      write_dense(mul, grad, {grad, factor.as.tensor});
      result = handed_back(lent);
      return;
    }
  }
  result = owned(times(lent, factor));
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
