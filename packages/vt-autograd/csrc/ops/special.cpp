// SPDX-License-Identifier: Apache-2.0
// Derivatives of the special functions.
#include <limits>

#include "ops/slopes.hpp"

namespace vt::autograd {

namespace {

constexpr double kTwoOverRootPi = 1.1283791670955125739;
constexpr double kHalfRootPi = 0.88622692545275801365;
constexpr double kRootTwoPi = 2.5066282746310005024;
constexpr double kPi = 3.14159265358979323846;

Tensor is_zero(const Tensor& t) {
  static const Op op("eq");
  return op(t, int64_t{0});
}
// e^(factor x^2)
Tensor bell(const Tensor& x, double factor) { return exp(mul(square(x), factor)); }

Tensor erfc_slope(const Tensor& x) { return mul(bell(x, -1.0), -kTwoOverRootPi); }
Tensor erfinv_slope(const Tensor& y) { return mul(bell(y, 1.0), kHalfRootPi); }
Tensor ndtr_slope(const Tensor& x) { return mul(bell(x, -0.5), 1.0 / kRootTwoPi); }
Tensor ndtri_slope(const Tensor& y) { return mul(bell(y, 0.5), kRootTwoPi); }
Tensor log_ndtr_slope(const Tensor& x) {
  return mul(apply<"reciprocal">(apply<"special_erfcx">(mul(x, -0.70710678118654752440))), 0.79788456080286535588);
}
Tensor lgamma_slope(const Tensor& x) { return apply<"digamma">(x); }
Tensor digamma_slope(const Tensor& x) {
  static const Op op("polygamma.of");
  return op(x, int64_t{1});
}
Tensor i0_slope(const Tensor& x) { return apply<"special_i1">(x); }
Tensor entr_slope(const Tensor& x) { return neg(add(apply<"log">(x), 1.0)); }

void erfcx_backward(const VtValue* args, VtValue* result) {
  const Tensor slope = add(mul(mul(self_of(args), result_of(args)), 2.0), -kTwoOverRootPi);
  result[0] = owned(mul(grad_of(args), slope));
}

void i0e_backward(const VtValue* args, VtValue* result) {
  const Tensor x = self_of(args);
  const Tensor slope = sub(apply<"special_i1e">(x), mul(apply<"sgn">(x), result_of(args)));
  result[0] = owned(mul(grad_of(args), slope));
}
// I1' = I0 - I1 / x, 1/2 at 0.
Tensor i1_slope(const Tensor& x, const Tensor& i0, const Tensor& i1) {
  const Tensor at_zero = is_zero(x);
  return masked(sub(i0, div(i1, masked(x, at_zero, 1.0))), at_zero, 0.5);
}
void i1_backward(const VtValue* args, VtValue* result) {
  const Tensor x = self_of(args);
  result[0] = owned(mul(grad_of(args), i1_slope(x, apply<"i0">(x), result_of(args))));
}
void i1e_backward(const VtValue* args, VtValue* result) {
  const Tensor x = self_of(args);
  const Tensor y = result_of(args);
  const Tensor slope = sub(i1_slope(x, apply<"special_i0e">(x), y), mul(apply<"sgn">(x), y));
  result[0] = owned(mul(grad_of(args), slope));
}

// (cos(pi x) - sinc(x)) / x, 0 at 0.
void sinc_backward(const VtValue* args, VtValue* result) {
  const Tensor x = self_of(args);
  const Tensor at_zero = is_zero(x);
  const Tensor rise = sub(apply<"cos">(mul(x, kPi)), apply<"sinc">(x));
  const Tensor slope = masked(div(rise, masked(x, at_zero, 1.0)), at_zero);
  result[0] = owned(times(grad_of(args), value_of(slope.get())));
}

// 1 / (x (1 - x)): 0 where x is clamped, else NaN beyond [0, 1].
void logit_backward(const VtValue* args, VtValue* result) {
  static const Op lt("lt");
  static const Op gt("gt");
  static const Op logical_or("logical_or");
  const RowArguments row(args, 2);
  const Tensor x = self_of(args);
  const bool is_clamped = row.arg(1).tag == VT_FLOAT;
  const double low = is_clamped ? row.arg(1).as.f : 0.0;
  const Tensor outside = logical_or(lt(x, value_of(low)), gt(x, value_of(1.0 - low)));
  const Tensor product_of_both = mul(x, add(neg(x), 1.0));
  const Tensor grad = div(row.grad(), product_of_both);
  result[0] = owned(masked(grad, outside, is_clamped ? 0.0 : std::numeric_limits<double>::quiet_NaN()));
}

// polygamma.of(self, n)
void polygamma_backward(const VtValue* args, VtValue* result) {
  static const Op polygamma("polygamma.of");
  const RowArguments row(args, 2);
  result[0] = owned(mul(row.grad(), polygamma(row.arg(0), row.arg(1).as.i + 1)));
}

// xlogy(self, other) and special_xlog1py(self, other), whose logarithm is of other + shift; either may be a number.
struct OfLog {
  const char* name;
  double shift;
};
constexpr OfLog kXlogy{"xlogy", 0.0};
constexpr OfLog kXlog1py{"special_xlog1py", 1.0};

// The logarithm, but 0 where self is and the logarithm is none.
Tensor gradient_of_factor(const OfLog& op, const RowArguments& row) {
  static const Op eq("eq");
  static const Op le("le");
  const VtValue& other = row.arg(1);
  const Tensor at_zero = eq(row.arg(0), int64_t{0});
  const Tensor by_log = Op(op.name)(row.grad(), other);
  if (is_tensor(other)) return masked(by_log, mul(at_zero, le(other, value_of(-op.shift))));
  const double number = other.tag == VT_FLOAT ? other.as.f : static_cast<double>(other.as.i);
  return number <= -op.shift ? masked(by_log, at_zero) : by_log;
}
Tensor gradient_in_log(const OfLog& op, const RowArguments& row) {
  const Tensor other = Tensor::share(row.arg(1).as.tensor);
  return div(mul(row.grad(), row.arg(0)), op.shift == 0.0 ? other : add(other, op.shift));
}

template <const OfLog& kOp>
void log_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(gradient_of_factor(kOp, row));
  if (row.needs(1)) result[1] = owned(gradient_in_log(kOp, row));
}
template <const OfLog& kOp>
void log_of_tensor_backward(const VtValue* args, VtValue* result) {
  result[0] = owned(gradient_in_log(kOp, RowArguments(args, 2)));
}

// special_zeta(self, other)
Tensor zeta_gradient(const RowArguments& row) {
  static const Op zeta("special_zeta");
  static const Op of_number("special_zeta.self_scalar");
  const VtValue& s = row.arg(0);
  if (!is_tensor(s)) {
    const double number = s.tag == VT_FLOAT ? s.as.f : static_cast<double>(s.as.i);
    return mul(row.grad(), mul(of_number(value_of(number + 1.0), row.arg(1)), value_of(-number)));
  }
  const Tensor next = add(s, value_of(1.0));
  return neg(mul(row.grad(), mul(zeta(next, row.arg(1)), s)));
}
void zeta_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  if (row.needs(0))
    fail(VT_ERROR_NOT_IMPLEMENTED, "special_zeta: the derivative for self is not implemented; detach it");
  if (row.needs(1)) result[1] = owned(zeta_gradient(row));
}
void zeta_of_number_backward(const VtValue* args, VtValue* result) {
  result[0] = owned(zeta_gradient(RowArguments(args, 2)));
}

// igamma(self, other) and igammac(self, other). By other it is the density x^(a - 1) e^-x / gamma(a); by self that times how a
// gamma number moves with its shape, turned. Of igammac both are negative.
void incomplete_gamma_backward(const VtValue* args, VtValue* result, double sign) {
  static const Op xlogy("xlogy");
  static const Op movement("_standard_gamma_grad");
  const RowArguments row(args, 2);
  const Tensor a = Tensor::share(row.arg(0).as.tensor);
  const Tensor x = Tensor::share(row.arg(1).as.tensor);
  const Tensor log = sub(sub(xlogy(add(a, -1.0), x), x), apply<"lgamma">(a));
  const Tensor density = mul(mul(row.grad(), exp(log)), sign);
  if (row.needs(1)) result[1] = owned(density);
  if (!row.needs(0)) return;
  const Tensor zeros = zeros_like(density);
  result[0] = owned(neg(mul(density, movement(add(a, zeros), add(x, zeros)))));
}
void igamma_backward(const VtValue* args, VtValue* result) { incomplete_gamma_backward(args, result, 1.0); }
void igammac_backward(const VtValue* args, VtValue* result) { incomplete_gamma_backward(args, result, -1.0); }

// _standard_gamma(self, generator)
void standard_gamma_backward(const VtValue* args, VtValue* result) {
  static const Op slope("_standard_gamma_grad");
  const RowArguments row(args, 2);
  result[0] = owned(mul(row.grad(), slope(row.arg(0), row.arg(2))));
}

void refuse_second(const VtValue*, VtValue*) {
  fail(VT_ERROR_NOT_IMPLEMENTED, "_standard_gamma_grad: the derivative is not implemented");
}

// frexp(self) -> (mantissa, exponent): the mantissa moves by the power of two that it was divided by.
void frexp_backward(const VtValue* args, VtValue* result) {
  static const Op ldexp("ldexp");
  if (!is_tensor(args[0])) return;
  const RowArguments row(args + 1, 1);
  result[0] = owned(ldexp(args[0], neg(row.arg(2))));
}

}  // namespace

void register_special(VtPlugin* plugin) {
  constexpr VtGradient kReadsBoth{0, 0, bit(0), 0, bit(0)};
  constexpr VtGradient kSelfByBoth = reads_arguments(0, 0, 1);
  constexpr VtGradient kOtherByBoth = reads_arguments(1, 0, 1);
  const DerivativeRow rows[] = {
      {"erfc", boxed<by_argument<erfc_slope>>, {kReadsSelf}, kElementwise},
      {"erfinv", boxed<by_result<erfinv_slope>>, {kReadsResult}, kElementwise},
      {"lgamma", boxed<by_argument<lgamma_slope>>, {kReadsSelf}, kElementwise},
      {"digamma", boxed<by_argument<digamma_slope>>, {kReadsSelf}, kElementwise},
      {"polygamma.of", boxed<polygamma_backward>, {reads_arguments(0, 0, 1)}, kElementwise},
      {"i0", boxed<by_argument<i0_slope>>, {kReadsSelf}, kElementwise},
      {"sinc", boxed<sinc_backward>, {kReadsSelf}, kElementwise},
      {"logit", boxed<logit_backward>, {reads_arguments(0, 0, 1)}, kElementwise},
      {"special_erfcx", boxed<erfcx_backward>, {kReadsBoth}, kElementwise},
      {"special_ndtr", boxed<by_argument<ndtr_slope>>, {kReadsSelf}, kElementwise},
      {"special_log_ndtr", boxed<by_argument<log_ndtr_slope>>, {kReadsSelf}, kElementwise},
      {"special_ndtri", boxed<by_result<ndtri_slope>>, {kReadsResult}, kElementwise},
      {"special_i0e", boxed<i0e_backward>, {kReadsBoth}, kElementwise},
      {"special_i1", boxed<i1_backward>, {kReadsBoth}, kElementwise},
      {"special_i1e", boxed<i1e_backward>, {kReadsBoth}, kElementwise},
      {"special_entr", boxed<by_argument<entr_slope>>, {kReadsSelf}, kElementwise},
      {"xlogy", boxed<log_backward<kXlogy>>, {kSelfByBoth, kOtherByBoth}, kElementwise},
      {"xlogy.Scalar_Self", boxed<log_of_tensor_backward<kXlogy>>, {kOtherByBoth}, kElementwise},
      {"special_xlog1py", boxed<log_backward<kXlog1py>>, {kSelfByBoth, kOtherByBoth}, kElementwise},
      {"special_xlog1py.self_scalar", boxed<log_of_tensor_backward<kXlog1py>>, {kOtherByBoth}, kElementwise},
      {"frexp", boxed<frexp_backward>, {{0, 0, 0, 0, bit(1)}}, kElementwise},
      {"special_zeta", boxed<zeta_backward>, {kSelfByBoth, kOtherByBoth}, kElementwise},
      {"special_zeta.self_scalar", boxed<zeta_of_number_backward>, {kOtherByBoth}, kElementwise},
      {"igamma", boxed<igamma_backward>, {kSelfByBoth, kOtherByBoth}, kElementwise},
      {"_standard_gamma", boxed<standard_gamma_backward>, {{0, 0, bit(0), 0, bit(0)}}, kElementwise},
      {"_standard_gamma_grad", boxed<refuse_second>, {reads_nothing(0), reads_nothing(1)}},
      {"igammac", boxed<igammac_backward>, {kSelfByBoth, kOtherByBoth}, kElementwise},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
