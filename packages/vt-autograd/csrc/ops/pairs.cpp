// SPDX-License-Identifier: Apache-2.0
// Derivatives of fmax, fmin, copysign, hypot, nextafter, logaddexp, logaddexp2 and ldexp.
#include "ops/terms.hpp"

namespace vt::autograd {

namespace {

constexpr double kLn2 = 0.69314718055994530942;

// fmax(self, other) and fmin(self, other): `self` gets the gradient where it wins or draws, by `wins`, or `other` is NaN.
void number_backward(const VtValue* args, VtValue* result, const Op& wins) {
  static const Op isnan("isnan");
  static const Op logical_or("logical_or");
  static const Op logical_not("logical_not");
  const RowArguments row(args, 2);
  const Tensor to_self = logical_or(wins(row.arg(0), row.arg(1)), isnan(row.arg(1)));
  if (row.needs(0)) result[0] = owned(masked(row.grad(), logical_not(to_self)));
  if (row.needs(1)) result[1] = owned(masked(row.grad(), to_self));
}

void fmax_backward(const VtValue* args, VtValue* result) {
  static const Op ge("ge");
  number_backward(args, result, ge);
}

void fmin_backward(const VtValue* args, VtValue* result) {
  static const Op le("le");
  number_backward(args, result, le);
}

// copysign(self, other): the sign that was changed, none at zero; flat in other.
void copysign_backward(const VtValue* args, VtValue* result) {
  static const Op eq("eq");
  const RowArguments row(args, 2);
  if (row.needs(0)) {
    const Tensor turned = div(row.arg(2), row.arg(0));
    result[0] = owned(masked(mul(row.grad(), turned), eq(row.arg(0), int64_t{0})));
  }
  if (row.needs(1)) result[1] = owned(zeros_like(row.grad()));
}

// hypot(self, other)
void hypot_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  for (int k = 0; k < 2; ++k)
    if (row.needs(k)) result[k] = owned(mul(row.grad(), div(row.arg(k), row.arg(2))));
}

// nextafter(self, other): moves with self, but for where both are equal.
void nextafter_backward(const VtValue* args, VtValue* result) {
  static const Op eq("eq");
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(masked(row.grad(), eq(row.arg(0), row.arg(1))));
  if (row.needs(1)) result[1] = owned(zeros_like(row.grad()));
}

// The share of the sum of exponentials that `own` has, in units of `unit`.
Tensor share_of(const Tensor& grad, const VtValue& own, const VtValue& other, double unit) {
  const Tensor lead = sub(own, other);
  return mul(grad, conj(sigmoid(unit == 1.0 ? lead : mul(lead, unit))));
}

void log_sum_backward(const VtValue* args, VtValue* result, double unit) {
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(share_of(row.grad(), row.arg(0), row.arg(1), unit));
  if (row.needs(1)) result[1] = owned(share_of(row.grad(), row.arg(1), row.arg(0), unit));
}

// logaddexp(self, other) and logaddexp2(self, other)
void logaddexp_backward(const VtValue* args, VtValue* result) { log_sum_backward(args, result, 1.0); }
void logaddexp2_backward(const VtValue* args, VtValue* result) { log_sum_backward(args, result, kLn2); }

// ldexp(self, other) = self 2^other
void ldexp_backward(const VtValue* args, VtValue* result) {
  static const Op ldexp("ldexp");
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(ldexp(row.grad(), conj(row.arg(1))));
  if (row.needs(1)) result[1] = owned(mul(row.grad(), conj(mul(row.arg(2), kLn2))));
}

constexpr VtGradient reads_self_and_result(int32_t argument, int32_t read) {
  return {argument, 0, bit(read), 0, bit(0)};
}

}  // namespace

void register_pairs(VtPlugin* plugin) {
  constexpr VtGradient kSelfByBoth = reads_arguments(0, 0, 1);
  constexpr VtGradient kOtherByBoth = reads_arguments(1, 0, 1);
  const DerivativeRow rows[] = {
      {"fmax", boxed<fmax_backward>, {kSelfByBoth, kOtherByBoth}, kElementwise},
      {"fmin", boxed<fmin_backward>, {kSelfByBoth, kOtherByBoth}, kElementwise},
      {"copysign", boxed<copysign_backward>, {reads_self_and_result(0, 0), reads_nothing(1)}, kElementwise},
      {"hypot", boxed<hypot_backward>, {reads_self_and_result(0, 0), reads_self_and_result(1, 1)}, kElementwise},
      {"nextafter", boxed<nextafter_backward>, {kSelfByBoth, reads_nothing(1)}, kElementwise},
      {"logaddexp", boxed<logaddexp_backward>, {kSelfByBoth, kOtherByBoth}, kElementwise},
      {"logaddexp2", boxed<logaddexp2_backward>, {kSelfByBoth, kOtherByBoth}, kElementwise},
      {"ldexp", boxed<ldexp_backward>, {reads_argument(0, 1), {1, 0, 0, 0, bit(0)}}, kElementwise},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
