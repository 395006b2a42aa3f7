// SPDX-License-Identifier: Apache-2.0
// frexp on CUDA devices.
#include <vt/cpp/iter.hpp>

#include "../kernels/frexp.hpp"
#include "host_element.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

// frexp(self) -> (mantissa, exponent)
void frexp(const VtValue* args, VtValue* result) {
  const void* const split = frexp_kernel(index_of(args[0].as.tensor->dl.dtype));
  if (split == nullptr) fail_unsupported("frexp", args[0].as.tensor->dl.dtype);
  const Tensor in = row_major(args[0].as.tensor);
  Tensor mantissa = Tensor::empty(in.sizes(), in.dtype(), in.device());
  Tensor exponent = Tensor::empty(in.sizes(), kInt32, in.device());
  if (in.numel() > 0) {
    FrexpParams params{in.data<const char>(), mantissa.data<char>(), exponent.data<int32_t>(), in.numel()};
    Queue(in.device()).launch("frexp", split, ceil_divide(params.num, kBlockThreads), 1, params);
  }
  result[0] = value_of(mantissa.release());
  result[1] = value_of(exponent.release());
}

}  // namespace

void register_frexp(VtPlugin* plugin) {
  const KernelRow rows[] = {{"frexp", kernel<frexp>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
