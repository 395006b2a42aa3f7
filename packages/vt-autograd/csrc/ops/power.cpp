// SPDX-License-Identifier: Apache-2.0
// Derivatives of pow and atan2.
#include <cmath>

#include "ops/factors.hpp"

namespace vt::autograd {

namespace {

Tensor power(const VtValue& base, const VtValue& exponent) {
  static const Op pow("pow");
  static const Op rpow("rpow");
  return is_tensor(base) ? pow(base, exponent) : rpow(exponent, base);
}

// exponent - 1, a number where it was one.
Tensor one_less(const VtTensor* exponent) {
  static const Op sub("sub");
  return sub(Tensor::share(const_cast<VtTensor*>(exponent)), int64_t{1});
}

// exponent * base^(exponent - 1), which is zero where the exponent is, even at a base of zero.
Tensor base_gradient(const Tensor& grad, const VtValue& base, const VtValue& exponent) {
  static const Op mul("mul");
  static const Op eq("eq");
  static const Op masked_fill("masked_fill");
  if (is_tensor(exponent)) {
    const Tensor slope = mul(power(base, value_of(one_less(exponent.as.tensor).get())), exponent);
    return masked_fill(mul(grad, slope), eq(exponent, int64_t{0}), int64_t{0});
  }
  const double number = exponent.tag == VT_FLOAT ? exponent.as.f : static_cast<double>(exponent.as.i);
  if (number == 0) return zeros_like(grad);
  const VtValue less = exponent.tag == VT_FLOAT ? value_of(number - 1) : value_of(exponent.as.i - 1);
  return mul(grad, mul(power(base, less), exponent));
}

// base^exponent * log(base), which is zero for a base of zero and an exponent that is not negative.
Tensor exponent_gradient(const Tensor& grad, const VtValue& base, const VtValue& exponent) {
  static const Op mul("mul");
  static const Op log("log");
  static const Op eq("eq");
  static const Op ge("ge");
  static const Op logical_and("logical_and");
  static const Op masked_fill("masked_fill");
  const Tensor value = power(base, exponent);
  if (!is_tensor(base)) {
    const double number = base.tag == VT_FLOAT ? base.as.f : static_cast<double>(base.as.i);
    const Tensor slope = mul(value, std::log(number));
    if (number != 0) return mul(grad, slope);
    return masked_fill(mul(grad, slope), ge(exponent, int64_t{0}), int64_t{0});
  }
  const Tensor slope = mul(grad, mul(value, log(base)));
  const Tensor at_zero = eq(base, int64_t{0});
  if (!is_tensor(exponent)) return slope;
  return masked_fill(slope, logical_and(at_zero, ge(exponent, int64_t{0})), int64_t{0});
}

// pow(self, exponent)
void pow_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(base_gradient(row.grad(), row.arg(0), row.arg(1)));
  if (row.needs(1)) result[1] = owned(exponent_gradient(row.grad(), row.arg(0), row.arg(1)));
}

// rpow(self, other) = other^self
void rpow_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(exponent_gradient(row.grad(), row.arg(1), row.arg(0)));
  if (row.needs(1)) result[1] = owned(base_gradient(row.grad(), row.arg(1), row.arg(0)));
}

// atan2(self, other); zero at the origin.
void atan2_backward(const VtValue* args, VtValue* result) {
  static const Op mul("mul");
  static const Op add("add");
  static const Op div("div");
  static const Op eq("eq");
  static const Op masked_fill("masked_fill");
  const RowArguments row(args, 2);
  const Tensor square = add(mul(row.arg(0), row.arg(0)), mul(row.arg(1), row.arg(1)));
  const Tensor over = masked_fill(div(row.grad(), square), eq(square, int64_t{0}), int64_t{0});
  if (row.needs(0)) result[0] = owned(mul(over, row.arg(1)));
  if (row.needs(1)) result[1] = owned(negative(mul(over, row.arg(0))));
}

}  // namespace

void register_power(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"pow", boxed<pow_backward>, {reads_arguments(0, 0, 1), reads_arguments(1, 0, 1)}},
      {"rpow", boxed<rpow_backward>, {reads_arguments(0, 0, 1), reads_arguments(1, 0, 1)}},
      {"atan2", boxed<atan2_backward>, {reads_arguments(0, 0, 1), reads_arguments(1, 0, 1)}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
