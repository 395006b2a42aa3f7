// SPDX-License-Identifier: Apache-2.0
// Linear algebra on CUDA devices: what its families share, and the factorisations that are not implemented, whose calls say so by
// rows like any other op's.
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

}  // namespace linalg

namespace {

constexpr const char* kMissing[] = {
    "_linalg_eig",          "_linalg_eigh",     "_linalg_svd",  "geqrf",
    "linalg_ldl_factor_ex", "linalg_ldl_solve", "linalg_lstsq", "linalg_qr",
};

// `context` is the op's name.
int refuse(void* context, const VtValue*, int32_t, VtValue*) noexcept {
  return vt::guard([&] {
    vt::fail(VT_ERROR_NOT_IMPLEMENTED,
             std::string(static_cast<const char*>(context)) +
                 ": not implemented on cuda, which has LU and Cholesky factors alone; move the operands to the CPU");
  });
}

}  // namespace

void register_linalg(VtPlugin* plugin) {
  linalg::register_lu(plugin);
  linalg::register_cholesky(plugin);
  linalg::register_triangular(plugin);
  std::vector<VtKernelDef> rows;
  for (const char* op : kMissing)
    rows.push_back({sizeof(VtKernelDef), 0, op, VT_LAYER_DEVICE, kDLCUDA, refuse, nullptr, 0, const_cast<char*>(op)});
  vt::check(tables().dispatch->register_kernels(plugin, rows.data(), rows.size()));
}

}  // namespace vt::cuda
