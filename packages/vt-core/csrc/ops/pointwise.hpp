// SPDX-License-Identifier: Apache-2.0
// Runs the pointwise ops of the unary and activation families on the CPU.
#pragma once

#include <vt/cpp/pointwise_rules.hpp>

#include "ops/loops/pointwise.hpp"
#include "ops/ops.hpp"

namespace vt::core {

// The rule of an op, and its loops by DtypeIndex.
struct PointwiseOp {
  const PointwiseRule& rule;
  uint32_t direct_dtypes;
  const PointwiseLoop* loops;
};

template <class Op>
PointwiseOp pointwise_op(const PointwiseLoop* loops) noexcept {
  constexpr uint32_t kDirect = kRuleOf<Op>.direct_dtypes();
  return {kRuleOf<Op>, kDirect, loops};
}
template <class Op, class List>
PointwiseOp pointwise_op(const PointwiseLoops<List>& table) noexcept {
  return pointwise_op<Op>(table.loop[List::template index_of<Op>()]);
}

// The op on `num_inputs` tensors, 1 or 2, into a new tensor or the destination in result[0].
void run_pointwise(const PointwiseOp& op, const VtValue* inputs, int32_t num_inputs, VtValue* result,
                   const pointwise::Parameters* parameters = nullptr);

}  // namespace vt::core
