// SPDX-License-Identifier: Apache-2.0
// gcd, lcm and the shifts on CUDA devices.
#include "binary_launch.hpp"

namespace vt::cuda {
namespace {

void gcd(const VtValue* args, VtValue* result) {
  launch_binary({"gcd", BinaryKind::kGcd, integer_kernels}, args, result);
}
void lcm(const VtValue* args, VtValue* result) {
  launch_binary({"lcm", BinaryKind::kLcm, integer_kernels}, args, result);
}
void bitwise_left_shift(const VtValue* args, VtValue* result) {
  launch_binary({"bitwise_left_shift", BinaryKind::kLeftShift, integer_kernels}, args, result);
}
void bitwise_right_shift(const VtValue* args, VtValue* result) {
  launch_binary({"bitwise_right_shift", BinaryKind::kRightShift, integer_kernels}, args, result);
}

}  // namespace

void register_integers(VtPlugin* plugin) {
  const KernelRow rows[] = {{"gcd", kernel<gcd>},
                            {"lcm", kernel<lcm>},
                            {"bitwise_left_shift", kernel<bitwise_left_shift>},
                            {"bitwise_left_shift.scalar", kernel<bitwise_left_shift>},
                            {"bitwise_right_shift", kernel<bitwise_right_shift>},
                            {"bitwise_right_shift.scalar", kernel<bitwise_right_shift>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
