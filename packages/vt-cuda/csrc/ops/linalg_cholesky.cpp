// SPDX-License-Identifier: Apache-2.0
// Cholesky factors on CUDA devices.
#include "linalg.hpp"

namespace vt::cuda::linalg {
namespace {

// linalg_cholesky_ex(self, *, upper, check_errors) -> (L, info)
void linalg_cholesky_ex(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_cholesky_ex";
  static const Op zeros("zeros");
  VtTensor* self = args[0].as.tensor;
  const bool upper = args[1].as.i != 0;
  check_square(kOp, "A", self);
  check_dtype(kOp, self);
  const int64_t n = rows_of(self);
  Tensor factor = columns_copy(self);
  Tensor info = zeros(batch_of(self), kInt32, self->dl.device);
  if (factor.numel() > 0) {
    // U of the upper triangle lies where L of the transpose does.
    CholeskyParams p{factor->dl.data, info.data<int32_t>(), n, upper ? n : 1, upper ? 1 : n};
    const Queue queue(factor.device());
    queue.launch(kOp, cholesky_kernel(index_of(factor.dtype())), info.numel(), 1, p);
  }
  if (args[2].as.i != 0) check_info(kOp, info, not_positive);
  deliver(kOp, std::move(factor), result[0]);
  deliver(kOp, std::move(info), result[1]);
}

}  // namespace

void register_cholesky(VtPlugin* plugin) {
  const KernelRow rows[] = {{"linalg_cholesky_ex", kernel<linalg_cholesky_ex>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda::linalg
