// SPDX-License-Identifier: Apache-2.0
// Derivatives of softmax and log_softmax.
#include "ops/terms.hpp"

// Note [Derivatives of softmax]
// In the notation of Note [Softmax] (vt/cpp/rows/softmax.hpp), with U the gradient of the backward op's result:
//   softmax_backward:      g: y (U - sum(U y)), that is softmax_backward again;  y: U (g - sum(g y)) - g sum(U y)
//   log_softmax_backward:  g: U - sum(U exp(y));                                 y: -U exp(y) sum(g)
namespace vt::autograd {

namespace {

Tensor sum_along(const Tensor& t, int64_t dim) {
  static const Op sum("sum.dims");
  return sum(t, std::span<const int64_t>(&dim, 1), true);
}

// softmax(self, dim, *, dtype), log_softmax(self, dim, *, dtype)
template <bool kLog>
void forward_backward(const VtValue* args, VtValue* result) {
  static const Op op(kLog ? "log_softmax_backward" : "softmax_backward");
  const RowArguments row(args, 3);
  const VtValue& output = row.arg(3);
  result[0] = owned(op(row.grad(), output, row.arg(1)));
}

// softmax_backward(grad, output, dim)
void softmax_backward_backward(const VtValue* args, VtValue* result) {
  static const Op op("softmax_backward");
  const RowArguments row(args, 3);
  const Tensor upstream = row.grad();
  const Tensor output = Tensor::share(row.arg(1).as.tensor);
  const int64_t dim = row.arg(2).as.i;
  if (row.needs(0)) result[0] = owned(op(upstream, output, dim));
  if (row.needs(1)) {
    const Tensor grad = Tensor::share(row.arg(0).as.tensor);
    const Tensor inner = sub(grad, sum_along(mul(grad, output), dim));
    result[1] = owned(sub(mul(upstream, inner), mul(grad, sum_along(mul(upstream, output), dim))));
  }
}

// log_softmax_backward(grad, output, dim)
void log_softmax_backward_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  const Tensor upstream = row.grad();
  const int64_t dim = row.arg(2).as.i;
  const Tensor spread = mul(upstream, exp(row.arg(1)));
  if (row.needs(0)) result[0] = owned(sub(upstream, sum_along(spread, dim)));
  if (row.needs(1))
    result[1] = owned(mul(mul(spread, sum_along(Tensor::share(row.arg(0).as.tensor), dim)), int64_t{-1}));
}

}  // namespace

void register_softmax(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"softmax", boxed<forward_backward<false>>, {{0, 0, 0, 0, bit(0)}}},
      {"log_softmax", boxed<forward_backward<true>>, {{0, 0, 0, 0, bit(0)}}},
      {"softmax_backward", boxed<softmax_backward_backward>, {reads_argument(0, 1), {1, 0, bit(0) | bit(1), 0, 0}}},
      {"log_softmax_backward",
       boxed<log_softmax_backward_backward>,
       {reads_argument(0, 1), {1, 0, bit(0) | bit(1), 0, 0}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
