// SPDX-License-Identifier: Apache-2.0
// add, sub, mul, maximum and minimum on CUDA devices.
#include "binary_launch.hpp"

namespace vt::cuda {
namespace {

void add(const VtValue* args, VtValue* result) {
  if (args[2].tag == VT_INT && args[2].as.i == 1)
    return launch_binary({"add", BinaryKind::kAdd, arithmetic_kernels}, args, result);
  launch_binary({"add", BinaryKind::kAddScaled, arithmetic_kernels}, args, result, {&args[2]});
}

// self + (-alpha) * other
void sub(const VtValue* args, VtValue* result) {
  refuse_booleans("sub", args);
  launch_binary({"sub", BinaryKind::kAddScaled, arithmetic_kernels}, args, result, {&args[2], true});
}

void rsub(const VtValue* args, VtValue* result) {
  refuse_booleans("rsub", args);
  launch_reflected({"rsub", BinaryKind::kAddScaled, arithmetic_kernels}, args, result, {&args[2], true});
}

void mul(const VtValue* args, VtValue* result) {
  launch_binary({"mul", BinaryKind::kMul, arithmetic_kernels}, args, result);
}

void maximum(const VtValue* args, VtValue* result) {
  launch_binary({"maximum", BinaryKind::kMaximum, division_kernels}, args, result);
}

void minimum(const VtValue* args, VtValue* result) {
  launch_binary({"minimum", BinaryKind::kMinimum, division_kernels}, args, result);
}

}  // namespace

void register_binary(VtPlugin* plugin) {
  const KernelRow rows[] = {{"add", kernel<add>}, {"sub", kernel<sub>},         {"rsub", kernel<rsub>},
                            {"mul", kernel<mul>}, {"maximum", kernel<maximum>}, {"minimum", kernel<minimum>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
