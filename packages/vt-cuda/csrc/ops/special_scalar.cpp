// SPDX-License-Identifier: Apache-2.0
// Bessel and Airy functions and the derivatives of digamma, element by element, on CUDA devices.
#include <vt/cpp/pointwise/special.hpp>
#include <vt/cpp/pointwise/special_scalar.hpp>

#include "pointwise.hpp"

namespace vt::cuda {
namespace {

// They compute for longer than they read: no kernel of dense operands.
const void* no_dense_kernel(size_t, DtypeIndex) noexcept { return nullptr; }

template <class Op>
void function(const VtValue* args, VtValue* result, const pointwise::Parameters& parameters) {
  const PointwiseOp op{kRuleOf<Op>, pointwise::SpecialScalarOps::index_of<Op>(), no_dense_kernel,
                       special_scalar_strided_kernel};
  launch_pointwise(op, args, 1, result, parameters);
}
template <class Op>
void function(const VtValue* args, VtValue* result) {
  function<Op>(args, result, {});
}

// polygamma.of(self, n)
void polygamma(const VtValue* args, VtValue* result) {
  const int64_t n = polygamma_order(args);
  if (n > 0) return function<pointwise::Polygamma>(args, result, polygamma_parameters(n));
  using pointwise::Digamma;
  const PointwiseOp digamma{kRuleOf<Digamma>, pointwise::SpecialOps::index_of<Digamma>(), special_dense_kernel,
                            special_strided_kernel};
  launch_pointwise(digamma, args, 1, result);
}

}  // namespace

void register_special_scalar(VtPlugin* plugin) {
  using namespace pointwise;
  const KernelRow rows[] = {
      {"polygamma.of", kernel<polygamma>},
      {"special_bessel_j0", kernel<function<BesselJ0>>},
      {"special_bessel_j1", kernel<function<BesselJ1>>},
      {"special_bessel_y0", kernel<function<BesselY0>>},
      {"special_bessel_y1", kernel<function<BesselY1>>},
      {"special_modified_bessel_k0", kernel<function<ModifiedBesselK0>>},
      {"special_modified_bessel_k1", kernel<function<ModifiedBesselK1>>},
      {"special_scaled_modified_bessel_k0", kernel<function<ScaledModifiedBesselK0>>},
      {"special_scaled_modified_bessel_k1", kernel<function<ScaledModifiedBesselK1>>},
      {"special_spherical_bessel_j0", kernel<function<SphericalBesselJ0>>},
      {"special_airy_ai", kernel<function<AiryAi>>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
