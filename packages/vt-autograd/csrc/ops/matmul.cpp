// SPDX-License-Identifier: Apache-2.0
// Derivatives of the matrix products, by matrix products: transposes are views, read in place. The engine sums broadcast dimensions.
#include <array>

#include "ops/factors.hpp"
#include "ops/three_gradients.hpp"

namespace vt::autograd {

namespace {

Tensor transposed(const Tensor& t) {
  static const Op op("transpose");
  return op(t, value_of(int64_t{-2}), value_of(int64_t{-1}));
}
Tensor unsqueezed(const Tensor& t, int64_t dim) {
  static const Op op("unsqueeze");
  return op(t, value_of(dim));
}
Tensor matmul(const Tensor& a, const Tensor& b) {
  static const Op op("matmul");
  return op(a, b);
}
// Of matrices, transposed, and conjugated where they are complex.
Tensor adjoint(const Tensor& t) { return conj(transposed(t)); }

// (..., n) as (rows, n); without copying where the strides allow it.
Tensor as_rows(const Tensor& t) {
  static const Op op("reshape");
  int64_t rows = 1;
  for (const int64_t size : t.sizes().first(t.sizes().size() - 1)) rows *= size;
  const std::array<int64_t, 2> sizes{rows, t.sizes().back()};
  return op(t, std::span<const int64_t>(sizes));
}

// matmul(self, other) where both are matrices or batches of them, grad too.
Tensor matrix_grad_self(const Tensor& grad, const Tensor& other) { return matmul(grad, adjoint(other)); }

// One matrix that was multiplied by many takes the gradient of all of them in one product.
Tensor matrix_grad_other(const Tensor& grad, const Tensor& self, size_t other_ndim) {
  if (other_ndim == 2 && self.ndim() > 2) return matmul(adjoint(as_rows(self)), as_rows(grad));
  return matmul(adjoint(self), grad);
}

// grad with the dimension back that a one-dimensional operand dropped.
Tensor matrix_grad(const Tensor& grad, size_t self_ndim, size_t other_ndim) {
  Tensor full = other_ndim == 1 ? unsqueezed(grad, -1) : grad;
  return self_ndim == 1 ? unsqueezed(full, -2) : full;
}

// Sums a gradient of sizes (..., 1, k) or (..., k, 1) to the vector (k,) that was repeated.
Tensor vector_grad(const Tensor& grad, std::span<const int64_t> sizes, int64_t dropped) {
  static const Op squeeze("squeeze.dim");
  static const Op sum_to_size("sum_to_size");
  const std::array<int64_t, 1> dims{dropped};
  return sum_to_size(squeeze(grad, std::span<const int64_t>(dims)), sizes);
}

// matmul, mm, bmm, mv, dot (self, other)
void matmul_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  const auto sizes_of_argument = [&](int32_t i) {
    return is_tensor(row.arg(i)) ? sizes_of(row.arg(i).as.tensor) : row.sizes(i);
  };
  const auto self_sizes = sizes_of_argument(0);
  const auto other_sizes = sizes_of_argument(1);
  const bool self_is_row = self_sizes.size() == 1;
  const bool other_is_column = other_sizes.size() == 1;
  const Tensor grad = matrix_grad(row.grad(), self_sizes.size(), other_sizes.size());
  if (row.needs(0)) {
    const Tensor other = other_is_column ? unsqueezed(shared(row.arg(1)), 1) : shared(row.arg(1));
    const Tensor full = matrix_grad_self(grad, other);
    result[0] = owned(self_is_row ? vector_grad(full, self_sizes, -2) : full);
  }
  if (row.needs(1)) {
    const Tensor self = self_is_row ? unsqueezed(shared(row.arg(0)), 0) : shared(row.arg(0));
    const Tensor full = matrix_grad_other(grad, self, other_is_column ? 2 : other_sizes.size());
    result[1] = owned(other_is_column ? vector_grad(full, other_sizes, -1) : full);
  }
}

// The gradients of (self, batch1, batch2, *, beta, alpha) by that of the sum.
void give_added(const RowArguments& row, const Tensor& grad, VtValue* result) {
  if (row.needs(0)) result[0] = owned(scaled(grad, row.arg(3)));
  if (row.needs(1)) result[1] = owned(scaled(matrix_grad_self(grad, shared(row.arg(2))), row.arg(4)));
  if (row.needs(2)) result[2] = owned(scaled(matmul(adjoint(shared(row.arg(1))), grad), row.arg(4)));
}

// addmm, baddbmm (self, batch1, batch2, *, beta, alpha)
void added_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 5);
  give_added(row, row.grad(), result);
}

// _addmm_activation(self, mat1, mat2, *, beta, alpha, use_gelu): relu's slope follows from the result; for gelu's the sum is made anew.
void addmm_activation_backward(const VtValue* args, VtValue* result) {
  static const Op relu_backward("relu_backward");
  static const Op gelu_backward("gelu_backward");
  static const Op addmm("addmm");
  const RowArguments row(args, 6);
  if (row.arg(5).as.i == 0) return give_added(row, relu_backward(row.grad(), row.arg(6)), result);
  const Tensor sum = addmm(row.arg(0), row.arg(1), row.arg(2), row.arg(3), row.arg(4));
  give_added(row, gelu_backward(row.grad(), sum, value_of("tanh")), result);
}

// addmv(self, mat, vec, *, beta, alpha)
void addmv_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 5);
  if (row.needs(0)) result[0] = owned(scaled(row.grad(), row.arg(3)));
  if (row.needs(1))
    result[1] = owned(scaled(matmul(unsqueezed(row.grad(), 1), unsqueezed(conj(shared(row.arg(2))), 0)), row.arg(4)));
  if (row.needs(2)) result[2] = owned(scaled(matmul(adjoint(shared(row.arg(1))), row.grad()), row.arg(4)));
}

Tensor relu_backward(const VtValue& grad, const VtValue& output) {
  static const Op op("relu_backward");
  return op(grad, output);
}

// linear(input, weight, bias), whose weight is a matrix
void matrix_linear_backward(const RowArguments& row, const VtValue& relu_output, VtValue* result) {
  static const Op op("linear_backward");
  const uint8_t wanted[] = {row.needs(0), row.needs(1), row.needs(2)};
  auto grads = op.results<3>(row.needs(1) ? row.arg(0) : none(), row.grad_value(), row.needs(0) ? row.arg(1) : none(),
                             mask(wanted), relu_output);
  hand_out(grads, result);
}

// linear_backward(input, grad_output, weight, output_mask, relu_output), whose results were given the gradients u, v and q. With
// y = linear(x, w): the gradient of grad_output is linear(u, w) + linear(x, v) + q, through relu_output as grad_output is.
void linear_backward_backward(const VtValue* args, VtValue* result) {
  static const Op linear("linear");
  static const Op expand("expand");
  const SecondCall<5> call(args);
  const auto& [u, v, q, arg] = call;
  const bool is_gated = is_tensor(arg[4]);
  // Empty where only its sizes are read.
  const Tensor grad = is_gated && is_tensor(arg[1]) ? relu_backward(arg[1], arg[4]) : shared(arg[1]);
  if (call.needs(0) && v) result[0] = owned(matmul(grad, conj(v)));
  if (call.needs(1)) {
    Tensor sum;
    if (u) accumulate(sum, linear(u, arg[2]));
    if (v) accumulate(sum, linear(arg[0], v));
    if (q) accumulate(sum, sum ? q : expand(q, sizes_in(arg[1])));
    if (sum) result[1] = owned(is_gated ? relu_backward(value_of(sum.get()), arg[4]) : std::move(sum));
  }
  if (call.needs(2) && u) result[2] = owned(matmul(transposed(as_rows(grad)), conj(as_rows(u))));
}

// linear(input, weight, bias), perhaps through relu.
void give_linear(const RowArguments& row, const VtValue& relu_output, VtValue* result) {
  static const Op sum("sum.dims");
  static const Op squeeze("squeeze.dim");
  const bool one_output =
      is_tensor(row.arg(1)) ? row.arg(1).as.tensor->dl.ndim == 1 : row.arg(1).tag == VT_META && row.meta(1).ndim == 1;
  if (!one_output && row.needs(1) && (row.needs(0) || row.needs(2)))
    return matrix_linear_backward(row, relu_output, result);
  const Tensor of_sum = is_none(relu_output) ? row.grad() : relu_backward(row.grad_value(), relu_output);
  const Tensor grad = one_output ? unsqueezed(of_sum, -1) : of_sum;  // (..., out)
  if (row.needs(0)) {
    const Tensor weight = conj(shared(row.arg(1)));
    result[0] = owned(matmul(grad, one_output ? unsqueezed(weight, 0) : weight));
  }
  if (row.needs(1)) {
    const std::array<int64_t, 1> dims{0};
    Tensor weight_grad = matmul(transposed(as_rows(grad)), conj(as_rows(shared(row.arg(0)))));
    result[1] = owned(one_output ? squeeze(weight_grad, std::span<const int64_t>(dims)) : weight_grad);
  }
  if (row.needs(2)) {
    const std::array<int64_t, 1> dims{0};
    result[2] = owned(sum(as_rows(grad), std::span<const int64_t>(dims)));
  }
}

// linear(input, weight, bias)
void linear_backward(const VtValue* args, VtValue* result) { give_linear(RowArguments(args, 3), none(), result); }

// _linear_relu(input, weight, bias)
void linear_relu_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  give_linear(row, row.arg(3), result);
}

// Reads all operands and the result.
constexpr VtGradient activated(int32_t argument) { return {argument, 0, bit(0) | bit(1) | bit(2), 0, bit(0)}; }
constexpr VtGradient reads(int32_t argument, int32_t contents, int32_t sizes) {
  return {argument, 0, bit(contents), bit(sizes), 0};
}

}  // namespace

void register_matmul(VtPlugin* plugin) {
  const VtGradient factors[] = {reads(0, 1, 0), reads(1, 0, 1)};
  const DerivativeRow rows[] = {
      {"matmul", boxed<matmul_backward>, {factors[0], factors[1]}, kMultilinear},
      {"mm", boxed<matmul_backward>, {factors[0], factors[1]}, kMultilinear},
      {"bmm", boxed<matmul_backward>, {factors[0], factors[1]}, kMultilinear},
      {"mv", boxed<matmul_backward>, {factors[0], factors[1]}, kMultilinear},
      {"dot", boxed<matmul_backward>, {factors[0], factors[1]}, kMultilinear},
      {"addmm", boxed<added_backward>, {reads_nothing(0), reads_argument(1, 2), reads_argument(2, 1)}},
      {"_addmm_activation", boxed<addmm_activation_backward>, {activated(0), activated(1), activated(2)}},
      {"addmv", boxed<addmv_backward>, {reads_nothing(0), reads_argument(1, 2), reads_argument(2, 1)}},
      {"baddbmm", boxed<added_backward>, {reads_nothing(0), reads_argument(1, 2), reads_argument(2, 1)}},
      {"linear_backward",
       boxed<linear_backward_backward>,
       {reads_arguments(0, 1, 4), {1, 0, bit(0) | bit(2) | bit(4), bit(1), 0}, reads_arguments(2, 1, 4)}},
      {"linear", boxed<linear_backward>, {reads_argument(0, 1), {1, 0, bit(0), bit(1), 0}, {2, 0, 0, bit(1), 0}}},
      {"_linear_relu",
       boxed<linear_relu_backward>,
       {{0, 0, bit(1), 0, bit(0)}, {1, 0, bit(0), bit(1), bit(0)}, {2, 0, 0, bit(1), bit(0)}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
