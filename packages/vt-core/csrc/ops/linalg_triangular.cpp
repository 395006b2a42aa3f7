// SPDX-License-Identifier: Apache-2.0
// Systems with triangular matrices.
#include "ops/linalg.hpp"

namespace vt::core {

namespace {

using namespace linalg;

// The matrices of a batch where they lie, as BLAS reads them: in columns, or in rows as columns of the transposed.
struct Triangular {
  Tensor copy;  // of matrices that are neither
  const VtTensor* tensor;
  lapack::Int ld = 1;
  bool in_rows = false;
  Ints batch_strides;  // 0 where a matrix is repeated

  Triangular(const char* op, VtTensor* a, const Ints& batch) : tensor(a) {
    const int64_t n = rows_of(a);
    const auto strides_are = [n](const VtTensor* t, int64_t unit, int64_t step) {
      const auto strides = strides_of(t);
      const auto ndim = static_cast<int64_t>(strides.size());
      return n <= 1 ||
             (strides[static_cast<size_t>(ndim + unit)] == 1 && strides[static_cast<size_t>(ndim + step)] >= n &&
              strides[static_cast<size_t>(ndim + step)] <= INT32_MAX);
    };
    if (!strides_are(a, -2, -1)) {
      in_rows = strides_are(a, -1, -2);
      if (!in_rows) {
        copy = columns_copy(a);
        tensor = copy.get();
      }
    }
    const auto strides = strides_of(tensor);
    ld = leading(size(op, n <= 1 ? 1 : strides[strides.size() - (in_rows ? 2 : 1)]));
    const auto own = batch_of(tensor);
    batch_strides.assign(batch.size(), 0);
    for (size_t d = 0; d < own.size(); ++d)
      if (own[d] != 1) batch_strides[batch.size() - own.size() + d] = strides[d];
  }
  // Elements from the first matrix to the i-th of the batch.
  int64_t offset(int64_t i, const Ints& batch) const noexcept {
    int64_t offset = 0;
    for (size_t d = batch.size(); d-- > 0;) {
      offset += i % batch[d] * batch_strides[d];
      i /= batch[d];
    }
    return offset;
  }
};

// linalg_solve_triangular(self, B, *, upper, left, unitriangular)
void linalg_solve_triangular(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_solve_triangular";
  VtTensor* a = args[0].as.tensor;
  VtTensor* b = args[1].as.tensor;
  const bool upper = args[2].as.i != 0;
  const bool left = args[3].as.i != 0;
  check_same_dtype(kOp, a, b);
  check_square(kOp, "A", a);
  check_matrices(kOp, "B", b);
  check_dtype(kOp, a);
  check_system(kOp, a, b, left);
  const Ints batch = broadcast_batch(kOp, a, batch_of(a), b, batch_of(b));
  Tensor x = columns_copy(b, batch);
  if (computes(x.get())) {
    lapack::require(kOp);
    const Triangular matrices(kOp, a, batch);
    const lapack::Int m = size(kOp, rows_of(b));
    const lapack::Int k = size(kOp, columns_of(b));
    // A matrix in rows is the transposed one in columns, with the triangles exchanged.
    const char uplo = upper != matrices.in_rows ? 'U' : 'L';
    visit_type(a->dl.dtype, [&]<class T>() {
      const double work = static_cast<double>(m) * k * static_cast<double>(rows_of(a)) / 2;
      for_each_matrix(num_matrices(batch), work, [&](int64_t i) {
        lapack::trsm(left ? 'L' : 'R', uplo, matrices.in_rows ? 'T' : 'N', args[4].as.i != 0 ? 'U' : 'N', m, k,
                     data_of<T>(matrices.tensor) + matrices.offset(i, batch), matrices.ld,
                     x.data<T>() + i * m * static_cast<int64_t>(k), leading(m));
      });
    });
  }
  deliver(kOp, std::move(x), result[0]);
}

// triangular_solve(self, A, upper, transpose, unitriangular) -> (solution, cloned_coefficient)
void triangular_solve(const VtValue* args, VtValue* result) {
  static const Op clone("clone");
  check_matrices("triangular_solve", "b", args[0].as.tensor);
  check_square("triangular_solve", "A", args[1].as.tensor);
  const Tensor b = calls::shared(args[0]);
  const Tensor a = calls::shared(args[1]);
  const bool upper = args[2].as.i != 0;
  const bool transposed = args[3].as.i != 0;
  const Tensor matrices = transposed ? calls::transpose(a) : a;
  calls::give("triangular_solve", solve_triangular(matrices, b, upper != transposed, true, args[4].as.i != 0),
              result[0]);
  calls::give("triangular_solve", clone(a), result[1]);
}

constexpr char kSolveDoc[] = R"(Solves A X = B, or X A = B, for triangular matrices A.

Parameters
----------
self : Tensor
    A, of sizes (..., n, n), of which one triangle is read. float32, float64 or complex.
B : Tensor
    Of sizes (..., n, k), or (..., k, n) where A stands at the right; of the same dtype. Batches are broadcast.
upper : bool
    Which triangle of A is read.
left : bool
    Whether A stands at the left of X.
unitriangular : bool
    Take the diagonal of A for ones, without reading it.

Returns
-------
Tensor
    X. Matrices are not tested: a zero on the diagonal gives infinities.

Raises
------
NotImplementedError
    If no LAPACK library is installed.)";
constexpr char kOldSolveDoc[] =
    R"(Solves A X = B for triangular matrices A, the second argument: see `linalg_solve_triangular`.

Returns
-------
solution : Tensor
cloned_coefficient : Tensor
    A copy of A.)";

}  // namespace

void register_linalg_triangular(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor",
       VT_OP_FUNCTION | VT_OP_OUT, kSolveDoc},
      {"triangular_solve(Tensor self, Tensor A, bool upper=True, bool transpose=False, bool unitriangular=False) -> "
       "(Tensor solution, Tensor cloned_coefficient)",
       kFunctionAndMethod | VT_OP_OUT | VT_OP_COMPOSITE, kOldSolveDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"linalg_solve_triangular", boxed<linalg_solve_triangular>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"triangular_solve", boxed<triangular_solve>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
