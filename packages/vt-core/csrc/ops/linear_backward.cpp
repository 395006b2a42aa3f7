// SPDX-License-Identifier: Apache-2.0
// linear_backward on the CPU: two products and a sum, each by its own op.
#include <vt/cpp/linear_gradients.hpp>

#include "ops/ops.hpp"

namespace vt::core {

namespace {

void linear_backward(const VtValue* args, VtValue* results) { LinearGradients(args).compose(results); }

constexpr char kDoc[] = R"(The gradients of `linear` for its input, weight and bias.

Parameters
----------
input : Tensor, optional
    Of sizes (..., in); read for the gradient of the weight alone.
grad_output : Tensor
    Of sizes (..., out): that of the result. A floating or complex dtype.
weight : Tensor, optional
    Of sizes (out, in); read for the gradient of the input alone.
output_mask : bool[3]
    Which of the three are wanted; the others are None.
relu_output : Tensor, optional
    Of the sizes of `grad_output`, which is then the gradient of this, made by `relu` of the result: what `relu_backward` makes
    of both is taken.

Returns
-------
Tensor, Tensor, Tensor
    Of the sizes of input and weight, and (out,). Half types are summed in float32.

Raises
------
ShapeError
    If the sizes do not fit together.
RuntimeError
    If the dtypes differ.
ValueError
    If what a wanted gradient needs is left out.

Notes
-----
On CUDA devices the gradients of small maps are made by one kernel.)";

}  // namespace

void register_linear_backward(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"linear_backward(Tensor? input, Tensor grad_output, Tensor? weight, bool[3] output_mask, *, Tensor? relu_output=None) -> "
       "(Tensor? input_grad, Tensor? weight_grad, Tensor? bias_grad)",
       VT_OP_FUNCTION, kDoc}};
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"linear_backward", boxed<linear_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
