// SPDX-License-Identifier: Apache-2.0
// scatter_reduce, which is not implemented on CUDA devices: calls say so, by a row like any other op's.
#include <vt/cpp/registration.hpp>

#include "ops.hpp"

namespace vt::cuda {
namespace {

void scatter_reduce(const VtValue*, VtValue*) {
  vt::fail(VT_ERROR_NOT_IMPLEMENTED,
           "scatter_reduce: not implemented on cuda, where values are only added at indices yet; use scatter_add, or "
           "move the operands to the CPU");
}

}  // namespace

void register_scatter(VtPlugin* plugin) {
  const KernelRow rows[] = {{"scatter_reduce", kernel<scatter_reduce>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
