// SPDX-License-Identifier: Apache-2.0
// Launches the pointwise ops of the unary and activation families.
#pragma once

#include <vt/cpp/iter.hpp>
#include <vt/cpp/pointwise_rules.hpp>

#include "../kernels/pointwise.hpp"
#include "ops.hpp"

namespace vt::cuda {

// The rule of an op, its place in its family's list, and the look-up of that family's kernels.
struct PointwiseOp {
  PointwiseRule rule;
  size_t index;
  const void* (*dense_kernel)(size_t op, DtypeIndex dtype) noexcept;
  const void* (*strided_kernel)(DtypeIndex computed, bool wide) noexcept;
};

template <class Op>
PointwiseOp unary_op() noexcept {
  return {kRuleOf<Op>, pointwise::UnaryOps::index_of<Op>(), unary_dense_kernel, unary_strided_kernel};
}
template <class Op>
PointwiseOp activation_op() noexcept {
  return {kRuleOf<Op>, pointwise::ActivationOps::index_of<Op>(), activation_dense_kernel, activation_strided_kernel};
}

// The op on `num_inputs` tensors, 1 or 2, into a new tensor or the destination in result[0].
void launch_pointwise(const PointwiseOp& op, const VtValue* inputs, int32_t num_inputs, VtValue* result,
                      const pointwise::Parameters& parameters = {});

}  // namespace vt::cuda
