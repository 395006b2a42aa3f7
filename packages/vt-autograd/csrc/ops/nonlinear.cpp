// SPDX-License-Identifier: Apache-2.0
// Derivatives of the activations with bounds and thresholds: a fused op each, whose own derivatives are composed.
#include <vt/cpp/complex_forms.hpp>

#include "ops/terms.hpp"

namespace vt::autograd {

namespace {

double number(const VtValue& v) noexcept { return v.tag == VT_FLOAT ? v.as.f : static_cast<double>(v.as.i); }

Tensor tanh(const Tensor& a) { return apply<"tanh">(a); }

// op_backward(grad, self, numbers...), for an op with `kNumbers` numbers after `self`, which stands at `first` in `row`.
template <int kNumbers>
Tensor applied(const Op& op, const RowArguments& row, int32_t first) {
  const VtValue& x = row.arg(first);
  if constexpr (kNumbers == 0) return op(row.grad(), x);
  if constexpr (kNumbers == 1) return op(row.grad(), x, row.arg(first + 1));
  if constexpr (kNumbers == 2) return op(row.grad(), x, row.arg(first + 1), row.arg(first + 2));
  if constexpr (kNumbers == 3) return op(row.grad(), x, row.arg(first + 1), row.arg(first + 2), row.arg(first + 3));
}

// The rows of op(self, numbers...) and of op_backward(grad, self, numbers...), whose slope by `self` is `curvature`.
template <int kNumbers>
void activation_row(const Op& op, const VtValue* args, VtValue* result) {
  result[0] = owned(applied<kNumbers>(op, RowArguments(args, 1 + kNumbers), 0));
}
template <int kNumbers, class Curvature>
void backward_row(const Op& op, const VtValue* args, VtValue* result, const Curvature& curvature) {
  const RowArguments row(args, 2 + kNumbers);
  if (row.needs(0)) result[0] = owned(applied<kNumbers>(op, row, 1));
  if (row.needs(1)) result[1] = owned(mul(mul(row.grad(), shared(row.arg(0))), curvature(row)));
}
// The same for slopes that are flat.
template <int kNumbers>
void flat_backward_row(const Op& op, const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2 + kNumbers);
  if (row.needs(0)) result[0] = owned(applied<kNumbers>(op, row, 1));
  if (row.needs(1)) result[1] = owned(zeros_like(row.grad()));
}

// elu(self, alpha, scale, input_scale): of elu_backward alpha scale input_scale^2 e^(input_scale x) up to 0.
void elu_row(const VtValue* args, VtValue* result) {
  static const Op op("elu_backward");
  activation_row<3>(op, args, result);
}
void elu_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("elu_backward");
  static const Op gt("gt");
  static const Op clamp_max("clamp_max");
  backward_row<3>(op, args, result, [](const RowArguments& row) {
    const Tensor x = shared(row.arg(1));
    const double by = number(row.arg(4));
    const Tensor bent = exp(mul(clamp_max(x, int64_t{0}), by));
    return masked(mul(bent, number(row.arg(2)) * number(row.arg(3)) * by * by), gt(x, int64_t{0}));
  });
}

// hardshrink(self, lambd) and softshrink(self, lambd)
void shrink_row(const VtValue* args, VtValue* result) {
  static const Op op("shrink_backward");
  activation_row<1>(op, args, result);
}
void shrink_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("shrink_backward");
  flat_backward_row<1>(op, args, result);
}

// hardsigmoid(self)
void hardsigmoid_row(const VtValue* args, VtValue* result) {
  static const Op op("hardsigmoid_backward");
  activation_row<0>(op, args, result);
}
void hardsigmoid_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("hardsigmoid_backward");
  flat_backward_row<0>(op, args, result);
}

// hardswish(self): of hardswish_backward 1 / 3 between -3 and 3, which is twice the slope of hardsigmoid.
void hardswish_row(const VtValue* args, VtValue* result) {
  static const Op op("hardswish_backward");
  activation_row<0>(op, args, result);
}
void hardswish_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("hardswish_backward");
  static const Op within("hardsigmoid_backward");
  static const Op ones_like("ones_like");
  backward_row<0>(op, args, result,
                  [](const RowArguments& row) { return mul(within(ones_like(row.arg(1)), row.arg(1)), 2.0); });
}

// hardtanh(self, min_val, max_val)
void hardtanh_row(const VtValue* args, VtValue* result) {
  static const Op op("hardtanh_backward");
  activation_row<2>(op, args, result);
}
void hardtanh_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("hardtanh_backward");
  flat_backward_row<2>(op, args, result);
}

// log_sigmoid(self): of log_sigmoid_backward -s (1 - s) with s = sigmoid(x).
void log_sigmoid_row(const VtValue* args, VtValue* result) {
  static const Op op("log_sigmoid_backward");
  activation_row<0>(op, args, result);
}
void log_sigmoid_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("log_sigmoid_backward");
  backward_row<0>(op, args, result, [](const RowArguments& row) {
    const Tensor s = sigmoid(shared(row.arg(1)));
    return mul(s, add(s, -1.0));
  });
}

// mish(self) = x t with t = tanh(log(1 + e^x)): of mish_backward t' (2 + x (1 - s - 2 t s)) with t' = (1 - t^2) s, s =
// sigmoid(x).
void mish_row(const VtValue* args, VtValue* result) {
  static const Op op("mish_backward");
  activation_row<0>(op, args, result);
}
void mish_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("mish_backward");
  static const Op softplus("softplus");
  backward_row<0>(op, args, result, [](const RowArguments& row) {
    const Tensor x = shared(row.arg(1));
    const Tensor s = sigmoid(x);
    const Tensor t = tanh(softplus(x));
    const Tensor slope = mul(add(neg(mul(t, t)), 1.0), s);
    const Tensor bend = add(neg(mul(s, add(mul(t, 2.0), 1.0))), 1.0);
    return mul(slope, add(mul(x, bend), 2.0));
  });
}

// softsign(self) of complex numbers, with d = 1 + |x|: grad / d - sgn(x) Re(grad conj(x)) / d^2.
Tensor complex_softsign_gradient(const Tensor& grad, const Tensor& x) {
  static const Op abs("abs");
  static const Op real("real");
  static const Op sgn("sgn");
  const Tensor d = add(abs(x), 1.0);
  const Tensor inward = div(real(mul(grad, conj(x))), mul(d, d));
  return sub(div(grad, d), mul(sgn(x), inward));
}

// softsign(self): of softsign_backward -2 sign(x) / (1 + |x|)^3.
void softsign_row(const VtValue* args, VtValue* result) {
  static const Op op("softsign_backward");
  if (const RowArguments row(args, 1); complex_forms::is_complex(row.arg(0))) {
    result[0] = owned(complex_softsign_gradient(row.grad(), shared(row.arg(0))));
    return;
  }
  activation_row<0>(op, args, result);
}
void softsign_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("softsign_backward");
  static const Op abs("abs");
  static const Op sign("sign");
  static const Op pow("pow");
  backward_row<0>(op, args, result, [](const RowArguments& row) {
    const Tensor cube = pow(add(abs(row.arg(1)), 1.0), int64_t{-3});
    return mul(mul(sign(row.arg(1)), -2.0), cube);
  });
}

// tanhshrink(self): by the conjugate of t^2 with t = tanh(x), composed where it is complex; of tanhshrink_backward
// 2 t (1 - t^2).
void tanhshrink_row(const VtValue* args, VtValue* result) {
  static const Op op("tanhshrink_backward");
  if (const RowArguments row(args, 1); complex_forms::is_complex(row.arg(0))) {
    const Tensor t = tanh(shared(row.arg(0)));
    result[0] = owned(mul(row.grad(), conj(mul(t, t))));
    return;
  }
  activation_row<0>(op, args, result);
}
void tanhshrink_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("tanhshrink_backward");
  backward_row<0>(op, args, result, [](const RowArguments& row) {
    const Tensor t = tanh(shared(row.arg(1)));
    return mul(mul(t, 2.0), add(neg(mul(t, t)), 1.0));
  });
}

// threshold(self, threshold, value), whose gradient op takes the first number alone.
void threshold_row(const VtValue* args, VtValue* result) {
  static const Op op("threshold_backward");
  const RowArguments row(args, 3);
  result[0] = owned(op(row.grad(), row.arg(0), row.arg(1)));
}
void threshold_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("threshold_backward");
  flat_backward_row<1>(op, args, result);
}

constexpr VtGradient kReadsSelf{0, 0, bit(0), 0, 0};
constexpr VtGradient kReadsBoth{1, 0, bit(0) | bit(1), 0, 0};

}  // namespace

void register_nonlinear(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"elu", boxed<elu_row>, {kReadsSelf}, kElementwise},
      {"elu_backward", boxed<elu_backward_row>, {reads_argument(0, 1), kReadsBoth}, kElementwise},
      {"hardshrink", boxed<shrink_row>, {kReadsSelf}, kElementwise},
      {"softshrink", boxed<shrink_row>, {kReadsSelf}, kElementwise},
      {"shrink_backward", boxed<shrink_backward_row>, {reads_argument(0, 1), reads_nothing(1)}, kElementwise},
      {"hardsigmoid", boxed<hardsigmoid_row>, {kReadsSelf}, kElementwise},
      {"hardsigmoid_backward", boxed<hardsigmoid_backward_row>, {reads_argument(0, 1), reads_nothing(1)}, kElementwise},
      {"hardswish", boxed<hardswish_row>, {kReadsSelf}, kElementwise},
      {"hardswish_backward", boxed<hardswish_backward_row>, {reads_argument(0, 1), kReadsBoth}, kElementwise},
      {"hardtanh", boxed<hardtanh_row>, {kReadsSelf}, kElementwise},
      {"hardtanh_backward", boxed<hardtanh_backward_row>, {reads_argument(0, 1), reads_nothing(1)}, kElementwise},
      {"log_sigmoid", boxed<log_sigmoid_row>, {kReadsSelf}, kElementwise},
      {"log_sigmoid_backward", boxed<log_sigmoid_backward_row>, {reads_argument(0, 1), kReadsBoth}, kElementwise},
      {"mish", boxed<mish_row>, {kReadsSelf}, kElementwise},
      {"mish_backward", boxed<mish_backward_row>, {reads_argument(0, 1), kReadsBoth}, kElementwise},
      {"softsign", boxed<softsign_row>, {kReadsSelf}},
      {"softsign_backward", boxed<softsign_backward_row>, {reads_argument(0, 1), kReadsBoth}, kElementwise},
      {"tanhshrink", boxed<tanhshrink_row>, {kReadsSelf}, kElementwise},
      {"tanhshrink_backward", boxed<tanhshrink_backward_row>, {reads_argument(0, 1), kReadsBoth}, kElementwise},
      {"threshold", boxed<threshold_row>, {kReadsSelf}, kElementwise},
      {"threshold_backward", boxed<threshold_backward_row>, {reads_argument(0, 1), reads_nothing(1)}, kElementwise},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
