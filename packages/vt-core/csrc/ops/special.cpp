// SPDX-License-Identifier: Apache-2.0
// Special functions of one tensor, element by element, on the CPU.
#include "ops/loops/special.hpp"
#include "ops/pointwise.hpp"

#include <limits>

namespace vt::core {

namespace {

template <class Op>
void function(const VtValue* args, VtValue* result) {
  run_pointwise(pointwise_op<Op>(loops<SpecialLoops>()), args, 1, result);
}

// logit(self, eps)
void logit(const VtValue* args, VtValue* result) {
  const pointwise::Parameters parameters = logit_parameters(args);
  run_pointwise(pointwise_op<pointwise::Logit>(loops<SpecialLoops>()), args, 1, result, &parameters);
}

constexpr char kErfcDoc[] = R"(The complement ``1 - erf(x)`` of the error function of each element of `self`.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8. Integers and bool give the default dtype, half types are computed in
    float32 and rounded once.

Returns
-------
Tensor
    Within 5 ulp as far as it is not subnormal, and the same bits on every instruction set and on CUDA devices.)";
constexpr char kErfcxDoc[] = "``exp(x ** 2) * erfc(x)`` of each element of `self`, within 8 ulp. Dtypes as for `erfc`.";
constexpr char kErfinvDoc[] =
    "The number whose error function each element of `self` is, within 3 ulp; infinite at -1 and 1, NaN beyond. Dtypes as for "
    "`erfc`.";
constexpr char kLgammaDoc[] = R"(The logarithm of the magnitude of the gamma function of each element of `self`.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8. Integers and bool give the default dtype.

Returns
-------
Tensor
    Infinite at 0 and negative integers. Within 5 ulp from 0 on; below, within as many of the larger of the two terms of the
    reflection ``log(pi / abs(sin(pi * x))) - lgamma(1 - x)``.)";
constexpr char kDigammaDoc[] = R"(The derivative of `lgamma` at each element of `self`.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8. Integers and bool give the default dtype.

Returns
-------
Tensor
    Infinite at zeros, of the opposite sign; NaN at negative integers. Accuracy as for `lgamma`.)";
constexpr char kNdtrDoc[] =
    "The integral of the standard normal distribution up to each element of `self`, within 6 ulp. Dtypes as for `erfc`.";
constexpr char kLogNdtrDoc[] =
    "The logarithm of the integral of the standard normal distribution up to each element of `self`, within 6 ulp. Dtypes as "
    "for `erfc`.";
constexpr char kNdtriDoc[] =
    "The inverse of `special_ndtr`, within 5 ulp: infinite at 0 and 1, NaN beyond. Dtypes as for `erfc`.";
constexpr char kI0Doc[] =
    "The modified Bessel function of the first kind of order 0 of each element of `self`, within 5 ulp. Dtypes as for `erfc`.";
constexpr char kI0eDoc[] = "``i0(x) * exp(-abs(x))`` of each element of `self`, within 4 ulp. Dtypes as for `erfc`.";
constexpr char kI1Doc[] =
    "The modified Bessel function of the first kind of order 1 of each element of `self`, within 6 ulp. Dtypes as for `erfc`.";
constexpr char kI1eDoc[] = "``i1(x) * exp(-abs(x))`` of each element of `self`, within 4 ulp. Dtypes as for `erfc`.";
constexpr char kEntrDoc[] =
    "``-x * log(x)`` of each element of `self`; 0 at 0 and minus infinity below. Dtypes as for `erfc`.";
constexpr char kSincDoc[] = R"(``sin(pi * x) / (pi * x)`` of each element of `self`, 1 at 0.

Parameters
----------
self : Tensor
    Any shape; any dtype but float8. Integers and bool give the default dtype.

Returns
-------
Tensor
    Within 2 ulp where real, so that integers other than 0 give 0; NaN at infinities.)";
constexpr char kLogitDoc[] = R"(``log(x / (1 - x))`` of each element x of `self`.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8. Integers and bool give the default dtype.
eps : float, optional
    Elements are clamped to [eps, 1 - eps] first. By default they are not, and those outside [0, 1] give NaN.

Returns
-------
Tensor
    Within 4 ulp.)";

}  // namespace

void register_special(VtPlugin* plugin) {
  using namespace pointwise;
  constexpr uint32_t kFlags = VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod;
  constexpr uint32_t kSpecial = VT_OP_OUT | VT_OP_FUNCTION;
  const OpRow ops[] = {
      {"erfc(Tensor self) -> Tensor", kFlags, kErfcDoc},
      {"erfinv(Tensor self) -> Tensor", kFlags, kErfinvDoc},
      {"lgamma(Tensor self) -> Tensor", kFlags, kLgammaDoc},
      {"digamma(Tensor self) -> Tensor", kFlags, kDigammaDoc},
      {"i0(Tensor self) -> Tensor", kFlags, kI0Doc},
      {"sinc(Tensor self) -> Tensor", kFlags, kSincDoc},
      {"logit(Tensor self, float? eps=None) -> Tensor", kFlags, kLogitDoc},
      {"special_erfcx(Tensor self) -> Tensor", kSpecial, kErfcxDoc},
      {"special_ndtr(Tensor self) -> Tensor", kSpecial, kNdtrDoc},
      {"special_log_ndtr(Tensor self) -> Tensor", kSpecial, kLogNdtrDoc},
      {"special_ndtri(Tensor self) -> Tensor", kSpecial, kNdtriDoc},
      {"special_i0e(Tensor self) -> Tensor", kSpecial, kI0eDoc},
      {"special_i1(Tensor self) -> Tensor", kSpecial, kI1Doc},
      {"special_i1e(Tensor self) -> Tensor", kSpecial, kI1eDoc},
      {"special_entr(Tensor self) -> Tensor", kSpecial, kEntrDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"erfc", boxed<function<Erfc>>},
      {"erfinv", boxed<function<Erfinv>>},
      {"lgamma", boxed<function<Lgamma>>},
      {"digamma", boxed<function<Digamma>>},
      {"i0", boxed<function<I0>>},
      {"sinc", boxed<function<Sinc>>},
      {"logit", boxed<logit>},
      {"special_erfcx", boxed<function<Erfcx>>},
      {"special_ndtr", boxed<function<Ndtr>>},
      {"special_log_ndtr", boxed<function<LogNdtr>>},
      {"special_ndtri", boxed<function<Ndtri>>},
      {"special_i0e", boxed<function<I0e>>},
      {"special_i1", boxed<function<I1>>},
      {"special_i1e", boxed<function<I1e>>},
      {"special_entr", boxed<function<Entr>>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
