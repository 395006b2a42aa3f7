// SPDX-License-Identifier: Apache-2.0
// Activations with bounds, thresholds and gates, and their gradients, on CUDA devices.
#include <vt/cpp/complex_forms.hpp>
#include <vt/cpp/nonlinear_rules.hpp>

#include "pointwise.hpp"

namespace vt::cuda {
namespace {

using pointwise::Parameters;

template <class Op>
void run(const VtValue* args, int32_t num_inputs, VtValue* result, const Parameters& parameters = {}) {
  launch_pointwise(
      {kRuleOf<Op>, pointwise::NonlinearOps::index_of<Op>(), nonlinear_dense_kernel, nonlinear_strided_kernel}, args,
      num_inputs, result, parameters);
}

template <class Op>
void activation(const VtValue* args, VtValue* result) {
  run<Op>(args, 1, result);
}
template <class Op>
void backward(const VtValue* args, VtValue* result) {
  run<Op>(args, 2, result);
}

void softsign(const VtValue* args, VtValue* result) {
  complex_forms::is_complex(args[0]) ? complex_forms::softsign(args, result)
                                     : run<pointwise::Softsign>(args, 1, result);
}
void tanhshrink(const VtValue* args, VtValue* result) {
  complex_forms::is_complex(args[0]) ? complex_forms::tanhshrink(args, result)
                                     : run<pointwise::Tanhshrink>(args, 1, result);
}

void elu(const VtValue* args, VtValue* result) {
  run<pointwise::Elu>(args, 1, result, elu_parameters("elu", args + 1));
}
void elu_backward(const VtValue* args, VtValue* result) {
  run<pointwise::EluBackward>(args, 2, result, elu_parameters("elu_backward", args + 2));
}

void hardshrink(const VtValue* args, VtValue* result) {
  run<pointwise::Hardshrink>(args, 1, result, {number_parameter("hardshrink", args[1], args[0])});
}
void softshrink(const VtValue* args, VtValue* result) {
  check_softshrink(args);
  run<pointwise::Softshrink>(args, 1, result, {number_parameter("softshrink", args[1], args[0])});
}
void shrink_backward(const VtValue* args, VtValue* result) {
  run<pointwise::ShrinkBackward>(args, 2, result, {number_parameter("shrink_backward", args[2], args[1])});
}

void hardtanh(const VtValue* args, VtValue* result) {
  run<pointwise::Hardtanh>(args, 1, result, hardtanh_parameters("hardtanh", args + 1, args[0]));
}
void hardtanh_backward(const VtValue* args, VtValue* result) {
  run<pointwise::HardtanhBackward>(args, 2, result, hardtanh_parameters("hardtanh_backward", args + 2, args[1]));
}

void threshold(const VtValue* args, VtValue* result) {
  run<pointwise::Threshold>(
      args, 1, result,
      {number_parameter("threshold", args[1], args[0]), number_parameter("threshold", args[2], args[0])});
}
void threshold_backward(const VtValue* args, VtValue* result) {
  run<pointwise::ThresholdBackward>(args, 2, result, {number_parameter("threshold_backward", args[2], args[1])});
}

void glu(const VtValue* args, VtValue* result) {
  const Halves halves("glu", args[0], args[1]);
  const VtValue operands[2] = {value_of(halves.first.get()), value_of(halves.second.get())};
  run<pointwise::Glu>(operands, 2, result);
}

}  // namespace

void register_nonlinear(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"elu", kernel<elu>},
      {"elu_backward", kernel<elu_backward>},
      {"hardshrink", kernel<hardshrink>},
      {"softshrink", kernel<softshrink>},
      {"shrink_backward", kernel<shrink_backward>},
      {"hardsigmoid", kernel<activation<pointwise::Hardsigmoid>>},
      {"hardsigmoid_backward", kernel<backward<pointwise::HardsigmoidBackward>>},
      {"hardswish", kernel<activation<pointwise::Hardswish>>},
      {"hardswish_backward", kernel<backward<pointwise::HardswishBackward>>},
      {"hardtanh", kernel<hardtanh>},
      {"hardtanh_backward", kernel<hardtanh_backward>},
      {"log_sigmoid", kernel<activation<pointwise::LogSigmoid>>},
      {"log_sigmoid_backward", kernel<backward<pointwise::LogSigmoidBackward>>},
      {"mish", kernel<activation<pointwise::Mish>>},
      {"mish_backward", kernel<backward<pointwise::MishBackward>>},
      {"softsign", kernel<softsign>},
      {"softsign_backward", kernel<backward<pointwise::SoftsignBackward>>},
      {"tanhshrink", kernel<tanhshrink>},
      {"tanhshrink_backward", kernel<backward<pointwise::TanhshrinkBackward>>},
      {"threshold", kernel<threshold>},
      {"threshold_backward", kernel<threshold_backward>},
      {"glu", kernel<glu>},
      {"elementwise_prelu", kernel<backward<pointwise::Prelu>>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
