// SPDX-License-Identifier: Apache-2.0
// From the operands of a pointwise op to a launch of its dense or strided kernel.
#include "pointwise.hpp"

#include <vt/cpp/op.hpp>

#include "launch.hpp"

namespace vt::cuda {
namespace {

template <class Index>
void launch_strided(const PointwiseOp& op, const Queue& queue, const IterPlan& p,
                    const pointwise::Parameters& parameters) {
  PointwiseStrided<Index> params{static_cast<char*>(p.data[0]),
                                 static_cast<const char*>(p.data[1]),
                                 static_cast<const char*>(p.data[2]),
                                 p.numel,
                                 walk_of<Index, 3>(p),
                                 static_cast<int32_t>(op.index),
                                 index_of(p.dtypes[0]),
                                 index_of(p.dtypes[1]),
                                 index_of(p.dtypes[2]),
                                 parameters};
  queue.launch(op.rule.name, op.strided_kernel(index_of(op.rule.computed_in(p.common_dtype)), sizeof(Index) == 8),
               ceil_divide(p.numel, int64_t{kBlockThreads} * kStridedElementsPerThread), 1, params);
}

// Whether every operand is dense in one order, of the common dtype and aligned.
bool is_dense(const IterPlan& p) noexcept {
  bool dense = p.contiguous;
  for (size_t k = 0; k < 3; ++k) dense &= same_dtype(p.dtypes[k], p.common_dtype) && is_aligned(p.data[k]);
  return dense;
}

}  // namespace

void launch_pointwise(const PointwiseOp& op, const VtValue* inputs, int32_t num_inputs, VtValue* result,
                      const pointwise::Parameters& parameters) {
  for (int32_t k = 0; k < num_inputs; ++k) op.rule.check_takes(inputs[k].as.tensor->dl.dtype, "cuda");
  op.rule.check_in_place(result[0], inputs[0]);
  if (const DLDataType dtype = inputs[0].as.tensor->dl.dtype; num_inputs == 1 && op.rule.rounds_first(dtype)) {
    static const Op to("to.dtype");
    const Tensor rounded = to(inputs[0], floating_dtype(dtype));
    const VtValue input = value_of(rounded.get());
    return launch_pointwise(op, &input, 1, result, parameters);
  }
  const VtValue operands[3] = {result[0], inputs[0], inputs[num_inputs - 1]};
  const uint32_t to_float = op.rule.computes == pointwise::Computes::kInFloat ? VT_ITER_INT_TO_FLOAT : 0;
  IterPlan p;
  plan_quickly({sizeof(VtIterConfig), VT_ITER_PROMOTE | to_float, op.rule.name, operands, 1, 3,
                planned_dtype(op.rule, inputs[0].as.tensor->dl.dtype, kCommonDtype)},
               p, TableIterAllocator{});
  if (p.numel > 0) {
    const Queue queue(p.device);
    const void* dense = is_dense(p) ? op.dense_kernel(op.index, index_of(p.common_dtype)) : nullptr;
    if (dense) {
      PointwiseDense params{p.data[0], p.data[1], p.data[2], p.numel, parameters};
      queue.launch(op.rule.name, dense, dense_blocks(p.numel, p.common_dtype, 1), 1, params);
    } else if (is_wide(p)) {
      launch_strided<int64_t>(op, queue, p, parameters);
    } else {
      launch_strided<int32_t>(op, queue, p, parameters);
    }
  }
  result[0] = value_of(p.take_output(0));
}

}  // namespace vt::cuda
