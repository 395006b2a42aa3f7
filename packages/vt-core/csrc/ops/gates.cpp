// SPDX-License-Identifier: Apache-2.0
// Activations that pass each element through a gate or a slope of its own: prelu, rrelu and glu.
#include <vt/cpp/nonlinear_rules.hpp>
#include <vt/cpp/op.hpp>

#include <cmath>

#include "ops/loops/nonlinear.hpp"
#include "ops/pointwise.hpp"

namespace vt::core {

namespace {

void prelu(const VtValue* args, VtValue* result) {
  static const Op reshape("reshape");
  static const Op elementwise("elementwise_prelu");
  const VtTensor* self = args[0].as.tensor;
  const VtTensor* weight = args[1].as.tensor;
  if (!same_dtype(self->dl.dtype, weight->dl.dtype))
    fail(VT_ERROR_RUNTIME, "prelu: dtypes must agree: got " + std::string(dtype_name(self->dl.dtype)) + " and " +
                               std::string(dtype_name(weight->dl.dtype)) + "; convert one of them");
  if (weight->dl.ndim > 1)
    fail(VT_ERROR_RUNTIME,
         "prelu: weight must have at most one dimension: got sizes " + format_sizes(sizes_of(weight)));
  if (weight->numel == 1) {
    const Tensor one = reshape(args[1], std::span<const int64_t>());
    result[0] = value_of(elementwise(args[0], one).release());
    return;
  }
  const int64_t channels = self->dl.ndim > 1 ? self->dl.shape[1] : 1;
  if (weight->numel != channels)
    fail(VT_ERROR_RUNTIME, "prelu: got " + std::to_string(weight->numel) +
                               " weights, expected one or one for each of " + std::to_string(channels) + " channels");
  Sizes sizes;
  sizes.assign(sizes_of(self));
  for (size_t d = 0; d < sizes.size(); ++d)
    if (d != 1) sizes[d] = 1;
  const Tensor per_channel = reshape(args[1], std::span<const int64_t>(sizes.data(), sizes.size()));
  result[0] = value_of(elementwise(args[0], per_channel).release());
}

void elementwise_prelu(const VtValue* args, VtValue* result) {
  run_pointwise(pointwise_op<pointwise::Prelu>(loops<NonlinearLoops>()), args, 2, result);
}

// The slopes of a training call are drawn once per element.
void rrelu(const VtValue* args, VtValue* result) {
  static const Op leaky_relu("leaky_relu");
  static const Op elementwise("elementwise_prelu");
  static const Op empty_like("empty_like");
  static const Op uniform("uniform_");
  const double lower = real_number("rrelu", "lower", args[1]);
  const double upper = real_number("rrelu", "upper", args[2]);
  if (!(lower <= upper))
    fail(VT_ERROR_RUNTIME,
         "rrelu: lower must not be above upper: got " + std::to_string(lower) + " and " + std::to_string(upper));
  if (args[3].as.i == 0) {
    result[0] = value_of(leaky_relu.into(result[0], args[0], (lower + upper) / 2).release());
    return;
  }
  if (!std::isfinite(lower) || !std::isfinite(upper)) fail(VT_ERROR_RUNTIME, "rrelu: lower and upper must be finite");
  check_taken<pointwise::Prelu>("rrelu", args[0]);
  const Tensor slopes = empty_like(args[0]);
  uniform.into(slopes, slopes, lower, upper, args[4]);
  result[0] = value_of(elementwise.into(result[0], args[0], slopes).release());
}

void glu(const VtValue* args, VtValue* result) {
  const Halves halves("glu", args[0], args[1]);
  const VtValue operands[2] = {value_of(halves.first.get()), value_of(halves.second.get())};
  run_pointwise(pointwise_op<pointwise::Glu>(loops<NonlinearLoops>()), operands, 2, result);
}

// (grad s, grad a s (1 - s)) for the halves a and b and s = sigmoid(b), in the halves of the result.
Tensor gated_gradient(const Tensor& grad, const Tensor& self, const VtValue& dim) {
  static const Op empty_like("empty_like");
  static const Op sigmoid("sigmoid");
  static const Op sigmoid_backward("sigmoid_backward");
  static const Op mul("mul");
  const Halves halves("glu_backward", value_of(self.get()), dim);
  if (!same_sizes(grad.sizes(), halves.first.sizes()))
    fail(VT_ERROR_RUNTIME, "glu_backward: the gradient must have the sizes of a half: got " +
                               format_sizes(grad.sizes()) + ", expected " + format_sizes(halves.first.sizes()));
  Tensor out = empty_like(self);
  const Halves grads("glu_backward", value_of(out.get()), dim);
  sigmoid.into(grads.second, halves.second);
  mul.into(grads.first, grad, grads.second);
  sigmoid_backward.into(grads.second, grad, grads.second);
  mul.into(grads.second, grads.second, halves.first);
  return out;
}

// Half types go through float32, so that what passes from step to step is rounded once.
void glu_backward(const VtValue* args, VtValue* result) {
  static const Op to("to.dtype");
  check_taken<pointwise::Glu>("glu_backward", args[0]);
  check_taken<pointwise::Glu>("glu_backward", args[1]);
  const DLDataType dtype = args[1].as.tensor->dl.dtype;
  Tensor out;
  if (is_small_float(dtype)) {
    out = to(gated_gradient(to(args[0], kFloat32), to(args[1], kFloat32), args[2]), dtype);
  } else {
    out = gated_gradient(Tensor::share(args[0].as.tensor), Tensor::share(args[1].as.tensor), args[2]);
  }
  result[0] = value_of(out.release());
}

constexpr char kPreluDoc[] =
    R"(x for each element x of `self` above 0, else x times a weight that is learned: one for all, or one per channel.

Parameters
----------
self : Tensor
    Any shape; floating dtypes but float8. Channels lie along dimension 1.
weight : Tensor
    Of the same dtype, with at most one dimension and one element, or one per channel.

Raises
------
RuntimeError
    If the dtypes differ, or the weight has another shape.

Notes
-----
Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015.)";
constexpr char kElementwisePreluDoc[] =
    "x for each element x of `self` above 0, else x times the element of `weight` that broadcasting gives it.";
constexpr char kRreluDoc[] =
    R"(x for each element x of `self` above 0, else x times a slope between `lower` and `upper`.

Parameters
----------
self : Tensor
    Any shape; floating dtypes but float8.
lower, upper : Scalar
training : bool
    Draws a slope for each element, uniformly; else all have the mean of the bounds.
generator : Generator, optional
    Default: that of the device.

Raises
------
RuntimeError
    If `lower` is above `upper`, or, in training, one of them is not finite.

Notes
-----
Source: Xu, Wang, Chen and Li, "Empirical evaluation of rectified activations in convolutional network", 2015.)";
constexpr char kGluDoc[] =
    R"(``a * sigmoid(b)`` for the halves a and b of `self` along `dim`.

Parameters
----------
self : Tensor
    Of an even size along `dim`; floating dtypes but float8.
dim : int

Raises
------
RuntimeError
    If `self` has no dimensions, or an odd size along `dim`.

Notes
-----
Source: Dauphin, Fan, Auli and Grangier, "Language modeling with gated convolutional networks", 2017.)";
constexpr char kGluBackwardDoc[] =
    "The gradient of glu by its input: grad * s and grad * a * s * (1 - s) along `dim`, with s = sigmoid(b).";

}  // namespace

void register_gates(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"prelu(Tensor self, Tensor weight) -> Tensor", kFlags | VT_OP_METHOD, kPreluDoc},
      {"elementwise_prelu(Tensor self, Tensor weight) -> Tensor", VT_OP_FUNCTION, kElementwisePreluDoc},
      {"rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, "
       "Generator? generator=None) -> Tensor",
       kFlags | VT_OP_INPLACE, kRreluDoc},
      {"glu(Tensor self, int dim=-1) -> Tensor", VT_OP_FUNCTION | VT_OP_OUT, kGluDoc},
      {"glu_backward(Tensor grad, Tensor self, int dim) -> Tensor", VT_OP_FUNCTION, kGluBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"elementwise_prelu", boxed<elementwise_prelu>}, {"glu", boxed<glu>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {
      {"prelu", boxed<prelu>}, {"rrelu", boxed<rrelu>}, {"glu", boxed<glu>}, {"glu_backward", boxed<glu_backward>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
