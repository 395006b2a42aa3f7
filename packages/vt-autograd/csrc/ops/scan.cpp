// SPDX-License-Identifier: Apache-2.0
// Derivatives of running sums, products, exponential sums and extremes.
#include <limits>

#include "ops/terms.hpp"

// Note [Running products]
// With out_i the product of x_j over j <= i, the gradient of x_k is out_{k-1} S_k with S_k = g_k + x_{k+1} S_{k+1}: a
// recurrence from the other end. Nothing is divided, so zeros need no care, and the derivative of a recurrence is one again. The running
// logarithm of exponential sums has the gradient exp(x_k - out_k) S_k with S_k = g_k + exp(out_k - out_{k+1}) S_{k+1}, in which
// no exponent is positive.
namespace vt::autograd {

namespace {

Tensor affine(const Tensor& input, const Tensor& factors, int64_t dim, bool reverse) {
  static const Op op("running_affine");
  return op(input, factors, dim, reverse);
}
Tensor conjugate(const Tensor& t) {
  static const Op op("conj");
  return dtype_info(t.dtype()).category == Category::kComplex ? op(t) : t;
}

// The elements one step later (`ahead`) or earlier along a dimension; `edge` stands for what is beyond the end.
Tensor moved(const Tensor& t, int64_t dim, bool ahead, double edge) {
  static const Op slice("slice");
  static const Op full_like("full_like");
  static const Op cat("cat");
  const int64_t d = t.ndim() == 0 ? 0 : (dim + t.ndim()) % t.ndim();
  if (t.ndim() == 0) return full_like(t, edge);
  const int64_t size = t.sizes()[static_cast<size_t>(d)];
  if (size == 0) return t;
  const Tensor rest = slice(t, d, int64_t{ahead ? 1 : 0}, size - (ahead ? 0 : 1));
  const Tensor end = full_like(slice(t, d, int64_t{0}, int64_t{1}), edge);
  VtTensor* const parts[] = {ahead ? rest.get() : end.get(), ahead ? end.get() : rest.get()};
  return cat(value_of(std::span<VtTensor* const>(parts)), d);
}

// cumsum(self, dim, *, dtype): the sums from the other end.
void cumsum_backward(const VtValue* args, VtValue* result) {
  static const Op flip("flip");
  static const Op cumsum("cumsum");
  const RowArguments row(args, 3);
  const Tensor grad = row.grad();
  const int64_t dim[] = {row.arg(1).as.i};
  const auto dims = std::span<const int64_t>(dim);
  result[0] = owned(grad.ndim() == 0 ? grad : flip(cumsum(flip(grad, dims), dim[0]), dims));
}

// cumprod(self, dim, *, dtype) (Note [Running products])
void cumprod_backward(const VtValue* args, VtValue* result) {
  static const Op to("to.dtype");
  static const Op cumprod("cumprod");
  const RowArguments row(args, 3);
  const int64_t dim = row.arg(1).as.i;
  const Tensor x = conjugate(to(row.arg(0), row.grad().dtype()));
  const Tensor before = moved(cumprod(x, dim), dim, false, 1);
  result[0] = owned(mul(before, affine(row.grad(), moved(x, dim, true, 0), dim, true)));
}

// running_affine(self, factors, dim, reverse)
void affine_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 4);
  const int64_t dim = row.arg(2).as.i;
  const bool reverse = row.arg(3).as.i != 0;
  const Tensor factors = conjugate(Tensor::share(row.arg(1).as.tensor));
  const Tensor carried = affine(row.grad(), moved(factors, dim, !reverse, 0), dim, !reverse);
  if (row.needs(0)) result[0] = owned(carried);
  if (row.needs(1)) {
    const Tensor out = conjugate(Tensor::share(row.arg(4).as.tensor));
    result[1] = owned(mul(carried, moved(out, dim, reverse, 0)));
  }
}

// exp(a - b), 0 where `a` is minus infinity.
Tensor fraction(const Tensor& a, const Tensor& b) {
  static const Op eq("eq");
  static const Op where("where");
  return where(eq(a, -std::numeric_limits<double>::infinity()), 0.0, exp(sub(a, b)));
}

// logcumsumexp(self, dim) (Note [Running products])
void logcumsumexp_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  const int64_t dim = row.arg(1).as.i;
  const Tensor x = Tensor::share(row.arg(0).as.tensor);
  const Tensor out = Tensor::share(row.arg(2).as.tensor);
  const Tensor factors = conjugate(fraction(out, moved(out, dim, true, 0)));
  result[0] = owned(mul(conjugate(fraction(x, out)), affine(row.grad(), factors, dim, true)));
}

// cummax(self, dim) -> (values, indices): every gradient goes where its value was taken from.
void extreme_backward(const VtValue* args, VtValue* result) {
  static const Op scatter_add("scatter_add");
  if (!is_tensor(args[0])) return;
  const RowArguments row(args + 1, 2);
  const Tensor grad = Tensor::share(args[0].as.tensor);
  result[0] = owned(scatter_add(zeros_like(grad), row.arg(1), row.arg(3), grad));
}

}  // namespace

void register_scan(VtPlugin* plugin) {
  constexpr VtGradient kReadsSelfAndResult = {0, 0, bit(0), 0, bit(0)};
  const DerivativeRow rows[] = {
      {"cumsum", boxed<cumsum_backward>, {reads_nothing(0)}, kLinear},
      {"cumprod", boxed<cumprod_backward>, {reads_argument(0, 0)}},
      {"logcumsumexp", boxed<logcumsumexp_backward>, {kReadsSelfAndResult}},
      {"cummax", boxed<extreme_backward>, {{0, 0, 0, 0, bit(1)}}},
      {"cummin", boxed<extreme_backward>, {{0, 0, 0, 0, bit(1)}}},
      {"running_affine", boxed<affine_backward>, {reads_argument(0, 1), {1, 0, bit(1), 0, bit(0)}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
