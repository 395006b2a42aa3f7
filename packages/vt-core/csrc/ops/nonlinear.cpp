// SPDX-License-Identifier: Apache-2.0
// Activations with bounds, thresholds and gates, and their gradients, on the CPU.
#include <vt/cpp/complex_forms.hpp>
#include <vt/cpp/nonlinear_rules.hpp>
#include <vt/cpp/op.hpp>

#include "ops/loops/nonlinear.hpp"
#include "ops/pointwise.hpp"

namespace vt::core {

namespace {

using pointwise::Parameters;

template <class Op>
void run(const VtValue* args, int32_t num_inputs, VtValue* result, const Parameters& parameters = {}) {
  run_pointwise(pointwise_op<Op>(loops<NonlinearLoops>()), args, num_inputs, result, &parameters);
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

void celu(const VtValue* args, VtValue* result) {
  static const Op elu("elu");
  const double alpha = real_number("celu", "alpha", args[1]);
  if (alpha == 0) fail(VT_ERROR_RUNTIME, "celu: ZeroDivisionError: alpha must not be 0");
  result[0] = value_of(elu.into(result[0], args[0], args[1], 1.0, 1.0 / alpha).release());
}

void selu(const VtValue* args, VtValue* result) {
  static const Op elu("elu");
  constexpr double kAlpha = 1.6732632423543772848170429916717;
  constexpr double kScale = 1.0507009873554804934193349852946;
  result[0] = value_of(elu.into(result[0], args[0], kAlpha, kScale, 1.0).release());
}

void relu6(const VtValue* args, VtValue* result) {
  static const Op hardtanh("hardtanh");
  result[0] = value_of(hardtanh.into(result[0], args[0], int64_t{0}, int64_t{6}).release());
}

constexpr char kEluDoc[] =
    R"(``scale * x`` for each element x of `self` above 0, else ``scale * alpha * (e^(input_scale x) - 1)``.

Parameters
----------
self : Tensor
    Any shape; floating dtypes but float8. Half types are computed in float32 and rounded once.
alpha, scale, input_scale : Scalar

Notes
-----
Source: Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential linear units", 2016.)";
constexpr char kEluBackwardDoc[] =
    "The gradient of elu by its input: `grad` times scale above 0, else times alpha scale input_scale e^(input_scale x).";
constexpr char kCeluDoc[] =
    R"(x for each element x of `self` above 0, else ``alpha * (e^(x / alpha) - 1)``. Floating dtypes but float8.

Raises
------
RuntimeError
    If `alpha` is 0.

Notes
-----
Source: Barron, "Continuously differentiable exponential linear units", 2017.)";
constexpr char kSeluDoc[] =
    R"(`elu` with the alpha 1.67326... and the scale 1.05070... that keep mean 0 and variance 1. Floating dtypes but float8.

Source: Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017.)";
constexpr char kHardshrinkDoc[] =
    "0 for each element of `self` from -lambd to lambd, which else is kept; NaN stays. Floating dtypes but float8.";
constexpr char kSoftshrinkDoc[] =
    R"(Each element x of `self` moved towards 0 by `lambd`, but not past it; NaN stays. Floating dtypes but float8.

Raises
------
RuntimeError
    If `lambd` is negative.)";
constexpr char kShrinkBackwardDoc[] =
    "The gradient of hardshrink and softshrink by their input: `grad` where it is beyond -lambd or lambd, else 0.";
constexpr char kHardsigmoidDoc[] =
    R"(``min(max(x + 3, 0), 6) / 6`` for each element x of `self`. Floating dtypes but float8.

Source: Howard et al., "Searching for MobileNetV3", 2019.)";
constexpr char kHardsigmoidBackwardDoc[] =
    "The gradient of hardsigmoid by its input: grad / 6 between -3 and 3, else 0.";
constexpr char kHardswishDoc[] =
    R"(``x * min(max(x + 3, 0), 6) / 6`` for each element x of `self`. Floating dtypes but float8.

Source: Howard et al., "Searching for MobileNetV3", 2019.)";
constexpr char kHardswishBackwardDoc[] =
    "The gradient of hardswish by its input: 0 up to -3, ``grad * (x / 3 + 1 / 2)`` below 3, `grad` from there.";
constexpr char kHardtanhDoc[] =
    R"(Each element of `self` held between `min_val` and `max_val`, with a gradient of 0 on the bounds; NaN stays.

Parameters
----------
self : Tensor
    Any shape; integers and floats but float8.
min_val, max_val : Scalar
    Rounded to the dtype, towards 0 for an integral one. Where `min_val` is above `max_val` the result is `max_val`.

Raises
------
RuntimeError
    If the dtype cannot hold a bound, or is unsigned and one is negative.)";
constexpr char kHardtanhBackwardDoc[] =
    "The gradient of hardtanh by its input: `grad` between the bounds, 0 on and beyond them.";
constexpr char kRelu6Doc[] = "`hardtanh` with the bounds 0 and 6.";
constexpr char kLogSigmoidDoc[] =
    "``log(1 / (1 + e^-x))`` for each element x of `self`, without overflow. Floating dtypes but float8.";
constexpr char kLogSigmoidBackwardDoc[] = "The gradient of log_sigmoid by its input: grad * sigmoid(-x).";
constexpr char kMishDoc[] =
    R"(``x * tanh(log(1 + e^x))`` for each element x of `self`. Floating dtypes but float8.

Source: Misra, "Mish: a self regularized non-monotonic neural activation function", 2019.)";
constexpr char kMishBackwardDoc[] =
    "The gradient of mish by its input: grad * (t + x (1 - t^2) sigmoid(x)) with t = tanh(log(1 + e^x)).";
constexpr char kSoftsignDoc[] =
    "``x / (1 + |x|)`` for each element x of `self`. Any real dtype but bool and float8; integers give the default dtype.";
constexpr char kSoftsignBackwardDoc[] = "The gradient of softsign by its input: grad / (1 + |x|)^2.";
constexpr char kTanhshrinkDoc[] =
    "``x - tanh(x)`` for each element x of `self`. Any real dtype but bool and float8; integers give the default dtype.";
constexpr char kTanhshrinkBackwardDoc[] = "The gradient of tanhshrink by its input: grad * tanh(x)^2.";
constexpr char kThresholdDoc[] =
    R"(Each element of `self` above `threshold`, `value` for the others; NaN stays.

Parameters
----------
self : Tensor
    Any shape; integers and floats but float8.
threshold, value : Scalar
    Rounded to the dtype, towards 0 for an integral one.

Raises
------
RuntimeError
    If the dtype cannot hold one of them.)";
constexpr char kThresholdBackwardDoc[] =
    "The gradient of threshold by its input: `grad` but where the input is `threshold` or less, which gets 0.";

}  // namespace

void register_nonlinear(VtPlugin* plugin) {
  constexpr uint32_t kGradient = VT_OP_FUNCTION;
  constexpr uint32_t kFlags = VT_OP_OUT | VT_OP_FUNCTION;
  constexpr uint32_t kInPlace = kFlags | VT_OP_INPLACE;
  constexpr uint32_t kComposite = VT_OP_FUNCTION | VT_OP_INPLACE | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor", kInPlace, kEluDoc},
      {"elu_backward(Tensor grad, Tensor self, Scalar alpha, Scalar scale, Scalar input_scale) -> Tensor", kGradient,
       kEluBackwardDoc},
      {"celu(Tensor self, Scalar alpha=1.0) -> Tensor", kComposite, kCeluDoc},
      {"selu(Tensor self) -> Tensor", kComposite, kSeluDoc},
      {"hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor", kFlags | VT_OP_METHOD, kHardshrinkDoc},
      {"softshrink(Tensor self, Scalar lambd=0.5) -> Tensor", kFlags, kSoftshrinkDoc},
      {"shrink_backward(Tensor grad, Tensor self, Scalar lambd) -> Tensor", kGradient, kShrinkBackwardDoc},
      {"hardsigmoid(Tensor self) -> Tensor", kInPlace, kHardsigmoidDoc},
      {"hardsigmoid_backward(Tensor grad, Tensor self) -> Tensor", kGradient, kHardsigmoidBackwardDoc},
      {"hardswish(Tensor self) -> Tensor", kInPlace, kHardswishDoc},
      {"hardswish_backward(Tensor grad, Tensor self) -> Tensor", kGradient, kHardswishBackwardDoc},
      {"hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor", kInPlace, kHardtanhDoc},
      {"hardtanh_backward(Tensor grad, Tensor self, Scalar min_val, Scalar max_val) -> Tensor", kGradient,
       kHardtanhBackwardDoc},
      {"relu6(Tensor self) -> Tensor", kComposite, kRelu6Doc},
      {"log_sigmoid(Tensor self) -> Tensor", kFlags, kLogSigmoidDoc},
      {"log_sigmoid_backward(Tensor grad, Tensor self) -> Tensor", kGradient, kLogSigmoidBackwardDoc},
      {"mish(Tensor self) -> Tensor", kInPlace, kMishDoc},
      {"mish_backward(Tensor grad, Tensor self) -> Tensor", kGradient, kMishBackwardDoc},
      {"softsign(Tensor self) -> Tensor", VT_OP_FUNCTION, kSoftsignDoc},
      {"softsign_backward(Tensor grad, Tensor self) -> Tensor", kGradient, kSoftsignBackwardDoc},
      {"tanhshrink(Tensor self) -> Tensor", VT_OP_FUNCTION, kTanhshrinkDoc},
      {"tanhshrink_backward(Tensor grad, Tensor self) -> Tensor", kGradient, kTanhshrinkBackwardDoc},
      {"threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor", kInPlace, kThresholdDoc},
      {"threshold_backward(Tensor grad, Tensor self, Scalar threshold) -> Tensor", kGradient, kThresholdBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"elu", boxed<elu>},
      {"elu_backward", boxed<elu_backward>},
      {"hardshrink", boxed<hardshrink>},
      {"softshrink", boxed<softshrink>},
      {"shrink_backward", boxed<shrink_backward>},
      {"hardsigmoid", boxed<activation<pointwise::Hardsigmoid>>},
      {"hardsigmoid_backward", boxed<backward<pointwise::HardsigmoidBackward>>},
      {"hardswish", boxed<activation<pointwise::Hardswish>>},
      {"hardswish_backward", boxed<backward<pointwise::HardswishBackward>>},
      {"hardtanh", boxed<hardtanh>},
      {"hardtanh_backward", boxed<hardtanh_backward>},
      {"log_sigmoid", boxed<activation<pointwise::LogSigmoid>>},
      {"log_sigmoid_backward", boxed<backward<pointwise::LogSigmoidBackward>>},
      {"mish", boxed<activation<pointwise::Mish>>},
      {"mish_backward", boxed<backward<pointwise::MishBackward>>},
      {"softsign", boxed<softsign>},
      {"softsign_backward", boxed<backward<pointwise::SoftsignBackward>>},
      {"tanhshrink", boxed<tanhshrink>},
      {"tanhshrink_backward", boxed<backward<pointwise::TanhshrinkBackward>>},
      {"threshold", boxed<threshold>},
      {"threshold_backward", boxed<threshold_backward>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"celu", boxed<celu>}, {"selu", boxed<selu>}, {"relu6", boxed<relu6>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
