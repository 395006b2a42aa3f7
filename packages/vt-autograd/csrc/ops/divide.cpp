// SPDX-License-Identifier: Apache-2.0
// Derivatives of division, remainder and the extremes.
#include "ops/factors.hpp"

namespace vt::autograd {

namespace {

Tensor quotient(const VtValue& a, const VtValue& b) {
  static const Op div("div");
  return div(a, b);
}

Tensor floored_quotient(const VtValue& a, const VtValue& b) {
  static const Op floor_divide("floor_divide");
  static const Op rfloor_divide("rfloor_divide");
  return is_tensor(a) ? floor_divide(a, b) : rfloor_divide(b, a);
}

// grad / conj(divisor)
Tensor over(const Tensor& grad, const VtValue& divisor) {
  static const Op div("div");
  return div(grad, Conjugate(divisor).value());
}

// What the divisor of `quotient / divisor` gets.
Tensor divisor_gradient(const Tensor& grad, const Tensor& quotient, const VtValue& divisor) {
  static const Op div("div");
  return negative(times(grad, value_of(div(quotient, divisor).get())));
}

// div(self, other, *, rounding_mode)
void div_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (!is_none(row.arg(2))) return zero_gradients(row, result);
  if (row.needs(0)) result[0] = owned(over(row.grad(), row.arg(1)));
  if (row.needs(1)) result[1] = owned(divisor_gradient(row.grad(), quotient(row.arg(0), row.arg(1)), row.arg(1)));
}

// rdiv(self, other) = other / self
void rdiv_backward(const VtValue* args, VtValue* result) {
  static const Op rdiv("rdiv");
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(divisor_gradient(row.grad(), rdiv(row.arg(0), row.arg(1)), row.arg(0)));
  if (row.needs(1)) result[1] = owned(over(row.grad(), row.arg(0)));
}

// floor_divide(self, other) and rfloor_divide(self, other)
void floor_divide_backward(const VtValue* args, VtValue* result) { zero_gradients(RowArguments(args, 2), result); }

// remainder(self, other) = self - floor(self / other) * other
void remainder_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(row.grad());
  if (row.needs(1))
    result[1] = owned(negative(times(row.grad(), value_of(floored_quotient(row.arg(0), row.arg(1)).get()))));
}

// fmod(self, other) = self - trunc(self / other) * other
void fmod_backward(const VtValue* args, VtValue* result) {
  static const Op div("div");
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(row.grad());
  if (row.needs(1)) {
    const Tensor quotient = div(row.arg(0), row.arg(1), value_of("trunc"));
    result[1] = owned(negative(times(row.grad(), value_of(quotient.get()))));
  }
}

// rremainder(self, other) = other - floor(other / self) * self
void rremainder_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  if (row.needs(0))
    result[0] = owned(negative(times(row.grad(), value_of(floored_quotient(row.arg(1), row.arg(0)).get()))));
  if (row.needs(1)) result[1] = owned(row.grad());
}

// The gradient of an operand that is chosen unless `loses` holds; half of it where both are equal.
Tensor chosen_gradient(const Tensor& grad, const Tensor& ties, const Tensor& loses) {
  static const Op div("div");
  static const Op where("where");
  static const Op masked_fill("masked_fill");
  return masked_fill(where(ties, div(grad, int64_t{2}), grad), loses, int64_t{0});
}

// maximum(self, other) and minimum(self, other); `self_loses` and `other_loses` are the comparisons that say so.
void extreme_backward(const VtValue* args, VtValue* result, const Op& self_loses, const Op& other_loses) {
  static const Op eq("eq");
  const RowArguments row(args, 2);
  const Tensor ties = eq(row.arg(0), row.arg(1));
  if (row.needs(0)) result[0] = owned(chosen_gradient(row.grad(), ties, self_loses(row.arg(0), row.arg(1))));
  if (row.needs(1)) result[1] = owned(chosen_gradient(row.grad(), ties, other_loses(row.arg(0), row.arg(1))));
}

void maximum_backward(const VtValue* args, VtValue* result) {
  static const Op lt("lt");
  static const Op gt("gt");
  extreme_backward(args, result, lt, gt);
}

void minimum_backward(const VtValue* args, VtValue* result) {
  static const Op lt("lt");
  static const Op gt("gt");
  extreme_backward(args, result, gt, lt);
}

}  // namespace

void register_divide(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"div", boxed<div_backward>, {reads_argument(0, 1), reads_arguments(1, 0, 1)}, kElementwise},
      {"rdiv", boxed<rdiv_backward>, {reads_arguments(0, 0, 1), reads_argument(1, 0)}, kElementwise},
      {"floor_divide", boxed<floor_divide_backward>, {reads_nothing(0), reads_nothing(1)}, kElementwise},
      {"rfloor_divide", boxed<floor_divide_backward>, {reads_nothing(0), reads_nothing(1)}, kElementwise},
      {"remainder", boxed<remainder_backward>, {reads_nothing(0), reads_arguments(1, 0, 1)}, kElementwise},
      {"fmod", boxed<fmod_backward>, {reads_nothing(0), reads_arguments(1, 0, 1)}, kElementwise},
      {"rremainder", boxed<rremainder_backward>, {reads_arguments(0, 0, 1), reads_nothing(1)}, kElementwise},
      {"maximum", boxed<maximum_backward>, {reads_arguments(0, 0, 1), reads_arguments(1, 0, 1)}, kElementwise},
      {"minimum", boxed<minimum_backward>, {reads_arguments(0, 0, 1), reads_arguments(1, 0, 1)}, kElementwise},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
