// SPDX-License-Identifier: Apache-2.0
// Cholesky factors of positive definite matrices, and what is solved with them.
#include "ops/linalg.hpp"

namespace vt::core {

namespace {

using namespace linalg;

// Sets the elements on the other side of the diagonal to zero.
template <class T>
void clear_triangle(T* a, lapack::Int n, bool above) {
  const auto size = static_cast<int64_t>(n);
  for (int64_t j = 0; j < size; ++j) {
    if (above) {
      std::fill(a + j * size, a + j * size + j, T{});
    } else {
      std::fill(a + j * size + j + 1, a + (j + 1) * size, T{});
    }
  }
}

// linalg_cholesky_ex(self, *, upper, check_errors) -> (L, info)
void linalg_cholesky_ex(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_cholesky_ex";
  VtTensor* self = args[0].as.tensor;
  const bool upper = args[1].as.i != 0;
  check_square(kOp, "A", self);
  check_dtype(kOp, self);
  const lapack::Int n = size(kOp, rows_of(self));
  Tensor factor = columns_copy(self);
  static const Op zeros("zeros");
  Tensor info = zeros(batch_of(self), kInt32, self->dl.device);
  if (computes(factor.get())) {
    lapack::require(kOp);
    visit_type(self->dl.dtype, [&]<class T>() {
      for_each_matrix(info.numel(), cube(n) / 3, [&](int64_t i) {
        T* a = factor.data<T>() + i * n * n;
        info.data<int32_t>()[i] = lapack::potrf(upper ? 'U' : 'L', n, a, leading(n));
        clear_triangle(a, n, !upper);
      });
    });
  }
  if (args[2].as.i != 0) check_info(kOp, info, not_positive);
  deliver(kOp, std::move(factor), result[0]);
  deliver(kOp, std::move(info), result[1]);
}

Tensor cholesky_factor(const char* op, const VtValue& self, const VtValue& upper) {
  static const Op factor("linalg_cholesky_ex");
  auto [l, info] = factor.results<2>(self, upper, false);
  check_info(op, info, not_positive);
  return std::move(l);
}

void linalg_cholesky(const VtValue* args, VtValue* result) {
  calls::give("linalg_cholesky", cholesky_factor("linalg_cholesky", args[0], args[1]), result[0]);
}
void cholesky(const VtValue* args, VtValue* result) {
  calls::give("cholesky", cholesky_factor("cholesky", args[0], args[1]), result[0]);
}

// L L^H x = b, or U^H U x = b.
Tensor solve_by_factor(const Tensor& b, const Tensor& factor, bool upper) {
  const Tensor adjoint = calls::adjoint(factor);
  if (upper) return solve_triangular(factor, solve_triangular(adjoint, b, false), true);
  return solve_triangular(adjoint, solve_triangular(factor, b, false), true);
}

// cholesky_solve(self, input2, upper)
void cholesky_solve(const VtValue* args, VtValue* result) {
  check_matrices("cholesky_solve", "b", args[0].as.tensor);
  check_square("cholesky_solve", "u", args[1].as.tensor);
  check_dtype("cholesky_solve", args[0].as.tensor);
  calls::give("cholesky_solve", solve_by_factor(calls::shared(args[0]), calls::shared(args[1]), args[2].as.i != 0),
              result[0]);
}

// cholesky_inverse(self, upper)
void cholesky_inverse(const VtValue* args, VtValue* result) {
  const Tensor factor = calls::shared(args[0]);
  check_square("cholesky_inverse", "A", factor.get());
  check_dtype("cholesky_inverse", factor.get());
  const int64_t n = rows_of(factor.get());
  calls::give("cholesky_inverse", solve_by_factor(eye_like(factor, n, n), factor, args[1].as.i != 0), result[0]);
}

constexpr char kExDoc[] = R"(The Cholesky factors of positive definite matrices, and where there are none.

Parameters
----------
self : Tensor
    Of sizes (..., n, n): symmetric, or Hermitian, matrices of which one triangle is read. float32, float64 or complex.
upper : bool
    Read the upper triangle and return U with ``A = U.mH @ U``; otherwise L with ``A = L @ L.mH``.
check_errors : bool
    Raise LinAlgError instead of returning numbers other than zero.

Returns
-------
L : Tensor
info : Tensor
    int32 of sizes (...): 0, or the order of the leading minor that is not positive.

Raises
------
NotImplementedError
    If no LAPACK library is installed.)";
constexpr char kLinalgDoc[] =
    R"(The Cholesky factor L of positive definite matrices with ``A = L @ L.mH``, or U with ``A = U.mH @ U``.

See `linalg_cholesky_ex`.

Raises
------
LinAlgError
    If a matrix is not positive definite.)";
constexpr char kSolveDoc[] = R"(Solves A X = B for matrices A whose Cholesky factors are given.

Parameters
----------
self : Tensor
    B, of sizes (..., n, k).
input2 : Tensor
    The factors, of sizes (..., n, n); batches are broadcast.
upper : bool
    Whether they are upper ones.)";
constexpr char kInverseDoc[] = R"(The inverses of positive definite matrices whose Cholesky factors are given.)";

}  // namespace

void register_linalg_cholesky(VtPlugin* plugin) {
  constexpr uint32_t kFunction = VT_OP_FUNCTION | VT_OP_OUT;
  constexpr uint32_t kComposite = VT_OP_COMPOSITE | VT_OP_METHOD | kFunction;
  const OpRow ops[] = {
      {"linalg_cholesky_ex(Tensor self, *, bool upper=False, bool check_errors=False) -> (Tensor L, Tensor info)",
       kFunction, kExDoc},
      {"linalg_cholesky(Tensor self, *, bool upper=False) -> Tensor", VT_OP_COMPOSITE | kFunction, kLinalgDoc},
      {"cholesky(Tensor self, bool upper=False) -> Tensor", kComposite, kLinalgDoc},
      {"cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor", kComposite, kSolveDoc},
      {"cholesky_inverse(Tensor self, bool upper=False) -> Tensor", kComposite, kInverseDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"linalg_cholesky_ex", boxed<linalg_cholesky_ex>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {
      {"linalg_cholesky", boxed<linalg_cholesky>},
      {"cholesky", boxed<cholesky>},
      {"cholesky_solve", boxed<cholesky_solve>},
      {"cholesky_inverse", boxed<cholesky_inverse>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
