// SPDX-License-Identifier: Apache-2.0
// LU factors on CUDA devices, and what is solved with them.
#include <vt/cpp/linalg_rules.hpp>

#include "../kernels/index.hpp"
#include "linalg.hpp"

namespace vt::cuda::linalg {
namespace {

// linalg_lu_factor_ex(self, *, pivot, check_errors) -> (LU, pivots, info)
void linalg_lu_factor_ex(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_lu_factor_ex";
  static const Op zeros("zeros");
  VtTensor* self = args[0].as.tensor;
  check_matrices(kOp, "A", self);
  check_dtype(kOp, self);
  const int64_t m = rows_of(self);
  const int64_t n = columns_of(self);
  Tensor lu = columns_copy(self);
  Tensor pivots = Tensor::empty(with(batch_of(self), {std::min(m, n)}), kInt32, self->dl.device);
  Tensor info = zeros(batch_of(self), kInt32, self->dl.device);
  if (lu.numel() > 0) {
    LuParams p{lu->dl.data, pivots.data<int32_t>(), info.data<int32_t>(), m, n, args[1].as.i != 0};
    const Queue queue(lu.device());
    queue.launch(kOp, lu_kernel(index_of(lu.dtype())), info.numel(), 1, p);
  }
  if (args[2].as.i != 0) check_info(kOp, info, singular_factor);
  deliver(kOp, std::move(lu), result[0]);
  deliver(kOp, std::move(pivots), result[1]);
  deliver(kOp, std::move(info), result[2]);
}

// _pivots_to_permutation(pivots, size)
void pivots_to_permutation(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "_pivots_to_permutation";
  VtTensor* pivots = args[0].as.tensor;
  const int64_t size = args[1].as.i;
  check_pivots(kOp, pivots, size);
  Tensor permutation = Tensor::empty(with(batch_of(pivots, 1), {size}), kInt64, pivots->dl.device);
  if (permutation.numel() > 0) {
    const Queue queue(permutation.device());
    const Tensor dense = row_major(pivots);
    PermutationParams p{dense.data<const int32_t>(),
                        permutation.data<int64_t>(),
                        num_matrices(batch_of(pivots, 1)),
                        columns_of(pivots),
                        size,
                        queue.index_errors()};
    queue.launch(kOp, permutation_kernel(), ceil_divide(p.num, kBlockThreads), 1, p);
  }
  deliver(kOp, std::move(permutation), result[0]);
}

// Exchanges the rows of X, or where it stands at the left of A its columns, as the pivots say.
void exchange(const char* op, const Tensor& pivots, const Tensor& x, bool left, bool backwards) {
  const Queue queue(x.device());
  const Sides sides = sides_of(x, left);
  ExchangeParams p{pivots.data<const int32_t>(), sides, num_matrices(batch_of(x.get())) * sides.num, backwards,
                   queue.index_errors()};
  queue.launch(op, exchange_kernel(index_of(x.dtype())), ceil_divide(p.num, kBlockThreads), 1, p);
}

// linalg_lu_solve(LU, pivots, B, *, left, adjoint)
void linalg_lu_solve(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_lu_solve";
  static const Op expand("expand");
  const Tensor lu = Tensor::share(args[0].as.tensor);
  const Tensor pivots = Tensor::share(args[1].as.tensor);
  VtTensor* b = args[2].as.tensor;
  const bool left = args[3].as.i != 0;
  const bool adjoint = args[4].as.i != 0;
  check_same_dtype(kOp, lu.get(), b);
  check_square(kOp, "LU", lu.get());
  check_matrices(kOp, "B", b);
  check_factors(kOp, lu, pivots);
  check_system(kOp, lu.get(), b, left);
  const Ints batch = broadcast_batch(kOp, lu.get(), batch_of(lu.get()), b, batch_of(b));
  Tensor x = left ? columns_copy(b, batch)
                  : Tensor::empty(with(batch, {rows_of(b), columns_of(b)}), b->dl.dtype, b->dl.device);
  if (x.numel() > 0) {
    if (!left) copy_within(x.get(), b);
    const Batch factors = batch_of_matrices(lu.get(), batch);
    const Ints sizes = with(batch, {rows_of(lu.get())});
    const Tensor rows = row_major(Tensor(expand(pivots, std::span<const int64_t>(sizes))).get());
    // With A = P L U, A X = B is L U X = P^T B, and A^H X = B is U^H L^H P^T X = B. X A = B is A^T X^T = B^T, so that there the
    // adjoint is the one whose factors are not transposed.
    const Triangle lower{factors, false, true, adjoint, adjoint};
    const Triangle upper{factors, true, false, adjoint, adjoint};
    if (left != adjoint) {
      exchange(kOp, rows, x, left, false);
      solve_triangular(kOp, lower, x, left);
      solve_triangular(kOp, upper, x, left);
    } else {
      solve_triangular(kOp, upper, x, left);
      solve_triangular(kOp, lower, x, left);
      exchange(kOp, rows, x, left, true);
    }
  }
  deliver(kOp, std::move(x), result[0]);
}

}  // namespace

void register_lu(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"linalg_lu_factor_ex", kernel<linalg_lu_factor_ex>},
      {"_pivots_to_permutation", kernel<pivots_to_permutation>},
      {"linalg_lu_solve", kernel<linalg_lu_solve>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda::linalg
