// SPDX-License-Identifier: Apache-2.0
// Derivatives of resampling: it and its gradient are each other's transpose.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// native_resample(self, output_size, mode, align_corners, scales, antialias)
void resample_backward(const VtValue* args, VtValue* result) {
  static const Op op("native_resample_backward");
  const RowArguments row(args, 6);
  result[0] = owned(op(row.grad(), row.sizes(0).subspan(2), row.arg(2), row.arg(3), row.arg(4), row.arg(5)));
}

// native_resample_backward(grad, input_size, mode, align_corners, scales, antialias)
void resample_backward_backward(const VtValue* args, VtValue* result) {
  static const Op op("native_resample");
  const RowArguments row(args, 6);
  result[0] = owned(op(row.grad(), row.sizes(0).subspan(2), row.arg(2), row.arg(3), row.arg(4), row.arg(5)));
}

}  // namespace

void register_resample(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"native_resample", boxed<resample_backward>, {reads_sizes(0, 0)}, kLinear},
      {"native_resample_backward", boxed<resample_backward_backward>, {reads_sizes(0, 0)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
