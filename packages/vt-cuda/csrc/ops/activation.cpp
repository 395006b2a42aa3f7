// SPDX-License-Identifier: Apache-2.0
// Activations and their gradients on CUDA devices.
#include <vt/cpp/complex_forms.hpp>

#include "pointwise.hpp"

namespace vt::cuda {
namespace {

template <class Op>
void activation(const VtValue* args, VtValue* result) {
  launch_pointwise(activation_op<Op>(), args, 1, result);
}
template <class Op>
void backward(const VtValue* args, VtValue* result) {
  launch_pointwise(activation_op<Op>(), args, 2, result);
}

void silu(const VtValue* args, VtValue* result) {
  complex_forms::is_complex(args[0]) ? complex_forms::silu(args, result) : activation<pointwise::Silu>(args, result);
}

void gelu(const VtValue* args, VtValue* result) {
  by_tanh("gelu", args[1]) ? activation<pointwise::GeluTanh>(args, result) : activation<pointwise::Gelu>(args, result);
}
void gelu_backward(const VtValue* args, VtValue* result) {
  by_tanh("gelu_backward", args[2]) ? backward<pointwise::GeluTanhBackward>(args, result)
                                    : backward<pointwise::GeluBackward>(args, result);
}

void softplus(const VtValue* args, VtValue* result) {
  launch_pointwise(activation_op<pointwise::Softplus>(), args, 1, result,
                   {real_number("softplus", "beta", args[1]), real_number("softplus", "threshold", args[2])});
}
void softplus_backward(const VtValue* args, VtValue* result) {
  launch_pointwise(
      activation_op<pointwise::SoftplusBackward>(), args, 2, result,
      {real_number("softplus_backward", "beta", args[2]), real_number("softplus_backward", "threshold", args[3])});
}

void leaky_relu(const VtValue* args, VtValue* result) {
  launch_pointwise(activation_op<pointwise::LeakyRelu>(), args, 1, result,
                   {real_number("leaky_relu", "negative_slope", args[1]), 0});
}
void leaky_relu_backward(const VtValue* args, VtValue* result) {
  launch_pointwise(activation_op<pointwise::LeakyReluBackward>(), args, 2, result,
                   {real_number("leaky_relu_backward", "negative_slope", args[2]), 0});
}

}  // namespace

void register_activation(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"relu", kernel<activation<pointwise::Relu>>},
      {"relu_backward", kernel<backward<pointwise::ReluBackward>>},
      {"sigmoid", kernel<activation<pointwise::Sigmoid>>},
      {"sigmoid_backward", kernel<backward<pointwise::SigmoidBackward>>},
      {"silu", kernel<silu>},
      {"silu_backward", kernel<backward<pointwise::SiluBackward>>},
      {"gelu", kernel<gelu>},
      {"gelu_backward", kernel<gelu_backward>},
      {"softplus", kernel<softplus>},
      {"softplus_backward", kernel<softplus_backward>},
      {"leaky_relu", kernel<leaky_relu>},
      {"leaky_relu_backward", kernel<leaky_relu_backward>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
