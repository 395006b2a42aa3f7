// SPDX-License-Identifier: Apache-2.0
// Derivatives of the unary family. Complex gradients follow PyTorch: a holomorphic factor enters conjugated.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

Tensor mul(const Tensor& a, const Tensor& b) {
  static const Op op("mul");
  return op(a, b);
}
Tensor scaled(const Tensor& a, double factor) {
  static const Op op("mul");
  return op(a, value_of(factor));
}
Tensor plus(const Tensor& a, double number) {
  static const Op op("add");
  return op(a, value_of(number));
}
Tensor apply(const char* name, const Tensor& a) { return Op(name)(a); }

constexpr int kNumArgs = 1;
Tensor self_of(const VtValue* args) { return Tensor::share(args[1].as.tensor); }
Tensor result_of(const VtValue* args) { return Tensor::share(args[1 + kNumArgs].as.tensor); }
Tensor grad_of(const VtValue* args) { return Tensor::share(args[0].as.tensor); }

using Factor = Tensor (*)(const Tensor&);

// grad times a factor of the argument or of the result.
template <Factor kFactor>
void by_argument(const VtValue* args, VtValue* result) {
  result[0] = owned(mul(grad_of(args), kFactor(self_of(args))));
}
template <Factor kFactor>
void by_result(const VtValue* args, VtValue* result) {
  result[0] = owned(mul(grad_of(args), kFactor(result_of(args))));
}

void neg_backward(const VtValue* args, VtValue* result) { result[0] = owned(apply("neg", grad_of(args))); }
void flat_backward(const VtValue* args, VtValue* result) { result[0] = owned(zeros_like(grad_of(args))); }
void conj_backward(const VtValue* args, VtValue* result) { result[0] = owned(apply("conj", grad_of(args))); }

Tensor sign(const Tensor& x) { return apply("sign", x); }
Tensor itself(const Tensor& y) { return y; }
Tensor itself_plus_one(const Tensor& y) { return plus(y, 1.0); }
Tensor reciprocal(const Tensor& x) { return apply("reciprocal", x); }
Tensor log1p_slope(const Tensor& x) { return reciprocal(plus(x, 1.0)); }
Tensor log2_slope(const Tensor& x) { return scaled(reciprocal(x), 1.4426950408889634074); }
Tensor sqrt_slope(const Tensor& y) { return scaled(reciprocal(y), 0.5); }
Tensor rsqrt_slope(const Tensor& y) { return scaled(mul(y, mul(y, y)), -0.5); }
Tensor twice_conjugate(const Tensor& x) { return scaled(apply("conj", x), 2.0); }
Tensor reciprocal_slope(const Tensor& y) { return apply("neg", apply("square", apply("conj", y))); }
Tensor cosine(const Tensor& x) { return apply("cos", x); }
Tensor minus_sine(const Tensor& x) { return apply("neg", apply("sin", x)); }
Tensor erf_slope(const Tensor& x) {
  return scaled(apply("exp", apply("neg", apply("square", x))), 1.1283791670955125739);
}

void tanh_row(const VtValue* args, VtValue* result) {
  static const Op op("tanh_backward");
  result[0] = owned(op(grad_of(args), result_of(args)));
}

// tanh_backward(grad, output) = grad (1 - output^2)
void tanh_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("tanh_backward");
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(op(row.grad(), row.arg(1)));
  if (row.needs(1)) {
    const Tensor grad = Tensor::share(row.arg(0).as.tensor);
    const Tensor output = Tensor::share(row.arg(1).as.tensor);
    result[1] = owned(scaled(mul(row.grad(), mul(grad, output)), -2.0));
  }
}

constexpr VtGradient kReadsSelf{0, 0, bit(0), 0, 0};
constexpr VtGradient kReadsResult{0, 0, 0, 0, bit(0)};

}  // namespace

void register_unary(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"neg", boxed<neg_backward>, {reads_nothing(0)}},
      {"abs", boxed<by_argument<sign>>, {kReadsSelf}},
      {"sign", boxed<flat_backward>, {reads_nothing(0)}},
      {"exp", boxed<by_result<itself>>, {kReadsResult}},
      {"expm1", boxed<by_result<itself_plus_one>>, {kReadsResult}},
      {"log", boxed<by_argument<reciprocal>>, {kReadsSelf}},
      {"log1p", boxed<by_argument<log1p_slope>>, {kReadsSelf}},
      {"log2", boxed<by_argument<log2_slope>>, {kReadsSelf}},
      {"sqrt", boxed<by_result<sqrt_slope>>, {kReadsResult}},
      {"rsqrt", boxed<by_result<rsqrt_slope>>, {kReadsResult}},
      {"square", boxed<by_argument<twice_conjugate>>, {kReadsSelf}},
      {"reciprocal", boxed<by_result<reciprocal_slope>>, {kReadsResult}},
      {"sin", boxed<by_argument<cosine>>, {kReadsSelf}},
      {"cos", boxed<by_argument<minus_sine>>, {kReadsSelf}},
      {"tanh", boxed<tanh_row>, {kReadsResult}},
      {"erf", boxed<by_argument<erf_slope>>, {kReadsSelf}},
      {"floor", boxed<flat_backward>, {reads_nothing(0)}},
      {"ceil", boxed<flat_backward>, {reads_nothing(0)}},
      {"trunc", boxed<flat_backward>, {reads_nothing(0)}},
      {"round", boxed<flat_backward>, {reads_nothing(0)}},
      {"conj", boxed<conj_backward>, {reads_nothing(0)}},
      {"positive", boxed<pass_on>, {reads_nothing(0)}},
      {"tanh_backward", boxed<tanh_backward_row>, {reads_argument(0, 1), {1, 0, bit(0) | bit(1), 0, 0}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
