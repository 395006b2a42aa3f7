// SPDX-License-Identifier: Apache-2.0
// LDL factors of symmetric or Hermitian matrices, and what is solved with them.
#include "ops/linalg.hpp"

namespace vt::core {

namespace {

using namespace linalg;

// linalg_ldl_factor_ex(self, *, hermitian, check_errors) -> (LD, pivots, info)
void linalg_ldl_factor_ex(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_ldl_factor_ex";
  const Tensor self = calls::shared(args[0]);
  const bool hermitian = args[1].as.i != 0;
  check_square(kOp, "A", self.get());
  check_dtype(kOp, self.get());
  const lapack::Int n = size(kOp, rows_of(self.get()));
  static const Op zeros("zeros");
  Tensor ld = columns_copy(tril(self).get());
  Tensor pivots = empty_plain(with(batch_of(self.get()), {n}), kInt32, self.device());
  Tensor info = zeros(batch_of(self.get()), kInt32, self.device());
  if (computes(ld.get())) {
    lapack::require(kOp);
    visit_type(self.dtype(), [&]<class T>() {
      for_each_matrix(info.numel(), cube(n) / 3, [&](int64_t i) {
        info.data<int32_t>()[i] =
            lapack::sytrf(hermitian, n, ld.data<T>() + i * n * n, leading(n), pivots.data<int32_t>() + i * n);
      });
    });
  }
  if (args[2].as.i != 0) check_info(kOp, info, singular_block);
  deliver(kOp, std::move(ld), result[0]);
  deliver(kOp, std::move(pivots), result[1]);
  deliver(kOp, std::move(info), result[2]);
}

// linalg_ldl_factor(self, *, hermitian) -> (LD, pivots)
void linalg_ldl_factor(const VtValue* args, VtValue* result) {
  static const Op factor("linalg_ldl_factor_ex");
  auto [ld, pivots, info] = factor.results<3>(args[0], args[1], false);
  check_info("linalg_ldl_factor", info, singular_block);
  calls::give("linalg_ldl_factor", std::move(ld), result[0]);
  calls::give("linalg_ldl_factor", std::move(pivots), result[1]);
}

// linalg_ldl_solve(LD, pivots, B, *, hermitian)
void linalg_ldl_solve(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_ldl_solve";
  VtTensor* ld = args[0].as.tensor;
  VtTensor* pivots = args[1].as.tensor;
  VtTensor* b = args[2].as.tensor;
  check_ldl_system(kOp, ld, pivots, b);
  const Ints batch = broadcast_batch(kOp, ld, batch_of(ld), b, batch_of(b));
  const lapack::Int n = size(kOp, rows_of(ld));
  const lapack::Int k = size(kOp, columns_of(b));
  Tensor x = columns_copy(b, batch);
  if (computes(x.get())) {
    lapack::require(kOp);
    static const Op contiguous("contiguous");
    const Tensor factors = columns_copy(ld, batch);
    const Tensor rows = contiguous(calls::expand(calls::shared(args[1]), with(batch, {n})));
    for (int64_t i = 0; i < rows.numel(); ++i) {
      const int32_t row = rows.data<int32_t>()[i];
      if (row == 0 || row > n || row < -n)
        fail(VT_ERROR_RUNTIME, std::string(kOp) + ": pivots must be rows from 1 to " + std::to_string(n) +
                                   ", or their negatives: got " + std::to_string(row));
    }
    visit_type(ld->dl.dtype, [&]<class T>() {
      for_each_matrix(num_matrices(batch), static_cast<double>(n) * n * k, [&](int64_t i) {
        lapack::sytrs(args[3].as.i != 0, n, k, factors.data<T>() + i * n * n, leading(n), rows.data<int32_t>() + i * n,
                      x.data<T>() + i * n * k, leading(n));
      });
    });
  }
  deliver(kOp, std::move(x), result[0]);
}

constexpr char kFactorExDoc[] =
    R"(The LDL factors of symmetric matrices, or Hermitian ones, packed, and which are singular.

Parameters
----------
self : Tensor
    Of sizes (..., n, n), of which the lower triangle is read. float32, float64 or complex.
hermitian : bool
    Whether complex matrices are Hermitian rather than symmetric.
check_errors : bool
    Raise LinAlgError instead of returning numbers other than zero.

Returns
-------
LD : Tensor
    Of sizes (..., n, n): D, of blocks of one or two, and L below it (Bunch and Kaufman, 1977).
pivots : Tensor
    int32 of sizes (..., n), as LAPACK's sytrf has them.
info : Tensor
    int32 of sizes (...): 0, or the number of the first zero of D.

Raises
------
NotImplementedError
    If no LAPACK library is installed.)";
constexpr char kFactorDoc[] = R"(The LDL factors of symmetric or Hermitian matrices, packed: see `linalg_ldl_factor_ex`.

Raises
------
LinAlgError
    If a matrix is singular.)";
constexpr char kSolveDoc[] =
    R"(Solves A X = B for matrices whose factors `linalg_ldl_factor` returned. Batches are broadcast.)";

}  // namespace

void register_linalg_ldl(VtPlugin* plugin) {
  constexpr uint32_t kFunction = VT_OP_FUNCTION | VT_OP_OUT | VT_OP_NOT_DIFFERENTIABLE;
  const OpRow ops[] = {
      {"linalg_ldl_factor_ex(Tensor self, *, bool hermitian=False, bool check_errors=False) -> (Tensor LD, Tensor pivots, "
       "Tensor info)",
       kFunction, kFactorExDoc},
      {"linalg_ldl_factor(Tensor self, *, bool hermitian=False) -> (Tensor LD, Tensor pivots)",
       VT_OP_COMPOSITE | kFunction, kFactorDoc},
      {"linalg_ldl_solve(Tensor LD, Tensor pivots, Tensor B, *, bool hermitian=False) -> Tensor", kFunction, kSolveDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"linalg_ldl_factor_ex", boxed<linalg_ldl_factor_ex>},
      {"linalg_ldl_solve", boxed<linalg_ldl_solve>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"linalg_ldl_factor", boxed<linalg_ldl_factor>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
