// SPDX-License-Identifier: Apache-2.0
// LDL factors on CUDA devices, and what is solved with them.
#include <vt/cpp/linalg_rules.hpp>

#include "../kernels/index.hpp"
#include "linalg.hpp"

namespace vt::cuda::linalg {
namespace {

// linalg_ldl_factor_ex(self, *, hermitian, check_errors) -> (LD, pivots, info)
void linalg_ldl_factor_ex(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_ldl_factor_ex";
  static const Op tril("tril");
  VtTensor* self = args[0].as.tensor;
  check_square(kOp, "A", self);
  check_dtype(kOp, self);
  const int64_t n = rows_of(self);
  Tensor ld = columns_copy(Tensor(tril(args[0])).get());
  Tensor pivots = Tensor::empty(with(batch_of(self), {n}), kInt32, self->dl.device);
  Tensor info = zeros(batch_of(self), kInt32, self->dl.device);
  if (ld.numel() > 0) {
    const bool hermitian = args[1].as.i != 0 && is_complex(ld.dtype());
    LdlParams p{ld->dl.data, pivots.data<int32_t>(), info.data<int32_t>(), n, hermitian};
    const Queue queue(ld.device());
    queue.launch(kOp, ldl_kernel(index_of(ld.dtype())), info.numel(), 1, p);
  }
  if (args[2].as.i != 0) check_info(kOp, info, singular_block);
  deliver(kOp, std::move(ld), result[0]);
  deliver(kOp, std::move(pivots), result[1]);
  deliver(kOp, std::move(info), result[2]);
}

// linalg_ldl_solve(LD, pivots, B, *, hermitian)
void linalg_ldl_solve(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_ldl_solve";
  static const Op expand("expand");
  VtTensor* ld = args[0].as.tensor;
  VtTensor* b = args[2].as.tensor;
  check_ldl_system(kOp, ld, args[1].as.tensor, b);
  const Ints batch = broadcast_batch(kOp, ld, batch_of(ld), b, batch_of(b));
  Tensor x = columns_copy(b, batch);
  if (x.numel() > 0) {
    const Batch factors = batch_of_matrices(ld, batch);
    const Ints sizes = with(batch, {rows_of(ld)});
    const Tensor pivots = row_major(Tensor(expand(args[1], std::span<const int64_t>(sizes))).get());
    const Queue queue(x.device());
    LdlSolveParams p{system_of(factors, false, sides_of(x, true)), pivots.data<const int32_t>(),
                     args[3].as.i != 0 && is_complex(x.dtype()), queue.index_errors()};
    queue.launch(kOp, ldl_solve_kernel(index_of(x.dtype())), num_matrices(batch) * p.system.strips, 1, p);
  }
  deliver(kOp, std::move(x), result[0]);
}

}  // namespace

void register_ldl(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"linalg_ldl_factor_ex", kernel<linalg_ldl_factor_ex>},
      {"linalg_ldl_solve", kernel<linalg_ldl_solve>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda::linalg
