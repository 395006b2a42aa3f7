// SPDX-License-Identifier: Apache-2.0
// Derivatives of the activations: a fused op each, whose own derivatives are composed.
#include <vt/cpp/complex_forms.hpp>
#include <vt/cpp/dense.hpp>

#include <string_view>

#include "engine/gradient.hpp"
#include "ops/factors.hpp"
#include "ops/terms.hpp"

namespace vt::autograd {

namespace {

// relu(self)
void relu_row(const VtValue* args, VtValue* result) {
  static const Op op("relu_backward");
  const RowArguments row(args, 1);
  const VtValue& grad = row.grad_value();
  VtTensor* output = row.arg(1).as.tensor;
  if (row.lends_grad() && lie_alike(grad.as.tensor, output) && is_sole_owner(grad.as.tensor)) {
    write_dense(op, grad.as.tensor, {grad.as.tensor, output});
    result[0] = handed_back(grad);
  } else {
    result[0] = owned(op(grad, row.arg(1)));
  }
}

// relu_backward(grad, output): flat in output
void relu_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("relu_backward");
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(op(row.grad_value(), row.arg(1)));
  if (row.needs(1)) result[1] = owned(zeros_like(row.grad()));
}

// sigmoid(self)
void sigmoid_row(const VtValue* args, VtValue* result) {
  static const Op op("sigmoid_backward");
  const RowArguments row(args, 1);
  result[0] = owned(op(row.grad_value(), row.arg(1)));
}

// sigmoid_backward(grad, output) = grad conj(output (1 - output)): by grad with the factor's conjugate, and by output what it
// makes of the output's conjugate, conjugated.
void sigmoid_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("sigmoid_backward");
  const RowArguments row(args, 2);
  if (!row.needs(0) && !row.needs(1)) return;
  const Tensor output = conj(row.arg(1));
  if (row.needs(0)) result[0] = owned(op(row.grad_value(), output));
  if (row.needs(1)) result[1] = owned(mul(mul(conj(row.grad()), shared(row.arg(0))), affine(output, -2.0, 1.0)));
}

// silu(self): by the conjugate of s (1 + x (1 - s)) with s = sigmoid(x), which is composed where it is complex.
void silu_row(const VtValue* args, VtValue* result) {
  static const Op op("silu_backward");
  const RowArguments row(args, 1);
  if (complex_forms::is_complex(row.arg(0))) {
    const Tensor x = shared(row.arg(0));
    const Tensor s = sigmoid(x);
    const Tensor slope = mul(s, affine(mul(x, affine(s, -1.0, 1.0)), 1.0, 1.0));
    result[0] = owned(mul(row.grad(), conj(slope)));
    return;
  }
  result[0] = owned(op(row.grad_value(), row.arg(0)));
}

// The slope of silu's slope: s (1 - s) (2 + x (1 - 2 s)) with s = sigmoid(x).
Tensor silu_curvature(const Tensor& x) {
  const Tensor s = sigmoid(x);
  const Tensor slope = mul(s, affine(s, -1.0, 1.0));
  return mul(slope, add(mul(x, affine(s, -2.0, 1.0)), 2.0));
}

// The slope of gelu's slope: (2 - x^2) times the density of the normal distribution.
Tensor gelu_curvature(const Tensor& x) {
  const Tensor xx = square(x);
  return mul(affine(xx, -1.0, 2.0), mul(exp(mul(xx, -0.5)), 0.39894228040143267794));
}

// gelu by tanh is x s with s = sigmoid(u), u = k (x + c x^3): its slope's slope is s' (2 u' + x (u'' + u'^2 (1 - 2 s))),
// with s' = s (1 - s).
Tensor gelu_tanh_curvature(const Tensor& x) {
  constexpr double k = 1.5957691216057307117;  // 2 sqrt(2 / pi)
  constexpr double c = 0.044715;
  const Tensor xx = square(x);
  const Tensor s = sigmoid(mul(mul(x, k), affine(xx, c, 1.0)));
  const Tensor slope = affine(xx, 3.0 * c * k, k);
  const Tensor bend = add(mul(x, 6.0 * c * k), mul(square(slope), affine(s, -2.0, 1.0)));
  return mul(mul(s, affine(s, -1.0, 1.0)), add(mul(slope, 2.0), mul(x, bend)));
}

// silu_backward(grad, self)
void silu_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("silu_backward");
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(op(row.grad_value(), row.arg(1)));
  if (row.needs(1)) result[1] = owned(mul(mul(row.grad(), shared(row.arg(0))), silu_curvature(shared(row.arg(1)))));
}

// gelu(self, *, approximate)
void gelu_row(const VtValue* args, VtValue* result) {
  static const Op op("gelu_backward");
  const RowArguments row(args, 2);
  result[0] = owned(op(row.grad_value(), row.arg(0), row.arg(1)));
}

// gelu_backward(grad, self, *, approximate)
void gelu_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("gelu_backward");
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(op(row.grad_value(), row.arg(1), row.arg(2)));
  if (row.needs(1)) {
    const Tensor x = shared(row.arg(1));
    const bool by_tanh = std::string_view(row.arg(2).as.string) == "tanh";
    result[1] = owned(mul(mul(row.grad(), shared(row.arg(0))), by_tanh ? gelu_tanh_curvature(x) : gelu_curvature(x)));
  }
}

// softplus(self, beta, threshold)
void softplus_row(const VtValue* args, VtValue* result) {
  static const Op op("softplus_backward");
  const RowArguments row(args, 3);
  result[0] = owned(op(row.grad_value(), row.arg(0), row.arg(1), row.arg(2)));
}

// softplus_backward(grad, self, beta, threshold); its slope by self, beta s (1 - s), is 0 beyond the threshold, which the
// slope itself tells: it is 1 there.
void softplus_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("softplus_backward");
  static const Op ones_like("ones_like");
  const RowArguments row(args, 4);
  if (row.needs(0)) result[0] = owned(op(row.grad_value(), row.arg(1), row.arg(2), row.arg(3)));
  if (row.needs(1)) {
    const Tensor s = op(ones_like(row.arg(1)), row.arg(1), row.arg(2), row.arg(3));
    const Tensor curvature = mul(mul(s, affine(s, -1.0, 1.0)), row.arg(2));
    result[1] = owned(mul(mul(row.grad(), shared(row.arg(0))), curvature));
  }
}

// leaky_relu(self, negative_slope)
void leaky_relu_row(const VtValue* args, VtValue* result) {
  static const Op op("leaky_relu_backward");
  const RowArguments row(args, 2);
  result[0] = owned(op(row.grad_value(), row.arg(0), row.arg(1)));
}

// leaky_relu_backward(grad, self, negative_slope): flat in self
void leaky_relu_backward_row(const VtValue* args, VtValue* result) {
  static const Op op("leaky_relu_backward");
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(op(row.grad_value(), row.arg(1), row.arg(2)));
  if (row.needs(1)) result[1] = owned(zeros_like(row.grad()));
}

constexpr VtGradient kReadsSelf{0, 0, bit(0), 0, 0};
constexpr VtGradient kReadsResult{0, 0, 0, 0, bit(0)};
constexpr VtGradient kReadsBoth{1, 0, bit(0) | bit(1), 0, 0};

}  // namespace

void register_activation(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"relu", boxed<relu_row>, {kReadsResult}, kElementwise},
      {"relu_backward", boxed<relu_backward_row>, {reads_argument(0, 1), reads_nothing(1)}, kElementwise},
      {"sigmoid", boxed<sigmoid_row>, {kReadsResult}, kElementwise},
      {"sigmoid_backward", boxed<sigmoid_backward_row>, {reads_argument(0, 1), kReadsBoth}},
      {"silu", boxed<silu_row>, {kReadsSelf}, kElementwise},
      {"silu_backward", boxed<silu_backward_row>, {reads_argument(0, 1), kReadsBoth}, kElementwise},
      {"gelu", boxed<gelu_row>, {kReadsSelf}, kElementwise},
      {"gelu_backward", boxed<gelu_backward_row>, {reads_argument(0, 1), kReadsBoth}, kElementwise},
      {"softplus", boxed<softplus_row>, {kReadsSelf}, kElementwise},
      {"softplus_backward", boxed<softplus_backward_row>, {reads_argument(0, 1), kReadsBoth}, kElementwise},
      {"leaky_relu", boxed<leaky_relu_row>, {kReadsSelf}, kElementwise},
      {"leaky_relu_backward", boxed<leaky_relu_backward_row>, {reads_argument(0, 1), reads_nothing(1)}, kElementwise},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
