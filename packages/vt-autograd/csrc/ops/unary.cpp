// SPDX-License-Identifier: Apache-2.0
// Derivatives of the unary family.
#include "ops/slopes.hpp"

namespace vt::autograd {

namespace {

bool is_complex(const Tensor& t) { return dtype_info(t->dl.dtype).category == Category::kComplex; }

void neg_backward(const VtValue* args, VtValue* result) { result[0] = owned(neg(grad_of(args))); }
void flat_backward(const VtValue* args, VtValue* result) { result[0] = owned(zeros_like(grad_of(args))); }
void conj_backward(const VtValue* args, VtValue* result) { result[0] = owned(conj(grad_of(args))); }

// Of |x| the gradient is real and its direction, not conjugated, is the sign of x.
void abs_backward(const VtValue* args, VtValue* result) {
  result[0] = owned(mul(grad_of(args), apply<"sgn">(self_of(args))));
}

Tensor where_not_zero(const Tensor& x, const Tensor& value) {
  static const Op eq("eq");
  return masked(value, eq(x, int64_t{0}));
}

// Of the angle of z = |z| e^(i angle) it is i z / |z|^2; a real number keeps its angle.
void angle_backward(const VtValue* args, VtValue* result) {
  const Tensor self = self_of(args);
  if (!is_complex(self)) return flat_backward(args, result);
  constexpr double kUnit[] = {0.0, 1.0};
  VtValue unit{VT_COMPLEX, 0, {0}};
  unit.as.floats = kUnit;
  const Tensor turned = mul(div(self, square(apply<"abs">(self))), unit);
  result[0] = owned(mul(grad_of(args), where_not_zero(self, turned)));
}

// Of s = z / |z| what crosses its direction: (grad - s Re(grad conj(s))) / |z|, where 2 Re(w) = w + conj(w).
void sgn_backward(const VtValue* args, VtValue* result) {
  const Tensor self = self_of(args);
  if (!is_complex(self)) return flat_backward(args, result);
  const Tensor grad = grad_of(args);
  const Tensor direction = result_of(args);
  const Tensor along = mul(grad, conj(direction));
  const Tensor real = mul(add(along, conj(along)), 0.5);
  const Tensor across = div(sub(grad, mul(real, direction)), apply<"abs">(self));
  result[0] = owned(where_not_zero(self, across));
}

Tensor itself(const Tensor& y) { return y; }
Tensor itself_plus_one(const Tensor& y) { return add(y, 1.0); }
Tensor exp2_slope(const Tensor& y) { return mul(y, 0.69314718055994530942); }
Tensor reciprocal(const Tensor& x) { return apply<"reciprocal">(x); }
Tensor log1p_slope(const Tensor& x) { return reciprocal(add(x, 1.0)); }
Tensor log2_slope(const Tensor& x) { return reciprocal(mul(x, 0.69314718055994530942)); }
Tensor log10_slope(const Tensor& x) { return reciprocal(mul(x, 2.3025850929940456840)); }
Tensor sqrt_slope(const Tensor& y) { return mul(reciprocal(y), 0.5); }
Tensor rsqrt_slope(const Tensor& y) { return mul(mul(y, mul(y, y)), -0.5); }
Tensor twice(const Tensor& x) { return mul(x, 2.0); }
Tensor reciprocal_slope(const Tensor& y) { return neg(square(y)); }
Tensor cosine(const Tensor& x) { return apply<"cos">(x); }
Tensor minus_sine(const Tensor& x) { return neg(apply<"sin">(x)); }
Tensor erf_slope(const Tensor& x) { return mul(exp(neg(square(x))), 1.1283791670955125739); }

void deg2rad_backward(const VtValue* args, VtValue* result) { result[0] = owned(apply<"deg2rad">(grad_of(args))); }
void rad2deg_backward(const VtValue* args, VtValue* result) { result[0] = owned(apply<"rad2deg">(grad_of(args))); }

// nan_to_num(self, nan, posinf, neginf)
void nan_to_num_backward(const VtValue* args, VtValue* result) {
  result[0] = owned(mul(grad_of(args), apply<"isfinite">(self_of(args))));
}

void tanh_row(const VtValue* args, VtValue* result) {
  static const Op op("tanh_backward");
  result[0] = owned(op(grad_of(args), result_of(args)));
}

// tanh_backward(grad, output) = grad conj(1 - output^2)
void tanh_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("tanh_backward");
  const RowArguments row(args, 2);
  if (row.needs(0)) {
    // The factor's conjugate is that of the conjugated output.
    result[0] = owned(op(row.grad(), conj(Tensor::share(row.arg(1).as.tensor))));
  }
  if (row.needs(1)) {
    // It depends on the output's conjugate alone, so what comes back is conjugated.
    const Tensor grad = Tensor::share(row.arg(0).as.tensor);
    const Tensor output = Tensor::share(row.arg(1).as.tensor);
    const Tensor slope = mul(mul(grad, conj(output)), -2.0);
    result[1] = owned(mul(conj(row.grad()), slope));
  }
}

}  // namespace

void register_unary(VtPlugin* plugin) {
  constexpr VtGradient kReadsSelfAndResult{0, 0, bit(0), 0, bit(0)};
  const DerivativeRow rows[] = {
      {"neg", boxed<neg_backward>, {reads_nothing(0)}, kLinear},
      {"abs", boxed<abs_backward>, {kReadsSelf}},
      {"angle", boxed<angle_backward>, {kReadsSelf}},
      {"sign", boxed<flat_backward>, {reads_nothing(0)}, kElementwise},
      {"sgn", boxed<sgn_backward>, {kReadsSelfAndResult}},
      {"exp", boxed<by_result<itself>>, {kReadsResult}, kElementwise},
      {"exp2", boxed<by_result<exp2_slope>>, {kReadsResult}, kElementwise},
      {"expm1", boxed<by_result<itself_plus_one>>, {kReadsResult}, kElementwise},
      {"log", boxed<by_argument<reciprocal>>, {kReadsSelf}, kElementwise},
      {"log1p", boxed<by_argument<log1p_slope>>, {kReadsSelf}, kElementwise},
      {"log2", boxed<by_argument<log2_slope>>, {kReadsSelf}, kElementwise},
      {"log10", boxed<by_argument<log10_slope>>, {kReadsSelf}, kElementwise},
      {"sqrt", boxed<by_result<sqrt_slope>>, {kReadsResult}, kElementwise},
      {"rsqrt", boxed<by_result<rsqrt_slope>>, {kReadsResult}, kElementwise},
      {"square", boxed<by_argument<twice>>, {kReadsSelf}, kElementwise},
      {"reciprocal", boxed<by_result<reciprocal_slope>>, {kReadsResult}, kElementwise},
      {"sin", boxed<by_argument<cosine>>, {kReadsSelf}, kElementwise},
      {"cos", boxed<by_argument<minus_sine>>, {kReadsSelf}, kElementwise},
      {"tanh", boxed<tanh_row>, {kReadsResult}, kElementwise},
      {"erf", boxed<by_argument<erf_slope>>, {kReadsSelf}, kElementwise},
      {"floor", boxed<flat_backward>, {reads_nothing(0)}, kElementwise},
      {"ceil", boxed<flat_backward>, {reads_nothing(0)}, kElementwise},
      {"trunc", boxed<flat_backward>, {reads_nothing(0)}, kElementwise},
      {"round", boxed<flat_backward>, {reads_nothing(0)}, kElementwise},
      {"frac", boxed<pass_on>, {reads_nothing(0)}, kElementwise},
      {"deg2rad", boxed<deg2rad_backward>, {reads_nothing(0)}, kLinear},
      {"rad2deg", boxed<rad2deg_backward>, {reads_nothing(0)}, kLinear},
      {"nan_to_num", boxed<nan_to_num_backward>, {kReadsSelf}, kElementwise},
      {"conj", boxed<conj_backward>, {reads_nothing(0)}, kLinear},
      {"conj_physical", boxed<conj_backward>, {reads_nothing(0)}, kLinear},
      {"positive", boxed<pass_on>, {reads_nothing(0)}, kLinear},
      {"tanh_backward", boxed<tanh_backward_row>, {reads_argument(0, 1), {1, 0, bit(0) | bit(1), 0, 0}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
