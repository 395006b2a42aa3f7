// SPDX-License-Identifier: Apache-2.0
// Derivatives of the fills: what was in `self` is gone, so its gradient is zero.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

void zero_backward(const VtValue* args, VtValue* result) {
  result[0] = owned(zeros_like(Tensor::share(args[0].as.tensor)));
}

}  // namespace

void register_factory(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"fill_", boxed<zero_backward>, {reads_nothing(0)}, kElementwise},
      {"zero_", boxed<zero_backward>, {reads_nothing(0)}, kElementwise},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
