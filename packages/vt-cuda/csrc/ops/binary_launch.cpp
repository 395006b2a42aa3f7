// SPDX-License-Identifier: Apache-2.0
// Plans and launches the ops on two operands.
//
// Note [Numbers]
// Numbers, and 0-dim tensors of the CPU, are read on the host and travel in the kernel's parameters: no copy, no wait. With
// a half or float8 common dtype elements are computed in float and rounded once, and a number, or a 0-dim tensor as second
// operand, enters in float as it is; comparisons round it.
#include "binary_launch.hpp"

namespace vt::cuda {
namespace {

// What the planner leaves open about one call.
struct Call {
  const char* a = nullptr;
  const char* b = nullptr;
  bool b_unrounded = false;
  ElementCell a_number{};
  ElementCell b_number{};
  ElementCell alpha{};
};

// Operands of the host, and numbers, become cells.
Call prepare(const IterPlan& p, const BinaryOp& op, const VtValue* operands) {
  const bool small = is_small_float(p.common_dtype);
  Call call;
  const bool is_number = !p.tensors[2] || p.tensors[2]->dl.ndim == 0;
  call.b_unrounded = small && (op.second_unrounded || (op.kind < BinaryKind::kEqual && is_number));
  const auto read = [&](size_t k, ElementCell& cell, bool unrounded) -> const char* {
    const VtTensor* t = p.tensors[k];
    if (t && !is_host(t)) return static_cast<const char*>(p.data[k]);
    store_number(t ? host_element(t) : number_of(operands[k - 1]), unrounded ? kFloat32 : p.common_dtype, cell.bytes);
    return nullptr;
  };
  call.a = read(1, call.a_number, false);
  call.b = read(2, call.b_number, call.b_unrounded);
  return call;
}

template <class Index>
void launch_strided(const char* op, BinaryKind kind, const Queue& queue, const IterPlan& p, const Call& call,
                    const void* kernel) {
  BinaryStrided<Index> params{static_cast<char*>(p.data[0]),
                              call.a,
                              call.b,
                              p.numel,
                              walk_of<Index, 3>(p),
                              kind,
                              index_of(p.dtypes[0]),
                              index_of(p.dtypes[1]),
                              index_of(p.dtypes[2]),
                              call.b_unrounded,
                              call.a_number,
                              call.b_number,
                              call.alpha};
  queue.launch(op, kernel, ceil_divide(p.numel, int64_t{kBlockThreads} * kStridedElementsPerThread), 1, params);
}

// Whether every operand with memory is dense in one order and aligned.
bool is_dense(const IterPlan& p, const Call& call) noexcept {
  if (p.ndim != 1) return false;
  const auto dense = [&](size_t k) {
    return is_aligned(p.data[k]) && (p.strides[k] == itemsize_of(p.dtypes[k]) || p.sizes[0] <= 1);
  };
  return same_dtype(p.dtypes[0], p.result_dtype) && dense(0) && (!call.a || dense(1)) && (!call.b || dense(2));
}

// The kernel for operands that are dense; null where none takes their dtypes.
const void* dense_kernel(const BinaryKernels& kernels, BinaryKind kind, const IterPlan& p, const Call& call) noexcept {
  if (call.b && call.b_unrounded) return nullptr;
  if ((!call.a || same_dtype(p.dtypes[1], p.common_dtype)) && (!call.b || same_dtype(p.dtypes[2], p.common_dtype)))
    return kernels.dense;
  if (!call.a || !call.b || !same_dtype(p.common_dtype, kFloat32)) return nullptr;
  return mixed_arithmetic_kernel(kind, index_of(p.dtypes[1]), index_of(p.dtypes[2]));
}

}  // namespace

void launch_binary(const BinaryOp& op, const VtValue* operands, VtValue* result, const Alpha& alpha) {
  const VtValue planned[3] = {result[0], operands[0], operands[1]};
  IterPlan p;
  plan_quickly(
      {sizeof(VtIterConfig), op.plan_flags, op.name, planned, 1, 3, gives_bool(op.kind) ? kBool : kCommonDtype}, p,
      TableIterAllocator{});
  const BinaryKernels kernels = op.kernels(op.kind, index_of(p.common_dtype));
  if (!kernels.strided) fail_unsupported(op.name, p.common_dtype);
  vt::Number factor;
  if (alpha.value) {
    factor = number_of(*alpha.value);
    check_alpha(op.name, factor, p.common_dtype);
    if (alpha.negate) factor = negated(factor);
  }
  if (p.numel > 0) {
    Call call = prepare(p, op, operands);
    if (alpha.value) store_number(factor, is_small_float(p.common_dtype) ? kFloat32 : p.common_dtype, call.alpha.bytes);
    const Queue queue(p.device);
    const void* dense = is_dense(p, call) ? dense_kernel(kernels, op.kind, p, call) : nullptr;
    if (dense) {
      BinaryDense params{p.data[0],     call.a,     call.b,  p.numel,         call.a_number,
                         call.b_number, call.alpha, op.kind, call.b_unrounded};
      queue.launch(op.name, dense, dense_blocks(p.numel, p.common_dtype, kDenseVectorsPerThread), 1, params);
    } else if (is_wide(p)) {
      launch_strided<int64_t>(op.name, op.kind, queue, p, call, kernels.wide);
    } else {
      launch_strided<int32_t>(op.name, op.kind, queue, p, call, kernels.strided);
    }
  }
  result[0] = value_of(p.take_output(0));
}

}  // namespace vt::cuda
