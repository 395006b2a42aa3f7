// SPDX-License-Identifier: Apache-2.0
// Special functions of one tensor, element by element, on CUDA devices.
#include <vt/cpp/pointwise/special.hpp>

#include "pointwise.hpp"

namespace vt::cuda {
namespace {

template <class Op>
void run(const VtValue* args, VtValue* result, const pointwise::Parameters& parameters) {
  const PointwiseOp op{kRuleOf<Op>, pointwise::SpecialOps::index_of<Op>(), special_dense_kernel,
                       special_strided_kernel};
  launch_pointwise(op, args, 1, result, parameters);
}

template <class Op>
void function(const VtValue* args, VtValue* result) {
  run<Op>(args, result, {});
}
void logit(const VtValue* args, VtValue* result) { run<pointwise::Logit>(args, result, logit_parameters(args)); }

}  // namespace

void register_special(VtPlugin* plugin) {
  using namespace pointwise;
  const KernelRow rows[] = {
      {"erfc", kernel<function<Erfc>>},
      {"erfinv", kernel<function<Erfinv>>},
      {"lgamma", kernel<function<Lgamma>>},
      {"digamma", kernel<function<Digamma>>},
      {"i0", kernel<function<I0>>},
      {"sinc", kernel<function<Sinc>>},
      {"logit", kernel<logit>},
      {"special_erfcx", kernel<function<Erfcx>>},
      {"special_ndtr", kernel<function<Ndtr>>},
      {"special_log_ndtr", kernel<function<LogNdtr>>},
      {"special_ndtri", kernel<function<Ndtri>>},
      {"special_i0e", kernel<function<I0e>>},
      {"special_i1", kernel<function<I1>>},
      {"special_i1e", kernel<function<I1e>>},
      {"special_entr", kernel<function<Entr>>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
