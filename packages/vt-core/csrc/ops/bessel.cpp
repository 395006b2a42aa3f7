// SPDX-License-Identifier: Apache-2.0
// Bessel and Airy functions that oscillate or decay, element by element, on the CPU.
#include "ops/loops/special_scalar.hpp"
#include "ops/pointwise.hpp"

namespace vt::core {

namespace {

template <class Op>
void function(const VtValue* args, VtValue* result) {
  run_pointwise(pointwise_op<Op>(loops<SpecialScalarLoops>()), args, 1, result);
}

constexpr char kJ0Doc[] = R"(The Bessel function of the first kind of order 0 of each element of `self`.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8. Integers and bool give the default dtype; all but float64 is computed
    in float64 and rounded.

Returns
-------
Tensor
    0 at infinities. In float64 errors are below 8e-16; far out they fall with the amplitude. Never requires grad.)";
constexpr char kJ1Doc[] = "The Bessel function of the first kind of order 1. All else as for `special_bessel_j0`.";
constexpr char kY0Doc[] =
    "The Bessel function of the second kind of order 0: minus infinity at 0, NaN below. All else as for `special_bessel_j0`.";
constexpr char kY1Doc[] =
    "The Bessel function of the second kind of order 1: minus infinity at 0, NaN below. All else as for `special_bessel_j0`.";
constexpr char kK0Doc[] = R"(The modified Bessel function of the second kind of order 0 of each element of `self`.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8. Integers and bool give the default dtype; all but float64 is computed
    in float64 and rounded.

Returns
-------
Tensor
    Infinite at 0, NaN below. Within 6 ulp. Never requires grad.)";
constexpr char kK1Doc[] =
    "The modified Bessel function of the second kind of order 1. All else as for `special_modified_bessel_k0`.";
constexpr char kScaledK0Doc[] =
    "``special_modified_bessel_k0(x) * exp(x)``. All else as for `special_modified_bessel_k0`.";
constexpr char kScaledK1Doc[] =
    "``special_modified_bessel_k1(x) * exp(x)``. All else as for `special_modified_bessel_k0`.";
constexpr char kSphericalDoc[] =
    "``sin(x) / x`` of each element of `self`, 1 at 0 and 0 at infinities. Dtypes as for `special_bessel_j0`.";
constexpr char kAiryDoc[] = R"(Airy's function Ai of each element of `self`.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8. Dtypes as for `special_bessel_j0`.

Returns
-------
Tensor
    Within 4 ulp above 1, below within as many of its amplitude. Never requires grad.)";

}  // namespace

void register_bessel(VtPlugin* plugin) {
  using namespace pointwise;
  constexpr uint32_t kFlags = VT_OP_OUT | VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE;
  const OpRow ops[] = {
      {"special_bessel_j0(Tensor self) -> Tensor", kFlags, kJ0Doc},
      {"special_bessel_j1(Tensor self) -> Tensor", kFlags, kJ1Doc},
      {"special_bessel_y0(Tensor self) -> Tensor", kFlags, kY0Doc},
      {"special_bessel_y1(Tensor self) -> Tensor", kFlags, kY1Doc},
      {"special_modified_bessel_k0(Tensor self) -> Tensor", kFlags, kK0Doc},
      {"special_modified_bessel_k1(Tensor self) -> Tensor", kFlags, kK1Doc},
      {"special_scaled_modified_bessel_k0(Tensor x) -> Tensor", kFlags, kScaledK0Doc},
      {"special_scaled_modified_bessel_k1(Tensor x) -> Tensor", kFlags, kScaledK1Doc},
      {"special_spherical_bessel_j0(Tensor x) -> Tensor", kFlags, kSphericalDoc},
      {"special_airy_ai(Tensor x) -> Tensor", kFlags, kAiryDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"special_bessel_j0", boxed<function<BesselJ0>>},
      {"special_bessel_j1", boxed<function<BesselJ1>>},
      {"special_bessel_y0", boxed<function<BesselY0>>},
      {"special_bessel_y1", boxed<function<BesselY1>>},
      {"special_modified_bessel_k0", boxed<function<ModifiedBesselK0>>},
      {"special_modified_bessel_k1", boxed<function<ModifiedBesselK1>>},
      {"special_scaled_modified_bessel_k0", boxed<function<ScaledModifiedBesselK0>>},
      {"special_scaled_modified_bessel_k1", boxed<function<ScaledModifiedBesselK1>>},
      {"special_spherical_bessel_j0", boxed<function<SphericalBesselJ0>>},
      {"special_airy_ai", boxed<function<AiryAi>>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
