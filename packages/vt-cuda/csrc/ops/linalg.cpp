// SPDX-License-Identifier: Apache-2.0
// Linear algebra on CUDA devices: what its families share.
#include "linalg.hpp"

namespace vt::cuda {
namespace linalg {

Tensor empty_columns(const Ints& sizes, DLDataType dtype, DLDevice device) {
  static const Op empty_strided("empty_strided");
  checked_numel("linalg", sizes);
  Ints strides(sizes.size());
  contiguous_strides(sizes, strides.data());
  const size_t ndim = sizes.size();
  strides[ndim - 2] = 1;
  strides[ndim - 1] = std::max<int64_t>(sizes[ndim - 2], 1);
  return empty_strided(std::span<const int64_t>(sizes), std::span<const int64_t>(strides), dtype, device);
}

Tensor columns_copy(VtTensor* t, std::span<const int64_t> batch) {
  Tensor copy = empty_columns(with(batch, {rows_of(t), columns_of(t)}), t->dl.dtype, t->dl.device);
  if (copy.numel() > 0) copy_within(copy.get(), t);
  return copy;
}

void deliver(const char* op, Tensor value, VtValue& result) {
  if (!is_tensor(result)) {
    result = value_of(value.release());
    return;
  }
  VtTensor* out = result.as.tensor;
  if (!can_cast(value.dtype(), out->dl.dtype))
    vt::fail(VT_ERROR_DTYPE, std::string(op) + ": the result cannot be stored in the tensor to write: got " +
                                 std::string(dtype_name(out->dl.dtype)) + ", expected " +
                                 std::string(dtype_name(value.dtype())));
  check_writable(op, out);
  if (!same_sizes(sizes_of(out), value.sizes())) TableIterAllocator{}.resize(out, value.sizes());
  if (out->numel > 0) copy_within(out, value.get());
  result = shared_value(out);
}

void fill_identity(const Tensor& matrices) {
  static const Op eye("eye");
  if (matrices.numel() == 0) return;
  const Tensor identity = eye(rows_of(matrices.get()), columns_of(matrices.get()), matrices.dtype(), matrices.device());
  copy_within(matrices.get(), identity.get());
}

void Screened::note(const char* op, const Tensor& matrices) const {
  if (matrices.numel() == 0) return;
  const int64_t size = matrices.numel() / notes.numel();
  ScreenParams p{matrices->dl.data, notes.data<int32_t>(), size, ceil_divide(size, kScreenedPerBlock)};
  const Queue queue(matrices.device());
  queue.launch(op, screen_kernel(index_of(matrices.dtype())), notes.numel() * p.parts, 1, p);
}

void Screened::refill(const char* op, const Tensor& matrices, double value) const {
  if (matrices.numel() == 0) return;
  const int64_t size = matrices.numel() / notes.numel();
  RefillParams p{matrices->dl.data, notes.data<int32_t>(), size, ceil_divide(size, kScreenedPerBlock), value};
  const Queue queue(matrices.device());
  queue.launch(op, refill_kernel(index_of(matrices.dtype())), notes.numel() * p.parts, 1, p);
}

}  // namespace linalg

void register_linalg(VtPlugin* plugin) {
  linalg::register_lu(plugin);
  linalg::register_cholesky(plugin);
  linalg::register_triangular(plugin);
  linalg::register_ldl(plugin);
  linalg::register_qr(plugin);
  linalg::register_eig(plugin);
  linalg::register_svd(plugin);
  linalg::register_lstsq(plugin);
}

}  // namespace vt::cuda
