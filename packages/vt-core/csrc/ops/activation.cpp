// SPDX-License-Identifier: Apache-2.0
// Activations and their gradients on the CPU.
#include <vt/cpp/complex_forms.hpp>
#include <vt/cpp/dense.hpp>

#include "ops/loops/activation.hpp"
#include "ops/pointwise.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

template <class Op>
void run(const VtValue* args, int32_t num_inputs, VtValue* result, const pointwise::Parameters* parameters = nullptr) {
  run_pointwise(pointwise_op<Op>(loops<ActivationLoops>()), args, num_inputs, result, parameters);
}

template <class Op>
void activation(const VtValue* args, VtValue* result) {
  run<Op>(args, 1, result);
}
template <class Op>
void backward(const VtValue* args, VtValue* result) {
  run<Op>(args, 2, result);
}

// Note [Dense forms] in vt/cpp/dense.hpp.
template <class Op>
int32_t backward_over(VtTensor* out, const VtTensor* const* inputs) noexcept {
  const PointwiseOp op = pointwise_op<Op>(loops<ActivationLoops>());
  const auto index = static_cast<size_t>(dtype_index(out->dl.dtype));
  if (!(op.direct_dtypes >> index & 1) || out->numel > kGrain) return -1;
  op.loops[index](static_cast<char*>(out->dl.data), static_cast<const char*>(inputs[0]->dl.data),
                  static_cast<const char*>(inputs[1]->dl.data), out->numel, nullptr);
  return 0;
}

void silu(const VtValue* args, VtValue* result) {
  complex_forms::is_complex(args[0]) ? complex_forms::silu(args, result) : run<pointwise::Silu>(args, 1, result);
}

void gelu(const VtValue* args, VtValue* result) {
  by_tanh("gelu", args[1]) ? run<pointwise::GeluTanh>(args, 1, result) : run<pointwise::Gelu>(args, 1, result);
}
void gelu_backward(const VtValue* args, VtValue* result) {
  by_tanh("gelu_backward", args[2]) ? run<pointwise::GeluTanhBackward>(args, 2, result)
                                    : run<pointwise::GeluBackward>(args, 2, result);
}

void softplus(const VtValue* args, VtValue* result) {
  const pointwise::Parameters parameters{real_number("softplus", "beta", args[1]),
                                         real_number("softplus", "threshold", args[2])};
  run<pointwise::Softplus>(args, 1, result, &parameters);
}
void softplus_backward(const VtValue* args, VtValue* result) {
  const pointwise::Parameters parameters{real_number("softplus_backward", "beta", args[2]),
                                         real_number("softplus_backward", "threshold", args[3])};
  run<pointwise::SoftplusBackward>(args, 2, result, &parameters);
}

void leaky_relu(const VtValue* args, VtValue* result) {
  const pointwise::Parameters parameters{real_number("leaky_relu", "negative_slope", args[1]), 0};
  run<pointwise::LeakyRelu>(args, 1, result, &parameters);
}
void leaky_relu_backward(const VtValue* args, VtValue* result) {
  const pointwise::Parameters parameters{real_number("leaky_relu_backward", "negative_slope", args[2]), 0};
  run<pointwise::LeakyReluBackward>(args, 2, result, &parameters);
}

constexpr char kReluDoc[] =
    "max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8.";
constexpr char kReluBackwardDoc[] =
    "The gradient of relu by its output: `grad` where `output` is not 0 or less, else 0.";
constexpr char kSigmoidDoc[] = R"(1 / (1 + e^-x) for each element x of `self`.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8. Integers and bool give the default dtype.

Returns
-------
Tensor
    Within 2.5 ulp, and the same bits on every instruction set and on CUDA devices.)";
constexpr char kSigmoidBackwardDoc[] = "The gradient of sigmoid by its output: grad * output * (1 - output).";
constexpr char kSiluDoc[] =
    R"(x sigmoid(x) for each element x of `self`, also known as swish. Floating dtypes but float8.

Source: Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function approximation in reinforcement
learning", Neural Networks 107, 2018.)";
constexpr char kSiluBackwardDoc[] =
    "The gradient of silu by its input: grad * s * (1 + x * (1 - s)) with s = sigmoid(x).";
constexpr char kGeluDoc[] =
    R"(x Phi(x) for each element x of `self`, Phi the integral of the standard normal distribution.

Parameters
----------
self : Tensor
    Any shape; floating dtypes but float8. Half types are computed in float32 and rounded once.
approximate : str
    ``'none'`` computes Phi by the error function, ``'tanh'`` gives 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).

Raises
------
RuntimeError
    If `approximate` is anything else.

Notes
-----
Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.)";
constexpr char kGeluBackwardDoc[] = "The gradient of gelu by its input, in one pass.";
constexpr char kSoftplusDoc[] =
    R"(log(1 + e^(beta x)) / beta for each element x of `self`; x itself where beta x exceeds `threshold`.

Parameters
----------
self : Tensor
    Any shape; floating dtypes but float8.
beta : Scalar
threshold : Scalar)";
constexpr char kSoftplusBackwardDoc[] =
    "The gradient of softplus by its input: grad * sigmoid(beta x), or `grad` where beta x exceeds `threshold`.";
constexpr char kLeakyReluDoc[] =
    R"(x for each element x of `self` above 0, else x times `negative_slope`. Floating dtypes but float8.)";
constexpr char kLeakyReluBackwardDoc[] =
    "The gradient of leaky_relu by its input: `grad`, times `negative_slope` where the input is 0 or less.";

}  // namespace

void register_activation(VtPlugin* plugin) {
  constexpr uint32_t kFunction = VT_OP_OUT | VT_OP_FUNCTION;
  constexpr uint32_t kInPlace = VT_OP_INPLACE | kFunctionAndMethod;
  const OpRow ops[] = {
      {"relu(Tensor self) -> Tensor", kInPlace, kReluDoc},
      {"relu_backward(Tensor grad, Tensor output) -> Tensor", VT_OP_FUNCTION, kReluBackwardDoc},
      {"sigmoid(Tensor self) -> Tensor", kInPlace | VT_OP_OUT, kSigmoidDoc},
      {"sigmoid_backward(Tensor grad, Tensor output) -> Tensor", VT_OP_FUNCTION, kSigmoidBackwardDoc},
      {"silu(Tensor self) -> Tensor", kFunction | VT_OP_INPLACE, kSiluDoc},
      {"silu_backward(Tensor grad, Tensor self) -> Tensor", VT_OP_FUNCTION, kSiluBackwardDoc},
      {"gelu(Tensor self, *, str approximate='none') -> Tensor", kFunction | VT_OP_INPLACE, kGeluDoc},
      {"gelu_backward(Tensor grad, Tensor self, *, str approximate='none') -> Tensor", VT_OP_FUNCTION,
       kGeluBackwardDoc},
      {"softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor", kFunction, kSoftplusDoc},
      {"softplus_backward(Tensor grad, Tensor self, Scalar beta, Scalar threshold) -> Tensor", VT_OP_FUNCTION,
       kSoftplusBackwardDoc},
      {"leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor", kFunction | VT_OP_INPLACE, kLeakyReluDoc},
      {"leaky_relu_backward(Tensor grad, Tensor self, Scalar negative_slope) -> Tensor", VT_OP_FUNCTION,
       kLeakyReluBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"relu", boxed<activation<pointwise::Relu>>},
      {"sigmoid", boxed<activation<pointwise::Sigmoid>>},
      {"sigmoid_backward", boxed<backward<pointwise::SigmoidBackward>>},
      {"silu", boxed<silu>},
      {"silu_backward", boxed<backward<pointwise::SiluBackward>>},
      {"gelu", boxed<gelu>},
      {"gelu_backward", boxed<gelu_backward>},
      {"softplus", boxed<softplus>},
      {"softplus_backward", boxed<softplus_backward>},
      {"leaky_relu", boxed<leaky_relu>},
      {"leaky_relu_backward", boxed<leaky_relu_backward>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::DenseKernelRow dense_kernels[] = {
      {"relu_backward", boxed<backward<pointwise::ReluBackward>>, backward_over<pointwise::ReluBackward>}};
  register_dense_kernels(plugin, kDLCPU, dense_kernels);
  const vt::KernelRow on_meta[] = {{"relu_backward", boxed<backward<pointwise::ReluBackward>>}};
  register_kernels(plugin, VT_DEVICE_TYPE_META, on_meta);
}

}  // namespace vt::core
