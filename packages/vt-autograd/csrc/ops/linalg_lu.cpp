// SPDX-License-Identifier: Apache-2.0
// Derivatives of Cholesky and LU factors, of systems, and of determinants (Note [Derivatives of factorisations]).
#include "ops/linalg.hpp"

namespace vt::autograd {

namespace {

using namespace linalg;

// linalg_cholesky_ex(self, *, upper, check_errors) -> (L, info): L^-H phi(L^H gL) L^-1, made Hermitian, where phi keeps the lower
// triangle and halves the diagonal.
void cholesky_backward(const VtValue* args, VtValue* result) {
  const Call<2, 3> call(args);
  if (!call.has_grad(0)) return;
  const bool upper = call.arg(1).as.i != 0;
  const Tensor l = upper ? adjoint(call.result(0)) : call.result(0);
  const Tensor grad = upper ? adjoint(call.grad(0)) : call.grad(0);
  const Tensor product = matmul(adjoint(l), grad);
  const Tensor phi = mul(add(tril(product), tril(product, -1)), 0.5);
  const Tensor half = solve_triangular(l, solve_triangular(adjoint(l), phi, true), false, false);
  result[0] = owned(mul(add(half, adjoint(half)), 0.5));
}

Tensor permutation_of(const Tensor& lu, const Tensor& pivots) {
  static const Op op("lu_unpack");
  return std::move(op.results<3>(lu, pivots, false, true)[0]);
}

// Of square factors: P L^-H (tril(L^H gL, -1) + triu(gU U^H)) U^-H, without P. L has ones on its diagonal, which are not read.
Tensor square_factors_grad(const Tensor& l, const Tensor& u, const Tensor& l_grad, const Tensor& u_grad) {
  const Tensor inner = add(tril(matmul(adjoint(l), l_grad), -1), triu(matmul(u_grad, adjoint(u))));
  return solve_triangular(adjoint(u), solve_triangular(adjoint(l), inner, true, true, true), false, false);
}

// Of matrices by the gradient of their packed factors. The rows, or columns, beside the square of LU are L2 = A2 U^-1, or
// U2 = L^-1 A2.
Tensor lu_factor_grad(const Tensor& lu, const Tensor& pivots, const Tensor& grad) {
  const int64_t m = rows_of(lu);
  const int64_t n = columns_of(lu);
  const int64_t k = std::min(m, n);
  const Tensor square = slice(slice(lu, -2, 0, k), -1, 0, k);
  const Tensor square_grad = slice(slice(grad, -2, 0, k), -1, 0, k);
  const Tensor l = add(tril(square, -1), eye(square, k));
  const Tensor u = triu(square);
  Tensor l_grad = tril(square_grad, -1);
  Tensor u_grad = triu(square_grad);
  Tensor beside;
  if (m > n) {
    const Tensor below = slice(lu, -2, k, m);
    beside = solve_triangular(adjoint(u), slice(grad, -2, k, m), false, false);
    u_grad = sub(u_grad, matmul(adjoint(below), beside));
  } else if (m < n) {
    const Tensor right = slice(lu, -1, k, n);
    beside = solve_triangular(adjoint(l), slice(grad, -1, k, n), true, true, true);
    l_grad = sub(l_grad, matmul(beside, adjoint(right)));
  }
  Tensor inner = square_factors_grad(l, u, l_grad, u_grad);
  if (beside) inner = cat(inner, beside, m > n ? -2 : -1);
  return matmul(permutation_of(lu, pivots), inner);
}

// linalg_lu_factor_ex(self, *, pivot, check_errors) -> (LU, pivots, info)
void lu_factor_backward(const VtValue* args, VtValue* result) {
  const Call<3, 3> call(args);
  if (call.has_grad(0)) result[0] = owned(lu_factor_grad(call.result(0), call.result(1), call.grad(0)));
}

// linalg_solve_triangular(self, B, *, upper, left, unitriangular)
void solve_triangular_backward(const VtValue* args, VtValue* result) {
  const Call<1, 5> call(args);
  const bool upper = call.arg(2).as.i != 0;
  const bool left = call.arg(3).as.i != 0;
  const bool unit = call.arg(4).as.i != 0;
  const Tensor b_grad = solve_triangular(adjoint(call.tensor(0)), call.grad(0), !upper, left, unit);
  if (call.needs(0)) {
    const Tensor x = call.result(0);
    const Tensor grad = neg(left ? matmul(b_grad, adjoint(x)) : matmul(adjoint(x), b_grad));
    result[0] = owned(upper ? triu(grad, unit ? 1 : 0) : tril(grad, unit ? -1 : 0));
  }
  if (call.needs(1)) result[1] = owned(b_grad);
}

// linalg_lu_solve(LU, pivots, B, *, left, adjoint). The gradient of A = P L U leads to those of L and U.
void lu_solve_backward(const VtValue* args, VtValue* result) {
  const Call<1, 5> call(args);
  const Tensor lu = call.tensor(0);
  const Tensor pivots = call.tensor(1);
  const bool left = call.arg(3).as.i != 0;
  const bool of_adjoint = call.arg(4).as.i != 0;
  const Tensor b_grad = lu_solve(lu, pivots, call.grad(0), left, !of_adjoint);
  if (call.needs(0)) {
    const Tensor x = call.result(0);
    const Tensor grad = left == of_adjoint ? (left ? matmul(x, adjoint(b_grad)) : matmul(adjoint(x), b_grad))
                                           : (left ? matmul(b_grad, adjoint(x)) : matmul(adjoint(b_grad), x));
    const Tensor a_grad = matmul(adjoint(permutation_of(lu, pivots)), neg(grad));
    const Tensor l = add(tril(lu, -1), eye(lu, rows_of(lu)));
    const Tensor u = triu(lu);
    result[0] = owned(add(tril(matmul(a_grad, adjoint(u)), -1), triu(matmul(adjoint(l), a_grad))));
  }
  if (call.needs(1)) result[1] = owned(b_grad);
}

// _linalg_solve_ex(self, B, *, left, check_errors) -> (result, LU, pivots, info)
void solve_backward(const VtValue* args, VtValue* result) {
  const Call<4, 4> call(args);
  const Tensor by_factors = call.has_grad(1) ? lu_factor_grad(call.result(1), call.result(2), call.grad(1)) : Tensor();
  if (!call.has_grad(0)) {
    if (by_factors && call.needs(0)) result[0] = owned(by_factors);
    return;
  }
  const Tensor a = call.tensor(0);
  Tensor x = call.result(0);
  Tensor grad = call.grad(0);
  const bool left = call.arg(2).as.i != 0;
  // B was a batch of vectors where the solution has a dimension less, or the sizes of A without the last.
  const auto b_sizes = [&]() -> std::span<const int64_t> {
    if (is_tensor(call.arg(1))) return sizes_of(call.arg(1).as.tensor);
    const VtTensorMeta& meta = *call.arg(1).as.meta;
    return {meta.sizes, static_cast<size_t>(meta.ndim)};
  }();
  const auto a_sizes = a.sizes();
  const bool vectors = b_sizes.size() == 1 || (b_sizes.size() + 1 == a_sizes.size() &&
                                               std::equal(b_sizes.begin(), b_sizes.end(), a_sizes.begin()));
  if (vectors) {
    x = unsqueeze(x, -1);
    grad = unsqueeze(grad, -1);
  }
  const Tensor b_grad = solve_adjoint(a, call.result(1), call.result(2), grad, left);
  if (call.needs(0)) {
    static const Op sum_to_size("sum_to_size");
    const Tensor grad_of_batch = neg(left ? matmul(b_grad, adjoint(x)) : matmul(adjoint(x), b_grad));
    // A may have been repeated for the right hand sides, its factors were not.
    result[0] = owned(by_factors ? add(sum_to_size(grad_of_batch, a.sizes()), by_factors) : grad_of_batch);
  }
  if (call.needs(1)) result[1] = owned(vectors ? squeeze(b_grad, -1) : b_grad);
}

// The determinant of the matrix that LU factors describe.
Tensor determinant(const Tensor& lu, const Tensor& pivots) {
  static const Op arange("arange.start");
  static const Op ne("ne");
  static const Op remainder("remainder");
  static const Op prod("prod.dim");
  static const Op add_number("add");
  const int64_t n = pivots.sizes().back();
  const Tensor exchanged = ne(pivots, arange(int64_t{1}, n + 1, int64_t{1}, kInt32, pivots.device()));
  const Tensor sign = add_number(mul(remainder(sum(exchanged, -1), int64_t{2}), -2.0), 1.0);
  static const Op to("to.dtype");
  return mul(prod(diagonal(lu), int64_t{-1}), to(sign, lu.dtype()));
}

// The multiple of the identity, one factor per matrix.
Tensor multiple_of_identity(const Tensor& factors, int64_t n) {
  return mul(unsqueeze(unsqueeze(factors, -1), -1), eye(factors, n));
}

// conj(det) g A^-H, the adjugate. That of a singular matrix is found from factors with small numbers in place of zeros; where the
// derivative is recorded singular matrices are refused by `linalg_solve`.
Tensor adjugate_times(const Tensor& grad, const Tensor& a, const Tensor& det, const Tensor& lu, const Tensor& pivots) {
  static const Op eq("eq");
  static const Op where("where");
  static const Op to("to.dtype");
  const int64_t n = rows_of(a);
  if (is_recorded(a)) return solve(adjoint(a), multiple_of_identity(mul(grad, conj(det)), n));
  const bool single = same_dtype(a.dtype(), kFloat32) || same_dtype(a.dtype(), kComplex64);
  const Tensor small = where(eq(diagonal(lu), 0.0), single ? 0x1p-23 : 0x1p-52, 0.0);
  const Tensor regular = add(lu, on_diagonal(to(small, lu.dtype())));
  const Tensor factor = mul(grad, conj(determinant(regular, pivots)));
  return lu_solve(regular, pivots, multiple_of_identity(factor, n), true, true);
}

// _linalg_det(self) -> (result, LU, pivots)
void det_backward(const VtValue* args, VtValue* result) {
  const Call<3, 1> call(args);
  const Tensor lu = call.result(1);
  const Tensor pivots = call.result(2);
  Tensor grad;
  if (call.has_grad(0)) grad = adjugate_times(call.grad(0), call.tensor(0), call.result(0), lu, pivots);
  if (call.has_grad(1)) grad = joined(grad, lu_factor_grad(lu, pivots, call.grad(1)));
  if (grad) result[0] = owned(grad);
}

// _linalg_slogdet(self) -> (sign, logabsdet, LU, pivots): c A^-H with c = g of the logarithm - i Im(conj(g of the sign) sign).
void slogdet_backward(const VtValue* args, VtValue* result) {
  const Call<4, 1> call(args);
  const Tensor a = call.tensor(0);
  Tensor factor = call.grad(1);
  if (call.has_grad(0) && dtype_info(a.dtype()).category == Category::kComplex) {
    const Tensor turn = mul(conj(call.grad(0)), call.result(0));
    const Tensor imag = mul(sub(turn, conj(turn)), -0.5);
    factor = joined(factor, imag);
  }
  Tensor grad;
  if (factor) {
    static const Op to("to.dtype");
    const Tensor identity = multiple_of_identity(to(factor, a.dtype()), rows_of(a));
    grad = solve_adjoint(a, call.result(2), call.result(3), identity);
  }
  if (call.has_grad(2)) grad = joined(grad, lu_factor_grad(call.result(2), call.result(3), call.grad(2)));
  if (grad) result[0] = owned(grad);
}

}  // namespace

void register_linalg_lu(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"linalg_cholesky_ex", boxed<cholesky_backward>, {{0, 0, 0, 0, bit(0)}}},
      {"linalg_lu_factor_ex", boxed<lu_factor_backward>, {{0, 0, 0, 0, bit(0) | bit(1)}}},
      {"linalg_solve_triangular", boxed<solve_triangular_backward>, {{0, 0, bit(0), 0, bit(0)}, {1, 0, bit(0), 0, 0}}},
      {"linalg_lu_solve",
       boxed<lu_solve_backward>,
       {{0, 0, bit(0) | bit(1), 0, bit(0)}, {2, 0, bit(0) | bit(1), 0, 0}}},
      {"_linalg_solve_ex",
       boxed<solve_backward>,
       {{0, 0, bit(0), bit(1), bit(0) | bit(1) | bit(2)}, {1, 0, bit(0), bit(1), bit(0) | bit(1) | bit(2)}}},
      {"_linalg_det", boxed<det_backward>, {{0, 0, bit(0), 0, bit(0) | bit(1) | bit(2)}}},
      {"_linalg_slogdet", boxed<slogdet_backward>, {{0, 0, bit(0), 0, bit(0) | bit(2) | bit(3)}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
