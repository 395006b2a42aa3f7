// SPDX-License-Identifier: Apache-2.0
// Eigenvalues and eigenvectors on CUDA devices, by cuSOLVER.
#include <limits>

#include "../solver/solver.hpp"
#include "linalg.hpp"

namespace vt::cuda::linalg {
namespace {

// _linalg_eigh(self, UPLO, compute_v) -> (eigenvalues, eigenvectors)
void eigh(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_eigh";
  VtTensor* self = args[0].as.tensor;
  const bool upper = reads_upper(kOp, args[1].as.string);
  const bool vectors = args[2].as.i != 0;
  check_square(kOp, "A", self);
  check_dtype(kOp, self);
  const int64_t n = rows_of(self);
  const DLDataType dtype = self->dl.dtype;
  const DLDevice device = self->dl.device;
  Tensor values = Tensor::empty(with(batch_of(self), {n}), real_of(dtype), device);
  Tensor a = columns_copy(self);
  if (a.numel() > 0) {
    const Screened screened{zeros(batch_of(self), kInt32, device)};
    const Tensor info = zeros(batch_of(self), kInt32, device);
    screened.note(kOp, a);
    screened.refill(kOp, a, 0);
    Solver(kOp, device, dtype)
        .syevd(vectors, upper, {a->dl.data, info.numel(), n, n}, values->dl.data, info.data<int32_t>());
    screened.refill(kOp, values, std::numeric_limits<double>::quiet_NaN());
    if (vectors) screened.refill(kOp, a, std::numeric_limits<double>::quiet_NaN());
    check_info(kOp, info, no_eigenvalues);
  }
  deliver(kOp, std::move(values), result[0]);
  deliver(kOp, vectors ? std::move(a) : no_elements(self, dtype), result[1]);
}

// Complex vectors of a real matrix.
void unpack(const char* op, const Tensor& packed, const Tensor& values, const Tensor& vectors) {
  PairsParams p{packed->dl.data, values->dl.data, vectors->dl.data, packed.numel(), rows_of(packed.get())};
  const Queue queue(packed.device());
  queue.launch(op, eigenvector_pairs_kernel(index_of(packed.dtype())), ceil_divide(p.num, kBlockThreads), 1, p);
}

// _linalg_eig(self, compute_v) -> (eigenvalues, eigenvectors)
void eig(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_eig";
  VtTensor* self = args[0].as.tensor;
  const bool wants_vectors = args[1].as.i != 0;
  check_square(kOp, "A", self);
  check_dtype(kOp, self);
  const int64_t n = rows_of(self);
  const DLDataType dtype = complex_of(self->dl.dtype);
  const DLDevice device = self->dl.device;
  const Ints sizes = with(batch_of(self), {n, n});
  Tensor values = Tensor::empty(with(batch_of(self), {n}), dtype, device);
  Tensor vectors = wants_vectors ? empty_columns(sizes, dtype, device) : no_elements(self, dtype);
  if (self->numel > 0) {
    const bool packs = wants_vectors && !is_complex(self->dl.dtype);
    const Tensor packed = packs ? empty_columns(sizes, self->dl.dtype, device) : vectors;
    const Tensor a = columns_copy(self);
    const Screened screened{zeros(batch_of(self), kInt32, device)};
    const Tensor info = zeros(batch_of(self), kInt32, device);
    screened.note(kOp, a);
    screened.refill(kOp, a, 0);
    Solver(kOp, device, self->dl.dtype)
        .geev({a->dl.data, info.numel(), n, n}, values->dl.data, wants_vectors ? packed->dl.data : nullptr,
              info.data<int32_t>());
    if (packs) unpack(kOp, packed, values, vectors);
    check_info(kOp, add(info, screened.notes), no_eigenvalues);
  }
  deliver(kOp, std::move(values), result[0]);
  deliver(kOp, std::move(vectors), result[1]);
}

}  // namespace

void register_eig(VtPlugin* plugin) {
  const KernelRow rows[] = {{"_linalg_eigh", kernel<eigh>}, {"_linalg_eig", kernel<eig>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda::linalg
