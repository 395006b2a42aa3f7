// SPDX-License-Identifier: Apache-2.0
// fmax, fmin, copysign, hypot, heaviside, nextafter, logaddexp, logaddexp2 and ldexp on CUDA devices.
#include <vt/cpp/complex_forms.hpp>

#include "binary_launch.hpp"

namespace vt::cuda {
namespace {

void fmax(const VtValue* args, VtValue* result) {
  launch_binary({"fmax", BinaryKind::kFmax, pair_kernels}, args, result);
}
void fmin(const VtValue* args, VtValue* result) {
  launch_binary({"fmin", BinaryKind::kFmin, pair_kernels}, args, result);
}
void copysign(const VtValue* args, VtValue* result) {
  launch_binary({"copysign", BinaryKind::kCopysign, pair_kernels, VT_ITER_PROMOTE | VT_ITER_INT_TO_FLOAT}, args,
                result);
}
void hypot(const VtValue* args, VtValue* result) {
  launch_binary({"hypot", BinaryKind::kHypot, pair_kernels}, args, result);
}
void heaviside(const VtValue* args, VtValue* result) {
  check_same_dtype("heaviside", args);
  launch_binary({"heaviside", BinaryKind::kHeaviside, pair_kernels}, args, result);
}
void nextafter(const VtValue* args, VtValue* result) {
  launch_binary({"nextafter", BinaryKind::kNextafter, pair_kernels}, args, result);
}
void logaddexp(const VtValue* args, VtValue* result) {
  if (complex_forms::is_complex(args[0]) || complex_forms::is_complex(args[1]))
    return complex_forms::logaddexp(args, result);
  launch_binary({"logaddexp", BinaryKind::kLogaddexp, pair_kernels}, args, result);
}
void logaddexp2(const VtValue* args, VtValue* result) {
  launch_binary({"logaddexp2", BinaryKind::kLogaddexp2, pair_kernels}, args, result);
}
void ldexp(const VtValue* args, VtValue* result) {
  if (complex_forms::is_complex(args[0]) || complex_forms::is_complex(args[1]))
    return complex_forms::ldexp(args, result);
  launch_binary({"ldexp", BinaryKind::kLdexp, pair_kernels, VT_ITER_PROMOTE | VT_ITER_INT_TO_FLOAT, true}, args,
                result);
}

}  // namespace

void register_pairs(VtPlugin* plugin) {
  const KernelRow rows[] = {{"fmax", kernel<fmax>},           {"fmin", kernel<fmin>},
                            {"copysign", kernel<copysign>},   {"hypot", kernel<hypot>},
                            {"heaviside", kernel<heaviside>}, {"nextafter", kernel<nextafter>},
                            {"logaddexp", kernel<logaddexp>}, {"logaddexp2", kernel<logaddexp2>},
                            {"ldexp", kernel<ldexp>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
