// SPDX-License-Identifier: Apache-2.0
// LU factors of matrices, and what is solved with them.
#include "ops/linalg.hpp"

namespace vt::core {

namespace {

using namespace linalg;

void check_pivot(const char* op, const VtTensor* self, bool pivot) {
  if (!pivot && !is_meta(self->dl.device))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": LU without pivoting is not implemented on the CPU");
}

// linalg_lu_factor_ex(self, *, pivot, check_errors) -> (LU, pivots, info)
void linalg_lu_factor_ex(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_lu_factor_ex";
  VtTensor* self = args[0].as.tensor;
  check_matrices(kOp, "A", self);
  check_dtype(kOp, self);
  check_pivot(kOp, self, args[1].as.i != 0);
  const lapack::Int m = size(kOp, rows_of(self));
  const lapack::Int n = size(kOp, columns_of(self));
  const lapack::Int k = std::min(m, n);
  static const Op zeros("zeros");
  Tensor lu = columns_copy(self);
  Tensor pivots = empty_plain(with(batch_of(self), {k}), kInt32, self->dl.device);
  Tensor info = zeros(batch_of(self), kInt32, self->dl.device);
  if (computes(lu.get())) {
    lapack::require(kOp);
    visit_type(self->dl.dtype, [&]<class T>() {
      for_each_matrix(info.numel(), static_cast<double>(m) * n * k, [&](int64_t i) {
        info.data<int32_t>()[i] =
            lapack::getrf(m, n, lu.data<T>() + i * m * n, leading(m), pivots.data<int32_t>() + i * k);
      });
    });
  }
  if (args[2].as.i != 0) check_info(kOp, info, singular_factor);
  deliver(kOp, std::move(lu), result[0]);
  deliver(kOp, std::move(pivots), result[1]);
  deliver(kOp, std::move(info), result[2]);
}

// linalg_lu_factor(self, *, pivot) -> (LU, pivots)
void linalg_lu_factor(const VtValue* args, VtValue* result) {
  static const Op factor("linalg_lu_factor_ex");
  auto [lu, pivots, info] = factor.results<3>(args[0], args[1], false);
  check_info("linalg_lu_factor", info, singular_factor);
  calls::give("linalg_lu_factor", std::move(lu), result[0]);
  calls::give("linalg_lu_factor", std::move(pivots), result[1]);
}

// _pivots_to_permutation(pivots, size): the rows of A in the order in which exchanging row i with row pivots[i], for all i in
// order, leaves them.
void pivots_to_permutation(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "_pivots_to_permutation";
  VtTensor* pivots = args[0].as.tensor;
  const int64_t size = args[1].as.i;
  check_pivots(kOp, pivots, size);
  static const Op contiguous("contiguous");
  const int64_t k = columns_of(pivots);
  Tensor permutation = empty_plain(with(batch_of(pivots, 1), {size}), kInt64, pivots->dl.device);
  if (computes(permutation.get())) {
    const Tensor dense = contiguous(args[0]);
    for_each_matrix(num_matrices(batch_of(pivots, 1)), static_cast<double>(size), [&](int64_t i) {
      int64_t* rows = permutation.data<int64_t>() + i * size;
      const int32_t* swaps = dense.data<int32_t>() + i * k;
      for (int64_t r = 0; r < size; ++r) rows[r] = r;
      for (int64_t r = 0; r < k; ++r) {
        if (swaps[r] < 1 || swaps[r] > size)
          fail(VT_ERROR_RUNTIME, "pivots passed to lu_unpack must be between 1 and " + std::to_string(size) +
                                     " inclusive: got " + std::to_string(swaps[r]) +
                                     "; did you pass the pivots that lu_factor returned?");
        std::swap(rows[r], rows[swaps[r] - 1]);
      }
    });
  }
  deliver(kOp, std::move(permutation), result[0]);
}

struct Factors {
  Tensor p, l, u;
};

// The factors of (..., m, n) packed as LAPACK has them.
Factors unpacked(const Tensor& lu, const Tensor& pivots, bool unpack_data, bool unpack_pivots) {
  const int64_t m = rows_of(lu.get());
  const int64_t n = columns_of(lu.get());
  const int64_t k = std::min(m, n);
  Factors f;
  if (unpack_data) {
    f.l = calls::add(tril(m > n || m == n ? lu : calls::slice(lu, -1, 0, k), -1), eye_like(lu, m, k));
    f.u = triu(m > n ? calls::slice(lu, -2, 0, k) : lu);
  } else {
    f.l = no_elements(lu, lu.dtype());
    f.u = no_elements(lu, lu.dtype());
  }
  if (unpack_pivots) {
    static const Op to_permutation("_pivots_to_permutation");
    static const Op arange("arange");
    static const Op eq("eq");
    static const Op to("to.dtype");
    const Tensor rows = arange(m, kInt64, lu.device());
    const Tensor permutation = to_permutation(pivots, m);
    f.p = to(eq(calls::unsqueeze(permutation, -2), calls::unsqueeze(rows, -1)), lu.dtype());
  } else {
    f.p = no_elements(lu, lu.dtype());
  }
  return f;
}

// lu_unpack(LU_data, LU_pivots, unpack_data, unpack_pivots) -> (P, L, U)
void lu_unpack(const VtValue* args, VtValue* result) {
  const Tensor lu = calls::shared(args[0]);
  const Tensor pivots = calls::shared(args[1]);
  check_factors("lu_unpack", lu, pivots);
  Factors f = unpacked(lu, pivots, args[2].as.i != 0, args[3].as.i != 0);
  calls::give("lu_unpack", std::move(f.p), result[0]);
  calls::give("lu_unpack", std::move(f.l), result[1]);
  calls::give("lu_unpack", std::move(f.u), result[2]);
}

// linalg_lu(self, *, pivot) -> (P, L, U)
void linalg_lu(const VtValue* args, VtValue* result) {
  static const Op factor("linalg_lu_factor_ex");
  auto [lu, pivots, info] = factor.results<3>(args[0], args[1], false);
  Factors f = unpacked(lu, pivots, true, args[1].as.i != 0);
  calls::give("linalg_lu", std::move(f.p), result[0]);
  calls::give("linalg_lu", std::move(f.l), result[1]);
  calls::give("linalg_lu", std::move(f.u), result[2]);
}

// linalg_lu_solve(LU, pivots, B, *, left, adjoint)
void linalg_lu_solve(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_lu_solve";
  const Tensor lu = calls::shared(args[0]);
  const Tensor pivots = calls::shared(args[1]);
  VtTensor* b = args[2].as.tensor;
  const bool left = args[3].as.i != 0;
  const bool adjoint = args[4].as.i != 0;
  check_same_dtype(kOp, lu.get(), b);
  check_square(kOp, "LU", lu.get());
  check_matrices(kOp, "B", b);
  check_factors(kOp, lu, pivots);
  const lapack::Int n = size(kOp, rows_of(lu.get()));
  check_system(kOp, lu.get(), b, left);
  const Ints batch = broadcast_batch(kOp, lu.get(), batch_of(lu.get()), b, batch_of(b));
  // With A at the right, the transposed equation A^T X^T = B^T is solved: rows take the place of columns.
  const lapack::Int k = size(kOp, left ? columns_of(b) : rows_of(b));
  Tensor x;
  if (left) {
    x = columns_copy(b, batch);
  } else {
    x = empty_plain(with(batch, {k, n}), b->dl.dtype, b->dl.device);
    if (computes(x.get())) copy_tensor(x.get(), b, false);
  }
  if (computes(x.get())) {
    lapack::require(kOp);
    const Tensor factors = columns_copy(lu.get(), batch);
    static const Op contiguous("contiguous");
    const Tensor rows = contiguous(calls::expand(pivots, with(batch, {n})));
    for (int64_t i = 0; i < rows.numel(); ++i)
      if (const int32_t pivot = rows.data<int32_t>()[i]; pivot < 1 || pivot > n)
        fail(VT_ERROR_RUNTIME, std::string(kOp) + ": pivots must be between 1 and " + std::to_string(n) + ": got " +
                                   std::to_string(pivot) + "; pass the pivots that lu_factor returned");
    visit_type(b->dl.dtype, [&]<class T>() {
      // X A^H = B has conj(A) X^T = B^T.
      const bool conjugates = !left && adjoint && lapack::kIsComplex<T>;
      const char trans = left ? (adjoint ? 'C' : 'N') : (adjoint ? 'N' : 'T');
      const auto conjugate = [](T* values, int64_t num) {
        if constexpr (lapack::kIsComplex<T>)
          for (int64_t j = 0; j < num; ++j) values[j] = std::conj(values[j]);
      };
      for_each_matrix(num_matrices(batch), static_cast<double>(n) * n * k, [&](int64_t i) {
        T* values = x.data<T>() + i * n * k;
        const int64_t num = static_cast<int64_t>(n) * k;
        if (conjugates) conjugate(values, num);
        lapack::getrs(trans, n, k, factors.data<T>() + i * n * n, leading(n), rows.data<int32_t>() + i * n, values,
                      leading(n));
        if (conjugates) conjugate(values, num);
      });
    });
  }
  deliver(kOp, std::move(x), result[0]);
}

// lu_solve(self, LU_data, LU_pivots)
void lu_solve(const VtValue* args, VtValue* result) {
  static const Op solve("linalg_lu_solve");
  calls::give("lu_solve", solve(args[1], args[2], args[0]), result[0]);
}

constexpr char kFactorExDoc[] =
    R"(The LU factors of matrices with rows exchanged, packed into one, and which are singular.

Parameters
----------
self : Tensor
    Of sizes (..., m, n). float32, float64 or complex.
pivot : bool
    Whether rows are exchanged. False on CUDA alone.
check_errors : bool
    Raise LinAlgError instead of returning numbers other than zero.

Returns
-------
LU : Tensor
    Of sizes (..., m, n): U on and above the diagonal, L without its ones below.
pivots : Tensor
    int32 of sizes (..., min(m, n)), counted from 1: row i was exchanged with row pivots[i], in order. See `lu_unpack`.
info : Tensor
    int32 of sizes (...): 0, or the number of the first zero on the diagonal of U.

Raises
------
NotImplementedError
    If no LAPACK library is installed.)";
constexpr char kFactorDoc[] = R"(The LU factors of matrices, packed, and their pivots: see `linalg_lu_factor_ex`.

Raises
------
LinAlgError
    If a matrix is singular.)";
constexpr char kPermutationDoc[] =
    R"(The order of rows that exchanges by `pivots`, counted from 1, leave of 0 .. size - 1: int64.)";
constexpr char kUnpackDoc[] =
    R"(The permutation P, and the factors L and U, of what `linalg_lu_factor` returns: ``A = P @ L @ U``.

What is not asked for by `unpack_data` (L and U) and `unpack_pivots` (P) is returned without elements.

Raises
------
RuntimeError
    If a pivot is no row.)";
constexpr char kLuDoc[] = R"(The factors of matrices (..., m, n) with ``A = P @ L @ U``.

Returns
-------
P : Tensor
    A permutation of rows, (..., m, m); without elements where `pivot` is False, on CUDA alone.
L : Tensor
    With ones on the diagonal and zeros above, (..., m, min(m, n)).
U : Tensor
    With zeros below the diagonal, (..., min(m, n), n).)";
constexpr char kSolveDoc[] = R"(Solves A X = B, or X A = B, for matrices A whose factors `linalg_lu_factor` returned.

Parameters
----------
LU, pivots : Tensor
    Of sizes (..., n, n) and (..., n).
B : Tensor
    Of sizes (..., n, k), or (..., k, n) where A stands at the right. Batches are broadcast.
left : bool
    Whether A stands at the left of X.
adjoint : bool
    Solve with A.mH in place of A.)";
constexpr char kOldSolveDoc[] = R"(Solves A X = self for matrices A whose factors are given: see `linalg_lu_solve`.)";

}  // namespace

void register_linalg_lu(VtPlugin* plugin) {
  constexpr uint32_t kFunction = VT_OP_FUNCTION | VT_OP_OUT;
  const OpRow ops[] = {
      {"linalg_lu_factor_ex(Tensor self, *, bool pivot=True, bool check_errors=False) -> (Tensor LU, Tensor pivots, "
       "Tensor info)",
       kFunction, kFactorExDoc},
      {"linalg_lu_factor(Tensor self, *, bool pivot=True) -> (Tensor LU, Tensor pivots)", VT_OP_COMPOSITE | kFunction,
       kFactorDoc},
      {"_pivots_to_permutation(Tensor pivots, int size) -> Tensor", VT_OP_NOT_DIFFERENTIABLE, kPermutationDoc},
      {"lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True) -> (Tensor P, "
       "Tensor L, Tensor U)",
       VT_OP_COMPOSITE | kFunction, kUnpackDoc},
      {"linalg_lu(Tensor self, *, bool pivot=True) -> (Tensor P, Tensor L, Tensor U)", VT_OP_COMPOSITE | kFunction,
       kLuDoc},
      {"linalg_lu_solve(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False) -> Tensor",
       kFunction, kSolveDoc},
      {"lu_solve(Tensor self, Tensor LU_data, Tensor LU_pivots) -> Tensor", VT_OP_COMPOSITE | VT_OP_METHOD | kFunction,
       kOldSolveDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"linalg_lu_factor_ex", boxed<linalg_lu_factor_ex>},
      {"_pivots_to_permutation", boxed<pivots_to_permutation>},
      {"linalg_lu_solve", boxed<linalg_lu_solve>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {
      {"linalg_lu_factor", boxed<linalg_lu_factor>},
      {"lu_unpack", boxed<lu_unpack>},
      {"linalg_lu", boxed<linalg_lu>},
      {"lu_solve", boxed<lu_solve>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
