// SPDX-License-Identifier: Apache-2.0
// tan, the hyperbolic functions and the inverses of all, element by element, on the CPU.
#include "ops/loops/trigonometric.hpp"
#include "ops/pointwise.hpp"

namespace vt::core {

namespace {

template <class Op>
void function(const VtValue* args, VtValue* result) {
  run_pointwise(pointwise_op<Op>(loops<TrigonometricLoops>()), args, 1, result);
}

constexpr char kTanDoc[] = R"(The tangent of each element of `self`, in radians.

Parameters
----------
self : Tensor
    Any shape; any dtype but float8. Integers and bool give the default dtype, half types are computed in
    float32 and rounded once, complex64 is computed in complex128.

Returns
-------
Tensor
    Within 2.5 ulp, and the same bits on every instruction set and on CUDA devices. Special values are
    those of C99, Annex G where complex.)";
constexpr char kAsinDoc[] =
    "The arc sine of each element of `self`, in [-pi/2, pi/2]; NaN for a real one beyond [-1, 1]. Within 2.5 ulp. Dtypes as for "
    "`tan`.";
constexpr char kAcosDoc[] =
    "The arc cosine of each element of `self`, in [0, pi]; NaN for a real one beyond [-1, 1]. Within 2 ulp. Dtypes as for "
    "`tan`.";
constexpr char kAtanDoc[] =
    "The arc tangent of each element of `self`, in [-pi/2, pi/2]. Within 2 ulp. Dtypes as for `tan`.";
constexpr char kSinhDoc[] = "The hyperbolic sine of each element of `self`, within 2 ulp. Dtypes as for `tan`.";
constexpr char kCoshDoc[] = "The hyperbolic cosine of each element of `self`, within 2 ulp. Dtypes as for `tan`.";
constexpr char kAsinhDoc[] =
    "The inverse hyperbolic sine of each element of `self`, within 4 ulp. Dtypes as for `tan`.";
constexpr char kAcoshDoc[] =
    "The inverse hyperbolic cosine of each element of `self`; NaN for a real one below 1. Within 4 ulp. Dtypes as for `tan`.";
constexpr char kAtanhDoc[] =
    "The inverse hyperbolic tangent of each element of `self`; NaN for a real one beyond [-1, 1]. Within 4 ulp. Dtypes as for "
    "`tan`.";

}  // namespace

void register_trigonometric(VtPlugin* plugin) {
  using namespace pointwise;
  constexpr uint32_t kFlags = VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod;
  const OpRow ops[] = {
      {"tan(Tensor self) -> Tensor", kFlags, kTanDoc},     {"asin(Tensor self) -> Tensor", kFlags, kAsinDoc},
      {"acos(Tensor self) -> Tensor", kFlags, kAcosDoc},   {"atan(Tensor self) -> Tensor", kFlags, kAtanDoc},
      {"sinh(Tensor self) -> Tensor", kFlags, kSinhDoc},   {"cosh(Tensor self) -> Tensor", kFlags, kCoshDoc},
      {"asinh(Tensor self) -> Tensor", kFlags, kAsinhDoc}, {"acosh(Tensor self) -> Tensor", kFlags, kAcoshDoc},
      {"atanh(Tensor self) -> Tensor", kFlags, kAtanhDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"tan", boxed<function<Tan>>},     {"asin", boxed<function<Asin>>},   {"acos", boxed<function<Acos>>},
      {"atan", boxed<function<Atan>>},   {"sinh", boxed<function<Sinh>>},   {"cosh", boxed<function<Cosh>>},
      {"asinh", boxed<function<Asinh>>}, {"acosh", boxed<function<Acosh>>}, {"atanh", boxed<function<Atanh>>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
