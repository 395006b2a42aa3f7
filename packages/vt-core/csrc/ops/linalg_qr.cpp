// SPDX-License-Identifier: Apache-2.0
// QR factors of matrices, and products with the reflectors that they are made of.
#include "ops/linalg.hpp"

// Note [Reflectors]
// The product Q of the reflectors I - tau_i v_i v_i^H is I - V T V^H, where T is upper triangular (Schreiber and Van Loan, 1989):
// with S the part of V^H V above the diagonal, T = (I + diag(tau) S)^-1 diag(tau). Products with Q are therefore composed of matrix
// products and one triangular system, which gives them their derivatives.
namespace vt::core {

namespace {

using namespace linalg;

// geqrf(self) -> (a, tau)
void geqrf(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "geqrf";
  VtTensor* self = args[0].as.tensor;
  check_matrices(kOp, "input", self);
  check_dtype(kOp, self);
  const lapack::Int m = size(kOp, rows_of(self));
  const lapack::Int n = size(kOp, columns_of(self));
  const lapack::Int k = std::min(m, n);
  Tensor a = columns_copy(self);
  Tensor tau = empty_plain(with(batch_of(self), {k}), self->dl.dtype, self->dl.device);
  if (computes(a.get())) {
    lapack::require(kOp);
    visit_type(self->dl.dtype, [&]<class T>() {
      for_each_matrix(num_matrices(batch_of(self)), 2.0 * m * n * k, [&](int64_t i) {
        lapack::geqrf(m, n, a.data<T>() + i * m * n, leading(m), tau.data<T>() + i * k);
      });
    });
  }
  deliver(kOp, std::move(a), result[0]);
  deliver(kOp, std::move(tau), result[1]);
}

// Keeps the upper triangle of the first `rows` rows of columns that are m apart.
template <class T>
void copy_triangle(const T* a, int64_t m, int64_t rows, int64_t n, T* r) {
  for (int64_t j = 0; j < n; ++j) {
    const int64_t above = std::min(j + 1, rows);
    std::copy(a + j * m, a + j * m + above, r + j * rows);
    std::fill(r + j * rows + above, r + (j + 1) * rows, T{});
  }
}

// linalg_qr(self, mode) -> (Q, R)
void linalg_qr(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_qr";
  VtTensor* self = args[0].as.tensor;
  const QrMode mode = qr_mode(args[1].as.string);
  check_matrices(kOp, "A", self);
  check_dtype(kOp, self);
  const lapack::Int m = size(kOp, rows_of(self));
  const lapack::Int n = size(kOp, columns_of(self));
  const lapack::Int k = std::min(m, n);
  const lapack::Int columns = mode == QrMode::kComplete ? m : k;  // of Q
  const DLDataType dtype = self->dl.dtype;
  const DLDevice device = self->dl.device;
  Tensor q = mode == QrMode::kR ? empty_plain({0}, dtype, device)
                                : empty_columns(with(batch_of(self), {m, columns}), dtype, device);
  Tensor r = empty_columns(with(batch_of(self), {columns, n}), dtype, device);
  if (!is_meta(device) && (q.numel() > 0 || r.numel() > 0)) {
    lapack::require(kOp);
    const Tensor a = columns_copy(self);
    visit_type(dtype, [&]<class T>() {
      for_each_matrix(num_matrices(batch_of(self)), 2.0 * m * n * std::max(k, 1), [&](int64_t i) {
        std::vector<T> tau(static_cast<size_t>(std::max(k, 1)));
        T* factors = a.data<T>() + i * m * n;
        lapack::geqrf(m, n, factors, leading(m), tau.data());
        copy_triangle(factors, m, columns, n, r.data<T>() + i * columns * n);
        if (mode == QrMode::kR) return;
        T* own = q.data<T>() + i * m * columns;
        std::fill(own, own + static_cast<int64_t>(m) * columns, T{});
        std::copy(factors, factors + static_cast<int64_t>(m) * k, own);
        lapack::orgqr(m, columns, k, own, leading(m), tau.data());
      });
    });
  }
  deliver(kOp, std::move(q), result[0]);
  deliver(kOp, std::move(r), result[1]);
}

// qr(self, some) -> (Q, R)
void qr(const VtValue* args, VtValue* result) {
  static const Op op("linalg_qr");
  auto [q, r] = op.results<2>(args[0], args[1].as.i != 0 ? "reduced" : "complete");
  calls::give("qr", std::move(q), result[0]);
  calls::give("qr", std::move(r), result[1]);
}

// V of (m, k) and T of (k, k) of the reflectors in the columns of `a` (Note [Reflectors]).
struct Reflectors {
  Reflectors(const char* op, const Tensor& a, const Tensor& tau) {
    check_matrices(op, "input", a.get());
    check_dtype(op, a.get());
    check_same_dtype(op, a.get(), tau.get());
    const int64_t m = rows_of(a.get());
    const int64_t n = columns_of(a.get());
    if (tau.ndim() != a.ndim() - 1 || !same_sizes(batch_of(tau.get(), 1), batch_of(a.get())))
      fail(VT_ERROR_SHAPE, std::string(op) + ": expected tau to have the batch of input and one dimension more: got " +
                               format_sizes(a.sizes()) + " and " + format_sizes(tau.sizes()));
    const int64_t k = tau.sizes().back();
    if (k > n || k > m)
      fail(VT_ERROR_SHAPE, std::string(op) + ": input.shape[-1] must be greater than or equal to tau.shape[-1]: got " +
                               format_sizes(a.sizes()) + " and " + format_sizes(tau.sizes()));
    v = calls::add(tril(k < n ? calls::slice(a, -1, 0, k) : a, -1), eye_like(a, m, k));
    const Tensor scale = calls::unsqueeze(tau, -1);  // of rows
    const Tensor overlaps = triu(calls::matmul(calls::adjoint(v), v), 1);
    // The system's diagonal is taken for ones; its right hand side is diag(tau).
    t = solve_triangular(calls::mul(scale, overlaps), calls::mul(scale, eye_like(a, k, k)), true, true, true);
  }
  Tensor v, t;
};

// linalg_householder_product(self, tau): the first n columns of Q.
void linalg_householder_product(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_householder_product";
  const Tensor a = calls::shared(args[0]);
  check_matrices(kOp, "input", a.get());
  const int64_t m = rows_of(a.get());
  const int64_t n = columns_of(a.get());
  if (m < n)
    fail(VT_ERROR_RUNTIME, std::string(kOp) +
                               ": input.shape[-2] must be greater than or equal to input.shape[-1]: got " +
                               format_sizes(a.sizes()));
  const Reflectors q(kOp, a, calls::shared(args[1]));
  const Tensor top = calls::slice(calls::adjoint(q.v), -1, 0, n);
  calls::give(kOp, calls::sub(eye_like(a, m, n), calls::matmul(q.v, calls::matmul(q.t, top))), result[0]);
}

// ormqr(self, input2, input3, left, transpose): Q of `self` and the scales `input2`, times or behind `input3`.
void ormqr(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "ormqr";
  const Tensor a = calls::shared(args[0]);
  const Tensor other = calls::shared(args[2]);
  const bool left = args[3].as.i != 0;
  check_matrices(kOp, "other", other.get());
  check_same_dtype(kOp, a.get(), other.get());
  const Reflectors q(kOp, a, calls::shared(args[1]));
  if ((left ? rows_of(other.get()) : columns_of(other.get())) != rows_of(a.get()))
    fail(VT_ERROR_SHAPE, std::string(kOp) + ": other.shape[" + (left ? "-2" : "-1") +
                             "] must be equal to input.shape[-2]: got " + format_sizes(a.sizes()) + " and " +
                             format_sizes(other.sizes()));
  const Tensor t = args[4].as.i != 0 ? calls::adjoint(q.t) : q.t;
  const Tensor change = left ? calls::matmul(q.v, calls::matmul(t, calls::matmul(calls::adjoint(q.v), other)))
                             : calls::matmul(calls::matmul(calls::matmul(other, q.v), t), calls::adjoint(q.v));
  calls::give(kOp, calls::sub(other, change), result[0]);
}

constexpr char kGeqrfDoc[] = R"(The QR factors of matrices (..., m, n), packed as LAPACK has them.

Returns
-------
a : Tensor
    Of sizes (..., m, n): R on and above the diagonal, the vectors of reflectors without their leading ones below.
tau : Tensor
    Of sizes (..., min(m, n)): the scales of the reflectors. See `linalg_householder_product`.)";
constexpr char kQrDoc[] = R"(The factors of matrices with ``A = Q @ R``.

Parameters
----------
self : Tensor
    Of sizes (..., m, n). float32, float64 or complex.
mode : str
    "reduced": Q of (m, k) and R of (k, n) with k = min(m, n). "complete": Q of (m, m) and R of (m, n). "r": R of (k, n), and a Q
    without elements.

Returns
-------
Q : Tensor
    Of orthonormal columns.
R : Tensor
    Upper triangular; its diagonal is real but may be negative.

Raises
------
NotImplementedError
    If no LAPACK library is installed.)";
constexpr char kOldQrDoc[] = R"(The factors of `linalg_qr`, reduced where `some`, otherwise complete.)";
constexpr char kProductDoc[] = R"(The first columns of the product of reflectors, as `geqrf` returns them.

Parameters
----------
self : Tensor
    Of sizes (..., m, n) with m >= n; column i holds below the diagonal the vector of reflector i.
tau : Tensor
    Of sizes (..., k) with k <= n: their scales.

Returns
-------
Tensor
    Of sizes (..., m, n).)";
constexpr char kOrmqrDoc[] =
    R"(The product of a matrix with the product Q of reflectors, as `geqrf` returns them, without making Q.

Parameters
----------
self, input2 : Tensor
    The reflectors (..., m, k) and their scales (..., k).
input3 : Tensor
    Of sizes (..., m, n), or (..., n, m) where Q stands at the right.
left : bool
    Whether Q stands at the left.
transpose : bool
    Multiply by Q.mH in place of Q.)";

}  // namespace

void register_linalg_qr(VtPlugin* plugin) {
  constexpr uint32_t kFunction = VT_OP_FUNCTION | VT_OP_OUT;
  constexpr uint32_t kComposite = VT_OP_COMPOSITE | kFunction;
  const OpRow ops[] = {
      {"geqrf(Tensor self) -> (Tensor a, Tensor tau)", VT_OP_NOT_DIFFERENTIABLE | VT_OP_METHOD | kFunction, kGeqrfDoc},
      {"linalg_qr(Tensor self, str mode='reduced') -> (Tensor Q, Tensor R)", kFunction, kQrDoc},
      {"qr(Tensor self, bool some=True) -> (Tensor Q, Tensor R)", kComposite | VT_OP_METHOD, kOldQrDoc},
      {"linalg_householder_product(Tensor self, Tensor tau) -> Tensor", kComposite, kProductDoc},
      {"orgqr(Tensor self, Tensor input2) -> Tensor", kComposite | VT_OP_METHOD, kProductDoc},
      {"ormqr(Tensor self, Tensor input2, Tensor input3, bool left=True, bool transpose=False) -> Tensor",
       kComposite | VT_OP_METHOD, kOrmqrDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"geqrf", boxed<geqrf>}, {"linalg_qr", boxed<linalg_qr>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {
      {"qr", boxed<qr>},
      {"linalg_householder_product", boxed<linalg_householder_product>},
      {"orgqr", boxed<linalg_householder_product>},
      {"ormqr", boxed<ormqr>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
