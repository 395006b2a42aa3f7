// SPDX-License-Identifier: Apache-2.0
// Binary ops by a plan: broadcasting, promotion, any strides.
#include "ops/binary_runs.hpp"
#include "ops/loops/binary.hpp"

#include <algorithm>
#include <atomic>

namespace vt::core {

namespace {

[[noreturn]] void fail_zero_division(const BinaryOp& op) {
  fail(VT_ERROR_RUNTIME,
       std::string(op.name) + ": ZeroDivisionError: an integer was divided by zero; replace the zeros first");
}

// Before anything is written: a divisor of zero is an error for integers.
void refuse_zeros(const BinaryOp& op, const IterPlan& p) {
  const HasZeroLoop has_zero = op.refused_zeros[static_cast<size_t>(dtype_index(p.dtypes[2]))];
  if (!has_zero || dtype_info(p.common_dtype).category > Category::kInteger) return;
  const InnerStrides<3> strides(p);
  std::atomic<bool> found = false;
  for_each_run<3>(p, [&](char* const* data, int64_t n) {
    if (has_zero(data[2], strides.value[2], strides.value[2] == 0 ? 1 : n))
      found.store(true, std::memory_order_relaxed);
  });
  if (found) fail_zero_division(op);
}

// The same, before a destination is resized: by the divisors alone.
void refuse_zeros(const BinaryOp& op, DLDataType common, const VtValue& divisors) {
  if (dtype_info(common).category > Category::kInteger) return;
  if (is_number(divisors)) {
    const Number number = number_of(divisors);
    if (number.real == 0) fail_zero_division(op);
    return;
  }
  IterPlan p;
  plan_iteration({sizeof(VtIterConfig), 0, op.name, &divisors, 0, 1, common}, p, CoreIterAllocator{});
  const HasZeroLoop has_zero = op.refused_zeros[static_cast<size_t>(dtype_index(p.dtypes[0]))];
  if (!has_zero) return;
  const int64_t stride = p.strides_of_operand(0)[0];
  std::atomic<bool> found = false;
  for_each_run<1>(p, [&](char* const* data, int64_t n) {
    if (has_zero(data[0], stride, stride == 0 ? 1 : n)) found.store(true, std::memory_order_relaxed);
  });
  if (found) fail_zero_division(op);
}

}  // namespace

void planned_binary(const BinaryOp& op, const VtValue* operands, VtValue* result, const Alpha& alpha) {
  const VtValue planned[3] = {result[0], operands[0], operands[1]};
  IterPlan p;
  plan_iteration({sizeof(VtIterConfig), op.plan_flags, op.name, planned, 1, 3, op.gives_bool ? kBool : kCommonDtype}, p,
                 CoreIterAllocator{}, [&](const IterPlan& plan) {
                   const auto index = static_cast<size_t>(known_dtype_index(plan.common_dtype));
                   if (!op.loops[index]) fail_unsupported(op.name, plan.common_dtype);
                   const VtTensor* out = plan.tensors[0];
                   if (op.refused_zeros && out && !same_sizes(sizes_of(out), plan.shape) && !is_meta(plan.device) &&
                       std::ranges::find(plan.shape, 0) == plan.shape.end())
                     refuse_zeros(op, plan.common_dtype, operands[1]);
                   if (alpha.value) check_alpha(op.name, number_of(*alpha.value), plan.common_dtype);
                 });
  const auto common = static_cast<size_t>(dtype_index(p.common_dtype));

  const DLDataType number_dtype = op.number_loops && is_small_float(p.common_dtype) ? kFloat32 : p.common_dtype;
  IterPlan::NumberCell alpha_cell;
  if (alpha.value) {
    const Number number = number_of(*alpha.value);
    store_number(alpha.negate ? negated(number) : number, number_dtype, alpha_cell.bytes);
  }
  if (p.numel > 0 && !is_meta(p.device)) {
    IterPlan::NumberCell cells[2];
    if (!same_dtype(p.dtypes[1], p.common_dtype) && is_single(p, 1)) convert_single(p, 1, p.common_dtype, cells[0]);
    bool b_is_number = op.second_unrounded || !p.tensors[2];
    // A 0-dim tensor enters as a number does where numbers are not rounded; any single element is converted but once.
    if (is_single(p, 2)) {
      const bool unrounded = b_is_number || p.tensors[2]->dl.ndim == 0;
      const DLDataType wanted = unrounded ? number_dtype : p.common_dtype;
      if (!same_dtype(p.dtypes[2], wanted)) convert_single(p, 2, wanted, cells[1]);
      b_is_number = unrounded;
    }
    if (op.refused_zeros) refuse_zeros(op, p);
    const BinaryLoop loop = b_is_number && op.number_loops ? op.number_loops[common] : op.loops[common];
    run_converting<3>(
        p, {op.gives_bool ? kBool : p.common_dtype, p.common_dtype, b_is_number ? number_dtype : p.common_dtype},
        [loop, &alpha_cell](char* const* data, int64_t n, const int64_t* strides) {
          loop(data[0], data[1], data[2], n, strides, alpha_cell.bytes);
        });
  }
  result[0] = value_of(p.take_output(0));
}

}  // namespace vt::core
