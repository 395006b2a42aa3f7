// SPDX-License-Identifier: Apache-2.0
// Derivatives of the ternary ops.
#include "ops/factors.hpp"

namespace vt::autograd {

namespace {

// grad where `mask` holds, zero elsewhere; and the opposite.
Tensor kept(const Tensor& grad, const VtValue& mask) {
  static const Op where("where");
  return where(mask, grad, int64_t{0});
}
Tensor dropped(const Tensor& grad, const VtValue& mask) {
  static const Op where("where");
  return where(mask, int64_t{0}, grad);
}
Tensor kept(const Tensor& grad, const Tensor& mask) { return kept(grad, value_of(mask.get())); }

// where(condition, self, other)
void where_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(kept(row.grad(), row.arg(0)));
  if (row.needs(1)) result[1] = owned(dropped(row.grad(), row.arg(0)));
}

// masked_fill(self, mask, value)
void masked_fill_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  if (row.needs(0)) result[0] = owned(dropped(row.grad(), row.arg(1)));
  if (row.needs(1)) result[1] = owned(kept(row.grad(), row.arg(1)));
}

Tensor both(const Tensor& a, const Tensor& b) {
  static const Op logical_and("logical_and");
  return logical_and(a, b);
}

// clamp(self, min, max) and clamp.tensors(self, min, max). Bounds themselves let the gradient pass.
void clamp_backward(const VtValue* args, VtValue* result) {
  static const Op ge("ge");
  static const Op gt("gt");
  static const Op le("le");
  static const Op lt("lt");
  static const Op logical_or("logical_or");
  const RowArguments row(args, 3);
  const VtValue& self = row.arg(0);
  const VtValue& low = row.arg(1);
  const VtValue& high = row.arg(2);
  const Tensor grad = row.grad();
  if (row.needs(0)) {
    if (is_none(low) || is_none(high)) {
      result[0] = owned(kept(grad, is_none(high) ? ge(self, low) : le(self, high)));
    } else {
      result[0] = owned(kept(grad, both(ge(self, low), le(self, high))));
    }
  }
  // The upper bound wins where it is below the lower one.
  if (row.needs(1)) {
    const Tensor below = lt(self, low);
    result[1] = owned(kept(grad, is_none(high) ? below : both(below, lt(low, high))));
  }
  if (row.needs(2)) {
    const Tensor above = gt(self, high);
    result[2] = owned(kept(grad, is_none(low) ? above : Tensor(logical_or(above, lt(high, low)))));
  }
}

// lerp(self, end, weight)
void lerp_backward(const VtValue* args, VtValue* result) {
  static const Op sub("sub");
  const RowArguments row(args, 3);
  const Tensor grad = row.grad();
  if (row.needs(0)) {
    const Tensor weighted = times(grad, row.arg(2));
    result[0] = owned(sub(grad, weighted));
  }
  if (row.needs(1)) result[1] = owned(times(grad, row.arg(2)));
  if (row.needs(2)) result[2] = owned(times(grad, value_of(sub(row.arg(1), row.arg(0)).get())));
}

// addcmul(self, tensor1, tensor2, *, value)
void addcmul_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 4);
  if (row.needs(0)) result[0] = owned(row.grad());
  if (row.needs(1)) result[1] = owned(times(scaled(row.grad(), row.arg(3)), row.arg(2)));
  if (row.needs(2)) result[2] = owned(times(scaled(row.grad(), row.arg(3)), row.arg(1)));
}

// addcdiv(self, tensor1, tensor2, *, value)
void addcdiv_backward(const VtValue* args, VtValue* result) {
  static const Op div("div");
  const RowArguments row(args, 4);
  if (row.needs(0)) result[0] = owned(row.grad());
  if (!row.needs(1) && !row.needs(2)) return;
  const Tensor over = div(scaled(row.grad(), row.arg(3)), Conjugate(row.arg(2)).value());
  if (row.needs(1)) result[1] = owned(over);
  if (row.needs(2)) {
    const Tensor quotient = div(row.arg(1), row.arg(2));
    result[2] = owned(negative(times(over, value_of(quotient.get()))));
  }
}

constexpr VtGradient reads_all(int32_t argument) { return {argument, 0, bit(0) | bit(1) | bit(2), 0, 0}; }

}  // namespace

void register_ternary(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"where", boxed<where_backward>, {reads_argument(1, 0), reads_argument(2, 0)}, kLinear},
      {"masked_fill", boxed<masked_fill_backward>, {reads_argument(0, 1), reads_argument(2, 1)}, kLinear},
      {"clamp", boxed<clamp_backward>, {reads_argument(0, 0)}, kElementwise},
      {"clamp.tensors", boxed<clamp_backward>, {reads_all(0), reads_all(1), reads_all(2)}, kElementwise},
      {"lerp",
       boxed<lerp_backward>,
       {reads_argument(0, 2), reads_argument(1, 2), reads_arguments(2, 0, 1)},
       kElementwise},
      {"addcmul",
       boxed<addcmul_backward>,
       {reads_nothing(0), reads_argument(1, 2), reads_argument(2, 1)},
       kElementwise},
      {"addcdiv",
       boxed<addcdiv_backward>,
       {reads_nothing(0), reads_argument(1, 2), reads_arguments(2, 1, 2)},
       kElementwise},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
