// SPDX-License-Identifier: Apache-2.0
// tan, the hyperbolic functions and the inverses of all, element by element, on CUDA devices.
#include <vt/cpp/pointwise/trigonometric.hpp>

#include "pointwise.hpp"

namespace vt::cuda {
namespace {

template <class Op>
void function(const VtValue* args, VtValue* result) {
  const PointwiseOp op{kRuleOf<Op>, pointwise::TrigonometricOps::index_of<Op>(), trigonometric_dense_kernel,
                       trigonometric_strided_kernel};
  launch_pointwise(op, args, 1, result);
}

}  // namespace

void register_trigonometric(VtPlugin* plugin) {
  using namespace pointwise;
  const KernelRow rows[] = {
      {"tan", kernel<function<Tan>>},     {"asin", kernel<function<Asin>>},   {"acos", kernel<function<Acos>>},
      {"atan", kernel<function<Atan>>},   {"sinh", kernel<function<Sinh>>},   {"cosh", kernel<function<Cosh>>},
      {"asinh", kernel<function<Asinh>>}, {"acosh", kernel<function<Acosh>>}, {"atanh", kernel<function<Atanh>>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
