// SPDX-License-Identifier: Apache-2.0
// The derivatives of digamma, and the gamma function of several dimensions, on the CPU.
#include "ops/calls.hpp"
#include "ops/loops/special.hpp"
#include "ops/loops/special_scalar.hpp"
#include "ops/pointwise.hpp"

namespace vt::core {

namespace {

// polygamma.of(self, n)
void polygamma_of(const VtValue* args, VtValue* result) {
  const int64_t n = polygamma_order(args);
  if (n == 0) return run_pointwise(pointwise_op<pointwise::Digamma>(loops<SpecialLoops>()), args, 1, result);
  const pointwise::Parameters parameters = polygamma_parameters(n);
  run_pointwise(pointwise_op<pointwise::Polygamma>(loops<SpecialScalarLoops>()), args, 1, result, &parameters);
}

void polygamma(const VtValue* args, VtValue* result) {
  static const Op of("polygamma.of");
  result[0] = value_of(of.into(result[0], args[1], args[0]).release());
}

// mvlgamma(self, p)
void mvlgamma(const VtValue* args, VtValue* result) {
  static const Op lgamma("lgamma");
  static const Op add("add");
  static const Op sub("sub");
  constexpr double kLogPi = 1.1447298858494001741;
  const int64_t p = args[1].as.i;
  if (same_dtype(args[0].as.tensor->dl.dtype, kBool))
    fail(VT_ERROR_NOT_IMPLEMENTED, "mvlgamma: not implemented for bool; convert to an integer dtype first");
  if (p < 1) fail(VT_ERROR_RUNTIME, "mvlgamma: p must be at least 1: got " + std::to_string(p));
  // What is written in place must not be what the derivatives read.
  static const Op clone("clone");
  const bool in_place = is_tensor(result[0]) && result[0].as.tensor == args[0].as.tensor;
  const Tensor self = in_place ? clone(args[0]) : Tensor::share(args[0].as.tensor);
  Tensor sum = lgamma(self);
  for (int64_t k = 1; k < p; ++k) sum = add(sum, lgamma(sub(self, value_of(0.5 * static_cast<double>(k)))));
  const auto dims = static_cast<double>(p);
  calls::give("mvlgamma", add(sum, value_of(dims * (dims - 1.0) / 4.0 * kLogPi)), result[0], args[0].as.tensor);
}

constexpr char kPolygammaDoc[] = R"(The derivative of order `n` of `digamma` at each element of `self`.

Parameters
----------
n : int
    0 for `digamma` itself.
self : Tensor
    Any shape; any real dtype but float8. Integers and bool give the default dtype; all but float64 is computed
    in float64 and rounded.

Returns
-------
Tensor
    Infinite at 0 and negative integers.

Raises
------
RuntimeError
    If `n` is negative.)";
constexpr char kMvlgammaDoc[] = R"(The logarithm of the gamma function of `p` dimensions of each element of `self`.

That is ``p * (p - 1) / 4 * log(pi) + sum(lgamma(self - j / 2) for j in range(p))``.

Parameters
----------
self : Tensor
    Any shape; any real dtype but bool and float8. Integers give the default dtype.
p : int
    At least 1.

Raises
------
RuntimeError
    If `p` is less than 1.)";

}  // namespace

void register_polygamma(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod;
  const OpRow ops[] = {
      {"polygamma(int n, Tensor self) -> Tensor", VT_OP_OUT | kFunctionAndMethod | VT_OP_COMPOSITE, kPolygammaDoc},
      {"polygamma.of(Tensor self, int n) -> Tensor", VT_OP_INPLACE | VT_OP_OUT | VT_OP_METHOD, kPolygammaDoc},
      {"mvlgamma(Tensor self, int p) -> Tensor", kFlags | VT_OP_COMPOSITE, kMvlgammaDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"polygamma.of", boxed<polygamma_of>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"mvlgamma", boxed<mvlgamma>}, {"polygamma", boxed<polygamma>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
