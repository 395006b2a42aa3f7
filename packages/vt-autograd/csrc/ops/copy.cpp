// SPDX-License-Identifier: Apache-2.0
// Derivatives of copies and casts.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// The gradient on the device and in the dtype of a forward argument.
Tensor back_to(const Tensor& grad, const VtTensorMeta& meta) {
  static const Op to("to");
  return to(grad, meta.dtype, meta.device);
}

// copy_(self, src, non_blocking): what was in self is gone, so its gradient is zero.
void copy_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(zeros_like(row.grad()));
  if (row.needs(1)) result[1] = owned(back_to(row.grad(), row.meta(1)));
}

// to(self, ...) in each of its forms; they differ in the number of arguments only.
template <int NumArguments>
void to_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, NumArguments);
  result[0] = owned(back_to(row.grad(), row.meta(0)));
}

}  // namespace

void register_copy(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"copy_", boxed<copy_backward>, {reads_nothing(0), reads_sizes(1, 1)}, kElementwise},
      {"clone", boxed<pass_on>, {reads_nothing(0)}, kLinear},
      {"contiguous", boxed<pass_on>, {reads_nothing(0)}, kLinear},
      {"to", boxed<to_backward<6>>, {reads_sizes(0, 0)}, kLinear},
      {"to.device", boxed<to_backward<6>>, {reads_sizes(0, 0)}, kLinear},
      {"to.dtype", boxed<to_backward<5>>, {reads_sizes(0, 0)}, kLinear},
      {"to.other", boxed<to_backward<5>>, {reads_sizes(0, 0)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
