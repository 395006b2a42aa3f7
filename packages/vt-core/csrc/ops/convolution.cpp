// SPDX-License-Identifier: Apache-2.0
// convolution and convolution_backward on the CPU.
#include "ops/convolution.hpp"

namespace vt::core {

namespace {

using convolution::Shape;

bool is_complex(const Tensor& t) noexcept { return dtype_info(t.dtype()).category == Category::kComplex; }

void convolve(const Shape& shape, const Tensor& input, const Tensor& given_weight, const Tensor& bias,
              const Tensor& out) {
  const Tensor weight = rows::dense(given_weight.get());
  if (is_complex(input)) return complex_convolution(shape, input, weight, bias, out);
  if (shape.transposed) {
    spread(shape, input, weight, bias, out);
  } else {
    correlate(shape, input, weight, bias, out);
  }
}

void differentiate(const Shape& shape, const Tensor& grad, const Tensor& input, const Tensor& given_weight,
                   const Tensor& input_grad, const Tensor& weight_grad) {
  const Tensor weight = given_weight ? rows::dense(given_weight.get()) : Tensor();
  if (is_complex(input)) return complex_convolution_backward(shape, grad, input, weight, input_grad, weight_grad);
  if (input_grad && input_grad.numel() > 0) {
    if (shape.transposed) {
      correlate(shape, grad, weight, Tensor(), input_grad);
    } else {
      spread(shape, grad, weight, Tensor(), input_grad);
    }
  }
  if (weight_grad && weight_grad.numel() > 0)
    weigh(shape, shape.transposed ? grad : input, shape.transposed ? input : grad, weight_grad);
}

void convolution_forward(const VtValue* args, VtValue* result) { convolution::forward(args, result, convolve); }
void convolution_backward(const VtValue* args, VtValue* result) { convolution::backward(args, result, differentiate); }

constexpr char kConvolutionDoc[] = R"(A convolution in as many dimensions as the weight has after the first two.

As `conv1d`, `conv2d`, `conv3d` and, with `transposed`, `conv_transpose1d`, `conv_transpose2d`, `conv_transpose3d`.

Parameters
----------
input : Tensor
    (N, C, ...); an integer, floating or complex dtype.
weight : Tensor
    (out channels, C / groups, kernel...), or (C, out channels / groups, kernel...) when transposed; the input's dtype.
bias : Tensor, optional
    (out channels,).
stride, padding, dilation : int[]
    One number, or one per dimension.
transposed : bool
    Whether the input is spread by the weight, as the gradient of a convolution spreads that of its result.
output_padding : int[]
    Positions to add to one side of the result when transposed.
groups : int
    Channels of the input and of the result fall into as many parts that meet each other only.

Returns
-------
Tensor
    Channels last where the input or the weight is. Half types are summed in float32.

Raises
------
RuntimeError
    If sizes or dtypes do not fit together, the kernel is larger than the padded input, or a number is out of range.)";

constexpr char kBackwardDoc[] = R"(The gradients of `convolution` for its input, weight and bias.

Parameters
----------
grad_output : Tensor
    That of the result.
input, weight : Tensor
bias_sizes : int[], optional
    The sizes of the bias.
stride, padding, dilation : int[]
transposed : bool
output_padding : int[]
groups : int
    As in `convolution`.
output_mask : bool[3]
    Which of the three are wanted; the others are None.)";

}  // namespace

void register_convolution(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"convolution(Tensor input, Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, bool "
       "transposed, int[] output_padding, int groups) -> Tensor",
       VT_OP_FUNCTION, kConvolutionDoc},
      {"convolution_backward(Tensor grad_output, Tensor input, Tensor weight, int[]? bias_sizes, int[] stride, int[] "
       "padding, int[] dilation, bool transposed, int[] output_padding, int groups, bool[3] output_mask) -> (Tensor? "
       "input_grad, Tensor? weight_grad, Tensor? bias_grad)",
       VT_OP_FUNCTION, kBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"convolution", boxed<convolution_forward>},
      {"convolution_backward", boxed<convolution_backward>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  register_convolution_forms(plugin);
}

}  // namespace vt::core
