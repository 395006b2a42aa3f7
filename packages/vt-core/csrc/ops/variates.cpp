// SPDX-License-Identifier: Apache-2.0
// Poisson, binomial and gamma numbers on the CPU, and Dirichlet's of these.
#include "ops/loops/variates.hpp"

#include <vt/cpp/iter/variate_rules.hpp>
#include <vt/cpp/op.hpp>

#include "ops/calls.hpp"
#include "ops/random.hpp"

namespace vt::core {

namespace {

// Elements per part of a parallel loop: each takes many operations.
constexpr int64_t kVariateGrain = 1024;

using LoopsByDtype = VariateLoop[kNumLoopDtypes];

// One number per element of `a`, and of `b` of the same sizes where there are two parameters.
Tensor drawn(const LoopsByDtype& by_dtype, const Tensor& a, const Tensor& b, const VtGeneratorState& state) {
  Tensor out = Tensor::steal(empty(a.sizes(), a.dtype(), a.device()));
  const VariateLoop loop = by_dtype[static_cast<size_t>(dtype_index(a.dtype()))];
  const char* first_parameter = a.data<const char>();
  const char* second_parameter = b ? b.data<const char>() : nullptr;
  char* to = out.data<char>();
  parallel_for(0, a.numel(), kVariateGrain, [&](int64_t begin, int64_t end) {
    loop(state.seed, state.offset, first_parameter, second_parameter, to, begin, end - begin);
  });
  return out;
}

Tensor row_major(const Tensor& t) {
  static const Op contiguous("contiguous");
  return contiguous(t);
}

// A distribution of one parameter, a tensor.
VtValue of_one(const char* op, const LoopsByDtype& by_dtype, const VtValue* args) {
  VtTensor* self = args[0].as.tensor;
  check_random_dtype(op, self->dl.dtype, false);
  if (is_meta(self->dl.device)) return value_of(empty(sizes_of(self), self->dl.dtype, self->dl.device));
  const Tensor a = row_major(Tensor::share(self));
  return value_of(drawn(by_dtype, a, Tensor(), reserve_random(args[1], self->dl.device, a.numel(), 4)).release());
}

// poisson(self, generator)
void poisson(const VtValue* args, VtValue* result) {
  const VtTensor* self = args[0].as.tensor;
  check_random_dtype("poisson", self->dl.dtype, false);
  if (!is_meta(self->dl.device) && self->numel > 0) {
    static const Op lt("lt");
    static const Op any("any");
    const Tensor rate = Tensor::share(args[0].as.tensor);
    const Tensor refused = any(lt(rate, value_of(0.0)));
    if (*refused.data<const uint8_t>() != 0)
      fail(VT_ERROR_RUNTIME, "poisson: the rates must not be negative: got one that is; clamp them first");
  }
  result[0] = of_one("poisson", loops<VariateLoops>().poisson, args);
}

// _standard_gamma(self, generator)
void standard_gamma(const VtValue* args, VtValue* result) {
  result[0] = of_one("_standard_gamma", loops<VariateLoops>().standard_gamma, args);
}

// _standard_gamma_grad(self, output)
void standard_gamma_grad(const VtValue* args, VtValue* result) {
  check_gamma_grad(args);
  const VtTensor* self = args[0].as.tensor;
  if (is_meta(self->dl.device)) {
    result[0] = value_of(empty(sizes_of(self), self->dl.dtype, self->dl.device));
    return;
  }
  const Tensor shape = row_major(calls::shared(args[0]));
  result[0] = value_of(
      drawn(loops<VariateLoops>().standard_gamma_grad, shape, row_major(calls::shared(args[1])), {}).release());
}

// binomial(count, prob, generator)
void binomial(const VtValue* args, VtValue* result) {
  Sizes sizes;
  check_binomial(args, sizes);
  VtTensor* count = args[0].as.tensor;
  if (is_meta(count->dl.device)) {
    result[0] = value_of(empty(sizes, count->dl.dtype, count->dl.device));
    return;
  }
  const calls::Ints shape(sizes.begin(), sizes.end());
  const Tensor n = row_major(calls::expand(Tensor::share(count), shape));
  const Tensor p = row_major(calls::expand(calls::shared(args[1]), shape));
  const VtGeneratorState state = reserve_random(args[2], count->dl.device, n.numel(), 4);
  result[0] = value_of(drawn(loops<VariateLoops>().binomial, n, p, state).release());
}

// _sample_dirichlet(self, generator)
void sample_dirichlet(const VtValue* args, VtValue* result) {
  static const Op gamma("_standard_gamma");
  static const Op div("div");
  if (args[0].as.tensor->dl.ndim == 0)
    fail(VT_ERROR_RUNTIME, "_sample_dirichlet: a 0-dim tensor has no last dimension");
  const Tensor parts = gamma(args[0], args[1]);
  calls::give("_sample_dirichlet", div(parts, calls::sum(parts, {-1}, true)), result[0]);
}

constexpr char kPoissonDoc[] = R"(Numbers of Poisson's distribution, whose rates are the elements of `self`.

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64; not negative.
generator : Generator, optional
    The default one of the device of `self` when absent.

Returns
-------
Tensor
    Row-major, of the sizes and dtype of `self`. The same for any number of threads.

Raises
------
RuntimeError
    If an element is negative. On CUDA, where elements are not looked at by the host, NaN results there instead.
NotImplementedError
    For other dtypes.)";
constexpr char kBinomialDoc[] = R"(How many of `count` independent events of chance `prob` happen, element by element.

Parameters
----------
count : Tensor
    float16, bfloat16, float32 or float64; what is not whole is rounded down.
prob : Tensor
    Of the same dtype, broadcastable with `count`. Below 0 and above 1 it counts as that.
generator : Generator, optional
    The default one of the device of `count` when absent.

Returns
-------
Tensor
    Row-major, of the broadcast sizes and the dtype. The same for any number of threads.

Raises
------
RuntimeError
    If the dtypes differ.
NotImplementedError
    For other dtypes.)";
constexpr char kGammaDoc[] = R"(Numbers of the gamma distribution of scale 1, whose shapes are the elements of `self`.

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64; NaN results below 0.
generator : Generator, optional
    The default one of the device of `self` when absent.

Returns
-------
Tensor
    Row-major, of the sizes and dtype of `self`, above zero. The same for any number of threads. The gradient is that of a number
    which keeps its place in the distribution while the shape changes.)";
constexpr char kGammaGradDoc[] =
    "The derivative of a number `output` that `_standard_gamma` drew by its shape, the element of `self`.";
constexpr char kDirichletDoc[] =
    "Points of Dirichlet's distribution: `_standard_gamma` of `self`, divided by their sums along the last dimension.";

}  // namespace

void register_variates(VtPlugin* plugin) {
  constexpr uint32_t kFunction = VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE;
  const OpRow ops[] = {
      {"poisson(Tensor self, Generator? generator=None) -> Tensor", kFunction, kPoissonDoc},
      {"binomial(Tensor count, Tensor prob, Generator? generator=None) -> Tensor", kFunction, kBinomialDoc},
      {"_standard_gamma(Tensor self, Generator? generator=None) -> Tensor", VT_OP_FUNCTION, kGammaDoc},
      {"_standard_gamma_grad(Tensor self, Tensor output) -> Tensor", VT_OP_FUNCTION, kGammaGradDoc},
      {"_sample_dirichlet(Tensor self, Generator? generator=None) -> Tensor", VT_OP_FUNCTION | VT_OP_COMPOSITE,
       kDirichletDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"poisson", boxed<poisson>},
      {"binomial", boxed<binomial>},
      {"_standard_gamma", boxed<standard_gamma>},
      {"_standard_gamma_grad", boxed<standard_gamma_grad>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"_sample_dirichlet", boxed<sample_dirichlet>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
