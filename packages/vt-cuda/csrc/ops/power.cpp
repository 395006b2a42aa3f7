// SPDX-License-Identifier: Apache-2.0
// pow, its reflected form and atan2 on CUDA devices.
#include "binary_launch.hpp"

namespace vt::cuda {
namespace {

void pow(const VtValue* args, VtValue* result) {
  check_exponent("pow", args[0], args[1]);
  const BinaryKind kind = is_tensor(args[1]) ? BinaryKind::kPow : BinaryKind::kPowNumber;
  launch_binary({"pow", kind, power_kernels}, args, result);
}

void rpow(const VtValue* args, VtValue* result) {
  launch_reflected({"rpow", BinaryKind::kPow, power_kernels}, args, result);
}

void atan2(const VtValue* args, VtValue* result) {
  launch_binary({"atan2", BinaryKind::kAtan2, power_kernels, VT_ITER_PROMOTE | VT_ITER_INT_TO_FLOAT}, args, result);
}

}  // namespace

void register_power(VtPlugin* plugin) {
  const KernelRow rows[] = {{"pow", kernel<pow>}, {"rpow", kernel<rpow>}, {"atan2", kernel<atan2>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
