// SPDX-License-Identifier: Apache-2.0
// Derivatives of QR factors, eigenvectors, singular vectors, pseudo-inverses and least squares (Note [Derivatives of factorisations]).
#include <cstring>
#include <string>

#include "ops/linalg.hpp"

namespace vt::autograd {

namespace {

using namespace linalg;

// Of reduced factors of (..., m, n), m >= n: (gQ + Q (T + T^H)) R^-H, with T the upper triangle of gR R^H - Q^H gQ, halved on the
// diagonal. Either gradient may be empty.
Tensor tall_qr_grad(const Tensor& q, const Tensor& r, const Tensor& q_grad, const Tensor& r_grad) {
  Tensor inner = r_grad ? matmul(r_grad, adjoint(r)) : Tensor();
  if (q_grad) inner = joined(inner, neg(matmul(adjoint(q), q_grad)));
  const Tensor upper = mul(add(triu(inner), triu(inner, 1)), 0.5);
  const Tensor grad = joined(matmul(q, add(upper, adjoint(upper))), q_grad);
  return solve_triangular(adjoint(r), grad, false, false);
}

// linalg_qr(self, mode) -> (Q, R)
void qr_backward(const VtValue* args, VtValue* result) {
  const Call<2, 2> call(args);
  if (!call.has_grad(0) && !call.has_grad(1)) return;
  const Tensor q = call.result(0);
  const Tensor r = call.result(1);
  const Tensor q_grad = call.grad(0);
  const Tensor r_grad = call.grad(1);
  const std::string mode = call.arg(1).as.string;
  if (mode == "r")
    fail(VT_ERROR_NOT_IMPLEMENTED,
         "linalg_qr: the derivative depends on Q, which is not computed when mode='r': got mode='r', expected "
         "mode='reduced'");
  const int64_t m = rows_of(q);
  const int64_t n = columns_of(r);
  if (mode == "complete" && m > n)
    fail(VT_ERROR_NOT_IMPLEMENTED,
         "linalg_qr: the derivative is not implemented when mode='complete' and there are more rows than columns");
  if (m >= n) {
    result[0] = owned(tall_qr_grad(q, r, q_grad, r_grad));
    return;
  }
  // A = [A1 A2], R = [R1 R2]: A1 = Q R1 is square, and R2 = Q^H A2, where A2 = Q R2.
  const Tensor first = slice(r, -1, 0, m);
  const Tensor second = slice(r, -1, m, n);
  if (!r_grad) {
    const Tensor grad = tall_qr_grad(q, first, q_grad, Tensor());
    result[0] = owned(cat(grad, zeros_like(second), -1));
    return;
  }
  const Tensor second_grad = slice(r_grad, -1, m, n);
  const Tensor through_second = matmul(matmul(q, second), adjoint(second_grad));
  const Tensor grad = tall_qr_grad(q, first, joined(q_grad, through_second), slice(r_grad, -1, 0, m));
  result[0] = owned(cat(grad, matmul(q, second_grad), -1));
}

// The differences values[j] - values[i], with ones on the diagonal.
Tensor gaps(const Tensor& values) {
  return add(sub(unsqueeze(values, -2), unsqueeze(values, -1)), eye(values, values.sizes().back()));
}
Tensor without_diagonal(const Tensor& t) {
  static const Op rsub("rsub");
  return mul(t, rsub(eye(t, columns_of(t)), 1.0));
}

void need_vectors(const char* op, const Tensor& vectors, const Tensor& values) {
  if (vectors.numel() == 0 && values.numel() > 0)
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": the derivative needs the vectors: compute them as well");
}

// _linalg_eigh(self, UPLO, compute_v) -> (eigenvalues, eigenvectors): V (diag(gL) + S / gaps) V^H with S the
// skew part of V^H gV: the gradient is symmetric, as what is decomposed.
void eigh_backward(const VtValue* args, VtValue* result) {
  const Call<2, 3> call(args);
  const Tensor values = call.result(0);
  const Tensor v = call.result(1);
  need_vectors("linalg_eigh", v, values);
  Tensor inner;
  if (call.has_grad(1)) {
    const Tensor product = matmul(adjoint(v), call.grad(1));
    inner = without_diagonal(div(mul(sub(product, adjoint(product)), 0.5), gaps(values)));
  }
  if (call.has_grad(0)) {
    if (!inner) {
      result[0] = owned(matmul(mul(v, unsqueeze(call.grad(0), -2)), adjoint(v)));
      return;
    }
    inner = add(inner, on_diagonal(call.grad(0)));
  }
  if (inner) result[0] = owned(matmul(v, matmul(inner, adjoint(v))));
}

Tensor real_part(const Tensor& t) {
  return dtype_info(t.dtype()).category == Category::kComplex ? mul(add(t, conj(t)), 0.5) : t;
}

// _linalg_eig(self, compute_v) -> (eigenvalues, eigenvectors):
// V^-H (diag(gL) + (V^H gV - V^H V Re(diag(V^H gV))) / conj(gaps)) V^H
void eig_backward(const VtValue* args, VtValue* result) {
  const Call<2, 2> call(args);
  const Tensor values = call.result(0);
  const Tensor v = call.result(1);
  need_vectors("linalg_eig", v, values);
  Tensor inner;
  if (call.has_grad(1)) {
    const Tensor product = matmul(adjoint(v), call.grad(1));
    const Tensor lengths = unsqueeze(real_part(diagonal(product)), -2);
    inner = without_diagonal(div(sub(product, matmul(adjoint(v), mul(v, lengths))), conj(gaps(values))));
  }
  if (call.has_grad(0)) inner = joined(inner, on_diagonal(call.grad(0)));
  if (inner) result[0] = owned(solve(adjoint(v), matmul(inner, adjoint(v))));
}

Tensor skew(const Tensor& t) { return sub(t, adjoint(t)); }

// _linalg_svd(self, full_matrices, compute_uv, *, driver) -> (U, S, Vh), by the reduced vectors:
// U [ (skew(U^H gU) / E) S + S (skew(V^H gV) / E) + diag(gS + Im of diag(U^H gU) / 2S) ] V^H, E[i, j] = S[j]^2 - S[i]^2,
// and of matrices that are not square the part of gU, or gV, that is orthogonal to U, or V, times 1 / S.
void svd_backward(const VtValue* args, VtValue* result) {
  const Call<3, 4> call(args);
  const Tensor s = call.result(1);
  const int64_t k = s.sizes().back();
  need_vectors("linalg_svd", call.result(0), s);
  const Tensor u = slice(call.result(0), -1, 0, k);
  const Tensor vh = slice(call.result(2), -2, 0, k);
  const Tensor u_grad = call.has_grad(0) ? slice(call.grad(0), -1, 0, k) : Tensor();
  const Tensor vh_grad = call.has_grad(2) ? slice(call.grad(2), -2, 0, k) : Tensor();
  const Tensor s_row = unsqueeze(s, -2);
  const Tensor s_column = unsqueeze(s, -1);
  if (!u_grad && !vh_grad) {
    if (call.has_grad(1)) result[0] = owned(matmul(mul(u, unsqueeze(call.grad(1), -2)), vh));
    return;
  }
  const Tensor e = gaps(mul(s, s));
  const bool is_complex = dtype_info(u.dtype()).category == Category::kComplex;
  Tensor inner;
  if (u_grad) {
    const Tensor turn = skew(matmul(adjoint(u), u_grad));
    inner = mul(without_diagonal(div(turn, e)), s_row);
    // Of complex pairs of vectors only the phase that both share is free.
    if (is_complex) inner = add(inner, on_diagonal(mul(div(diagonal(turn), s), 0.5)));
  }
  if (vh_grad) inner = joined(inner, mul(s_column, without_diagonal(div(skew(matmul(vh, adjoint(vh_grad))), e))));
  if (call.has_grad(1)) inner = add(inner, on_diagonal(call.grad(1)));

  const int64_t m = rows_of(u);
  const int64_t n = columns_of(vh);
  Tensor grad = matmul(u, inner);
  if (m > k && u_grad) {
    const Tensor outside = div(u_grad, s_row);
    grad = add(grad, sub(outside, matmul(u, matmul(adjoint(u), outside))));
  }
  grad = matmul(grad, vh);
  if (n > k && vh_grad) {
    const Tensor outside = div(vh_grad, s_column);
    grad = add(grad, matmul(u, sub(outside, matmul(matmul(outside, adjoint(vh)), vh))));
  }
  result[0] = owned(grad);
}

// The gradient of a matrix by that of its pseudo-inverse (Golub and Pereyra, 1973), in products of the smaller size.
Tensor pinv_grad(const Tensor& grad, const Tensor& pinv, const Tensor& a) {
  const Tensor ph = adjoint(pinv);
  const Tensor gh = adjoint(grad);
  if (rows_of(a) <= columns_of(a)) {
    const Tensor k = matmul(gh, pinv);
    const Tensor kp = matmul(k, ph);
    return add(sub(sub(kp, adjoint(matmul(pinv, k))), matmul(matmul(a, pinv), kp)),
               matmul(matmul(ph, pinv), sub(gh, matmul(k, a))));
  }
  const Tensor k = matmul(pinv, gh);
  const Tensor pk = matmul(ph, k);
  return add(sub(sub(pk, adjoint(matmul(k, pinv))), matmul(matmul(pk, pinv), a)),
             matmul(matmul(sub(gh, matmul(a, k)), pinv), ph));
}

// linalg_pinv(self, *, atol, rtol, hermitian)
void pinv_backward(const VtValue* args, VtValue* result) {
  const Call<1, 4> call(args);
  result[0] = owned(pinv_grad(call.grad(0), call.result(0), call.tensor(0)));
}

// linalg_lstsq(self, B, rcond, *, driver) -> (solution, residuals, rank, singular_values), for X = pinv(A) B; the residuals are sums
// of squares that are least in X, so that their gradients do not go through X.
void lstsq_backward(const VtValue* args, VtValue* result) {
  static const Op pinv_of("linalg_pinv");
  const Call<4, 4> call(args);
  const Tensor a = call.tensor(0);
  Tensor b = call.tensor(1);
  const bool vectors =
      b.ndim() == 1 || (b.ndim() == a.ndim() - 1 && std::equal(b.sizes().begin(), b.sizes().end(), a.sizes().begin()));
  if (vectors) b = unsqueeze(b, -1);
  Tensor a_grad;
  Tensor b_grad;
  if (call.has_grad(0)) {
    const Tensor grad = vectors ? unsqueeze(call.grad(0), -1) : call.grad(0);
    const Tensor pinv = pinv_of(a);
    if (call.needs(0)) a_grad = pinv_grad(matmul(grad, adjoint(b)), pinv, a);
    if (call.needs(1)) b_grad = matmul(adjoint(pinv), grad);
  }
  if (call.has_grad(1) && call.result(1).numel() > 0) {
    const Tensor x = vectors ? unsqueeze(call.result(0), -1) : call.result(0);
    const Tensor difference = mul(sub(matmul(a, x), b), unsqueeze(mul(call.grad(1), 2.0), -2));
    if (call.needs(0)) a_grad = joined(a_grad, matmul(difference, adjoint(x)));
    if (call.needs(1)) b_grad = joined(b_grad, neg(difference));
  }
  if (call.has_grad(3) && call.result(3).numel() > 0 && call.needs(0)) {
    static const Op svd("linalg_svd");
    const auto [u, s, vh] = svd.results<3>(a, false);
    a_grad = joined(a_grad, matmul(mul(u, unsqueeze(call.grad(3), -2)), vh));
  }
  if (a_grad) result[0] = owned(a_grad);
  if (b_grad) result[1] = owned(vectors ? squeeze(b_grad, -1) : b_grad);
}

}  // namespace

void register_linalg_factors(VtPlugin* plugin) {
  constexpr uint64_t kBoth = bit(0) | bit(1);
  const DerivativeRow rows[] = {
      {"linalg_qr", boxed<qr_backward>, {{0, 0, 0, 0, kBoth}}},
      {"_linalg_eigh", boxed<eigh_backward>, {{0, 0, 0, 0, kBoth}}},
      {"_linalg_eig", boxed<eig_backward>, {{0, 0, 0, 0, kBoth}}},
      {"_linalg_svd", boxed<svd_backward>, {{0, 0, 0, 0, kBoth | bit(2)}}},
      {"linalg_pinv", boxed<pinv_backward>, {{0, 0, bit(0), 0, bit(0)}}},
      {"linalg_lstsq", boxed<lstsq_backward>, {{0, 0, kBoth, 0, kBoth | bit(3)}, {1, 0, kBoth, 0, kBoth}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
