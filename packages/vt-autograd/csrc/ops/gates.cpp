// SPDX-License-Identifier: Apache-2.0
// Derivatives of prelu and glu.
#include "ops/terms.hpp"

namespace vt::autograd {

namespace {

// elementwise_prelu(self, weight)
void prelu_row(const VtValue* args, VtValue* result) {
  static const Op gt("gt");
  static const Op where("where");
  const RowArguments row(args, 2);
  const Tensor mask = gt(row.arg(0), int64_t{0});
  if (row.needs(0)) result[0] = owned(where(mask, row.grad(), mul(row.grad(), shared(row.arg(1)))));
  if (row.needs(1)) result[1] = owned(where(mask, int64_t{0}, mul(row.grad(), shared(row.arg(0)))));
}

// glu(self, dim) = a s with a and b the halves of self and s = sigmoid(b).
void glu_row(const VtValue* args, VtValue* result) {
  static const Op op("glu_backward");
  const RowArguments row(args, 2);
  result[0] = owned(op(row.grad(), row.arg(0), row.arg(1)));
}

// glu_backward(grad, self, dim) = (grad s, grad a s') with s' = s (1 - s) and s'' = s' (1 - 2 s).
void glu_backward_row(const VtValue* args, VtValue* result) {
  static const Op narrow("narrow");
  static const Op cat("cat");
  const RowArguments row(args, 3);
  const VtTensor* self = row.arg(1).as.tensor;
  const int64_t dim = row.arg(2).as.i < 0 ? row.arg(2).as.i + self->dl.ndim : row.arg(2).as.i;
  const int64_t half = self->dl.shape[dim] / 2;
  const auto first = [&](const VtValue& t) { return narrow(t, dim, int64_t{0}, half); };
  const auto second = [&](const VtValue& t) { return narrow(t, dim, half, half); };
  const Tensor a = first(row.arg(1));
  const Tensor s = sigmoid(second(row.arg(1)));
  const Tensor slope = mul(s, affine(s, -1.0, 1.0));
  const Tensor u = first(value_of(row.grad().get()));
  const Tensor v = second(value_of(row.grad().get()));
  if (row.needs(0)) result[0] = owned(add(mul(u, s), mul(mul(v, a), slope)));
  if (row.needs(1)) {
    const Tensor grad = shared(row.arg(0));
    const Tensor by_a = mul(mul(v, grad), slope);
    const Tensor bend = affine(s, -2.0, 1.0);
    const Tensor by_b = mul(mul(grad, slope), add(u, mul(mul(v, a), bend)));
    VtTensor* const parts[] = {by_a.get(), by_b.get()};
    result[1] = owned(cat(std::span<VtTensor* const>(parts), dim));
  }
}

}  // namespace

void register_gates(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"elementwise_prelu", boxed<prelu_row>, {reads_arguments(0, 0, 1), reads_argument(1, 0)}, kElementwise},
      {"glu", boxed<glu_row>, {reads_argument(0, 0)}},
      {"glu_backward", boxed<glu_backward_row>, {reads_argument(0, 1), reads_arguments(1, 0, 1)}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
