// SPDX-License-Identifier: Apache-2.0
// div with its rounding modes, floor_divide, remainder and their reflected forms on CUDA devices.
#include "binary_launch.hpp"

namespace vt::cuda {
namespace {

BinaryOp true_division(const char* name) noexcept {
  return {name, BinaryKind::kDiv, division_kernels, VT_ITER_PROMOTE | VT_ITER_INT_TO_FLOAT};
}

void div(const VtValue* args, VtValue* result) {
  switch (rounding_of("div", args[2])) {
    case Rounding::kNone: return launch_binary(true_division("div"), args, result);
    case Rounding::kTrunc: return launch_binary({"div", BinaryKind::kTruncDivide, division_kernels}, args, result);
    case Rounding::kFloor: return launch_binary({"div", BinaryKind::kFloorDivide, division_kernels}, args, result);
  }
}

void rdiv(const VtValue* args, VtValue* result) { launch_reflected(true_division("rdiv"), args, result); }

void floor_divide(const VtValue* args, VtValue* result) {
  launch_binary({"floor_divide", BinaryKind::kFloorDivide, division_kernels}, args, result);
}

void rfloor_divide(const VtValue* args, VtValue* result) {
  launch_reflected({"rfloor_divide", BinaryKind::kFloorDivide, division_kernels}, args, result);
}

void remainder(const VtValue* args, VtValue* result) {
  launch_binary({"remainder", BinaryKind::kRemainder, division_kernels}, args, result);
}

void fmod(const VtValue* args, VtValue* result) {
  launch_binary({"fmod", BinaryKind::kFmod, division_kernels}, args, result);
}

void rremainder(const VtValue* args, VtValue* result) {
  launch_reflected({"rremainder", BinaryKind::kRemainder, division_kernels}, args, result);
}

}  // namespace

void register_divide(VtPlugin* plugin) {
  const KernelRow rows[] = {{"div", kernel<div>},
                            {"rdiv", kernel<rdiv>},
                            {"floor_divide", kernel<floor_divide>},
                            {"rfloor_divide", kernel<rfloor_divide>},
                            {"remainder", kernel<remainder>},
                            {"fmod", kernel<fmod>},
                            {"rremainder", kernel<rremainder>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
