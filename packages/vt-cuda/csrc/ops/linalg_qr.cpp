// SPDX-License-Identifier: Apache-2.0
// QR factors on CUDA devices: of small matrices by kernels of our own, of others by cuSOLVER.
#include <algorithm>

#include "../solver/solver.hpp"
#include "linalg.hpp"

namespace vt::cuda::linalg {
namespace {

Matrices matrices_of(const Tensor& t) {
  return {t->dl.data, num_matrices(batch_of(t.get())), rows_of(t.get()), columns_of(t.get())};
}

// Whether a block per matrix keeps up with the library, which computes a batch one after another.
bool is_small(const Matrices& a) noexcept {
  const int64_t most = std::max(a.m, a.n);
  return most <= 32 || (a.num > 1 && most <= 128);
}

// Packed factors in place of `a`, column-major, and the scales of reflectors.
void factorise(const char* op, const Tensor& a, const Tensor& tau) {
  const Matrices matrices = matrices_of(a);
  if (!is_small(matrices)) return Solver(op, a.device(), a.dtype()).geqrf(matrices, tau->dl.data);
  QrParams p{a->dl.data, tau->dl.data, matrices.m, matrices.n, tau.sizes().back()};
  const Queue queue(a.device());
  queue.launch(op, qr_kernel(index_of(a.dtype())), matrices.num, 1, p);
}

// The columns of Q of such factors.
void make_columns(const char* op, const Tensor& a, const Tensor& tau, const Tensor& q) {
  const Matrices matrices = matrices_of(a);
  const int64_t k = tau.sizes().back();
  const Queue queue(a.device());
  if (is_small(matrices)) {
    QrColumnsParams p{a->dl.data, tau->dl.data, q->dl.data, matrices.m, matrices.n, k, columns_of(q.get())};
    queue.launch(op, qr_columns_kernel(index_of(a.dtype())), matrices.num, 1, p);
    return;
  }
  queue.set_bytes(op, q->dl.data, 0, q.numel() * itemsize_of(q.dtype()));
  copy_within(first_of(q, -1, k).get(), first_of(a, -1, k).get());
  Solver(op, a.device(), a.dtype()).orgqr(matrices_of(q), k, tau->dl.data);
}

// geqrf(self) -> (a, tau)
void geqrf(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "geqrf";
  VtTensor* self = args[0].as.tensor;
  check_matrices(kOp, "input", self);
  check_dtype(kOp, self);
  Tensor a = columns_copy(self);
  const int64_t k = std::min(rows_of(self), columns_of(self));
  Tensor tau = Tensor::empty(with(batch_of(self), {k}), self->dl.dtype, self->dl.device);
  if (a.numel() > 0) factorise(kOp, a, tau);
  deliver(kOp, std::move(a), result[0]);
  deliver(kOp, std::move(tau), result[1]);
}

// linalg_qr(self, mode) -> (Q, R)
void linalg_qr(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_qr";
  static const Op triu("triu");
  VtTensor* self = args[0].as.tensor;
  const QrMode mode = qr_mode(args[1].as.string);
  check_matrices(kOp, "A", self);
  check_dtype(kOp, self);
  const int64_t m = rows_of(self);
  const int64_t n = columns_of(self);
  const int64_t k = std::min(m, n);
  const int64_t columns = mode == QrMode::kComplete ? m : k;  // of Q
  const DLDataType dtype = self->dl.dtype;
  const DLDevice device = self->dl.device;
  Tensor q =
      mode == QrMode::kR ? no_elements(self, dtype) : empty_columns(with(batch_of(self), {m, columns}), dtype, device);
  Tensor r = empty_columns(with(batch_of(self), {columns, n}), dtype, device);
  if (self->numel > 0) {
    const Tensor a = columns_copy(self);
    const Tensor tau = Tensor::empty(with(batch_of(self), {k}), dtype, device);
    factorise(kOp, a, tau);
    const Tensor upper = triu(first_of(a, -2, columns), int64_t{0});
    copy_within(r.get(), upper.get());
    if (mode != QrMode::kR) make_columns(kOp, a, tau, q);
  } else if (mode != QrMode::kR) {
    fill_identity(q);  // of no columns to span
  }
  deliver(kOp, std::move(q), result[0]);
  deliver(kOp, std::move(r), result[1]);
}

}  // namespace

void register_qr(VtPlugin* plugin) {
  const KernelRow rows[] = {{"geqrf", kernel<geqrf>}, {"linalg_qr", kernel<linalg_qr>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda::linalg
