// SPDX-License-Identifier: Apache-2.0
// The factorisations of linear algebra, which are not implemented on CUDA devices: calls say so, by rows like any other op's.
#include <vt/cpp/registration.hpp>

#include "ops.hpp"

namespace vt::cuda {
namespace {

constexpr const char* kMissing[] = {
    "_linalg_eig",
    "_linalg_eigh",
    "_linalg_svd",
    "_pivots_to_permutation",
    "geqrf",
    "linalg_cholesky_ex",
    "linalg_ldl_factor_ex",
    "linalg_ldl_solve",
    "linalg_lstsq",
    "linalg_lu_factor_ex",
    "linalg_lu_solve",
    "linalg_qr",
    "linalg_solve_triangular",
};

// `context` is the op's name.
int refuse(void* context, const VtValue*, int32_t, VtValue*) noexcept {
  return vt::guard([&] {
    vt::fail(
        VT_ERROR_NOT_IMPLEMENTED,
        std::string(static_cast<const char*>(context)) +
            ": not implemented on cuda, where matrices are not factorised yet (cuSOLVER); move the operands to the CPU");
  });
}

}  // namespace

void register_linalg(VtPlugin* plugin) {
  std::vector<VtKernelDef> rows;
  for (const char* op : kMissing)
    rows.push_back({sizeof(VtKernelDef), 0, op, VT_LAYER_DEVICE, kDLCUDA, refuse, nullptr, 0, const_cast<char*>(op)});
  vt::check(tables().dispatch->register_kernels(plugin, rows.data(), rows.size()));
}

}  // namespace vt::cuda
