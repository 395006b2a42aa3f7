// SPDX-License-Identifier: Apache-2.0
// Derivatives of pow and atan2.
#include <array>
#include <cmath>
#include <complex>

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

bool is_complex(const VtValue& v) {
  return is_tensor(v) ? dtype_info(v.as.tensor->dl.dtype).category == Category::kComplex : v.tag == VT_COMPLEX;
}

// A number less one; `storage` holds a complex one for the call.
VtValue one_less(const VtValue& number, std::array<double, 2>& storage) {
  if (number.tag == VT_FLOAT) return value_of(number.as.f - 1);
  if (number.tag != VT_COMPLEX) return value_of(number.as.i - 1);
  storage = {number.as.floats[0] - 1, number.as.floats[1]};
  VtValue less = number;
  less.as.floats = storage.data();
  return less;
}

bool is_zero(const VtValue& number) noexcept {
  if (number.tag == VT_COMPLEX) return number.as.floats[0] == 0 && number.as.floats[1] == 0;
  return number.tag == VT_FLOAT ? number.as.f == 0 : number.as.i == 0;
}

// exponent * base^(exponent - 1), which is zero where the exponent is, even at a base of zero.
Tensor base_gradient(const Tensor& grad, const VtValue& base, const VtValue& exponent) {
  static const Op mul("mul");
  static const Op eq("eq");
  static const Op masked_fill("masked_fill");
  if (is_tensor(exponent)) {
    const Tensor slope = mul(power(base, value_of(one_less(exponent.as.tensor).get())), exponent);
    return masked_fill(times(grad, value_of(slope.get())), eq(exponent, int64_t{0}), int64_t{0});
  }
  if (is_zero(exponent)) return zeros_like(grad);
  std::array<double, 2> storage{};
  const Tensor slope = mul(power(base, one_less(exponent, storage)), exponent);
  return times(grad, value_of(slope.get()));
}

// The logarithm of a number as a factor of real or of complex results; `storage` holds a complex one for the call.
VtValue log_of(const VtValue& number, bool in_complex, std::array<double, 2>& storage) {
  const double real = number.tag == VT_FLOAT ? number.as.f : static_cast<double>(number.as.i);
  if (!in_complex) return value_of(std::log(real));
  const bool is_pair = number.tag == VT_COMPLEX;
  const auto log = std::log(is_pair ? std::complex(number.as.floats[0], number.as.floats[1]) : std::complex(real));
  storage = {log.real(), log.imag()};
  VtValue value{VT_COMPLEX, 0, {0}};
  value.as.floats = storage.data();
  return value;
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
  const auto by = [&](const Tensor& slope) { return times(grad, value_of(slope.get())); };
  if (!is_tensor(base)) {
    std::array<double, 2> storage{};
    const Tensor gradient = by(mul(value, log_of(base, is_complex(value_of(value.get())), storage)));
    if (!is_zero(base) || is_complex(exponent)) return gradient;
    return masked_fill(gradient, ge(exponent, int64_t{0}), int64_t{0});
  }
  const Tensor gradient = by(mul(value, log(base)));
  const Tensor at_zero = eq(base, int64_t{0});
  if (!is_tensor(exponent)) return gradient;
  if (is_complex(exponent)) return masked_fill(gradient, at_zero, int64_t{0});
  return masked_fill(gradient, logical_and(at_zero, ge(exponent, int64_t{0})), int64_t{0});
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
      {"pow", boxed<pow_backward>, {reads_arguments(0, 0, 1), reads_arguments(1, 0, 1)}, kElementwise},
      {"rpow", boxed<rpow_backward>, {reads_arguments(0, 0, 1), reads_arguments(1, 0, 1)}, kElementwise},
      {"atan2", boxed<atan2_backward>, {reads_arguments(0, 0, 1), reads_arguments(1, 0, 1)}, kElementwise},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
