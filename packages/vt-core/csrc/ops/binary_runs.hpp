// SPDX-License-Identifier: Apache-2.0
// From the arguments of an op on two operands to its loop: the dense calls without a plan, all others with one.
#pragma once

#include <vt/cpp/iter/binary_rules.hpp>

#include "ops/converting_run.hpp"
#include "ops/loops/binary.hpp"

// Note [Small floats]
// With a half or float8 common dtype elements are computed in float and rounded once. A number, or a 0-dim tensor as second
// operand, enters in float as it is, not rounded to it first; comparisons round it. PyTorch does the same.
namespace vt::core {

// What sets one binary op apart from the others. The tables are indexed by the common dtype.
struct BinaryOp {
  const char* name;
  const BinaryLoop* loops;
  // With a number as second operand: an element of the dtype, float for the small floating dtypes. NULL: numbers are rounded
  // to the dtype and `loops` serves them.
  const BinaryLoop* number_loops;
  bool gives_bool = false;
  uint32_t plan_flags = VT_ITER_PROMOTE;
  const HasZeroLoop* refused_zeros = nullptr;  // for ops that take no zero as an integral divisor
  bool second_unrounded = false;               // tensors of any size enter as numbers do (Note [Small floats])
};

inline BinaryOp binary_op(const char* name, BinaryKind kind) noexcept {
  return {name, loops<BinaryLoops>().by_kind[kind], loops<BinaryLoops>().by_number[kind]};
}

// Where a dense binary op writes: a new tensor like `a`, or `a` itself; NULL leaves any other destination to the plan.
template <bool kGivesBool>
[[gnu::always_inline]] inline VtTensor* dense_destination(VtTensor* a, const VtValue& destination) {
  if (destination.tag == VT_NONE) [[likely]]
    return kGivesBool ? empty(sizes_of(a), kBool, a->dl.device) : empty_like(a);
  if (destination.as.tensor != a || kGivesBool) return nullptr;
  retain(a);
  return a;
}

// Refuses to write to `out` where dense `t` of its size shares some of its elements, and not all: they begin apart then, but by
// less than that size.
[[gnu::always_inline]] inline void check_dense_overlap(const char* op, const VtTensor* out, const VtTensor* t) {
  const int64_t apart = static_cast<const char*>(t->dl.data) - static_cast<const char*>(out->dl.data);
  const int64_t nbytes = out->numel * (out->dl.dtype.bits / 8);
  if (apart != 0 && apart < nbytes && -apart < nbytes) [[unlikely]]
    check_no_partial_overlap(op, out, t);
}

// Runs `loop` over dense `out` and `a`, and `b` of the given stride.
[[gnu::always_inline]] inline void run_dense(BinaryLoop loop, VtTensor* out, const VtTensor* a, const void* b,
                                             int64_t b_stride, const void* alpha) {
  const int64_t strides[3] = {out->dl.dtype.bits / 8, a->dl.dtype.bits / 8, b_stride};
  auto* out_data = static_cast<char*>(out->dl.data);
  auto* a_data = static_cast<const char*>(a->dl.data);
  auto* b_data = static_cast<const char*>(b);
  if (a->numel <= kGrain) [[likely]] {
    loop(out_data, a_data, b_data, a->numel, strides, alpha);
  } else {
    parallel_for(0, a->numel, kGrain, [&](int64_t begin, int64_t end) {
      loop(out_data + begin * strides[0], a_data + begin * strides[1], b_data + begin * b_stride, end - begin, strides,
           alpha);
    });
  }
}

// Same-shape row-major operands of one dtype, the commonest call by far: no plan is needed. False leaves everything to it.
template <bool kGivesBool = false>
[[gnu::always_inline]] inline bool dense_binary(const char* op, const BinaryLoop* table, const VtValue* args,
                                                VtValue* result, const void* alpha = nullptr) {
  if (args[1].tag != VT_TENSOR) return false;
  VtTensor* a = args[0].as.tensor;
  VtTensor* b = args[1].as.tensor;
  if (!(a->flags & b->flags & VT_TENSOR_CONTIGUOUS) || a->dl.ndim != b->dl.ndim ||
      !same_dtype(a->dl.dtype, b->dl.dtype))
    return false;
  for (int32_t d = 0; d < a->dl.ndim; ++d)
    if (a->dl.shape[d] != b->dl.shape[d]) return false;
  const BinaryLoop loop = table[static_cast<size_t>(dtype_index(a->dl.dtype))];
  if (!loop || !is_cpu(a)) return false;
  if (result[0].tag == VT_TENSOR) {
    if (result[0].as.tensor != a) return false;
    check_dense_overlap(op, a, b);
  }
  VtTensor* out = dense_destination<kGivesBool>(a, result[0]);
  if (!out) return false;
  run_dense(loop, out, a, b->dl.data, a->dl.dtype.bits / 8, alpha);
  result[0] = value_of(out);
  return true;
}

// A row-major tensor and a number of no higher category: the result is like the tensor. With kRounds the number is one of
// the tensor's dtype, else of float for a small floating one.
template <bool kGivesBool = false, bool kRounds = false>
bool dense_number(const BinaryLoop* table, const VtValue* args, VtValue* result) {
  if (!is_number(args[1])) return false;
  VtTensor* a = args[0].as.tensor;
  const DtypeIndex index = dtype_index(a->dl.dtype);
  const BinaryLoop loop = table[static_cast<size_t>(index)];
  if (!(a->flags & VT_TENSOR_CONTIGUOUS) || !loop || !is_cpu(a)) return false;
  const Number number = number_of(args[1]);
  if (number.category > dtype_info(index).category) return false;
  VtTensor* out = dense_destination<kGivesBool>(a, result[0]);
  if (!out) return false;
  IterPlan::NumberCell cell;
  store_number(number, !kRounds && is_small_float(a->dl.dtype) ? kFloat32 : a->dl.dtype, cell.bytes);
  run_dense(loop, out, a, cell.bytes, 0, nullptr);
  result[0] = value_of(out);
  return true;
}

// The multiplier of the second operand; `negate` turns its sign once it has been checked.
struct Alpha {
  const VtValue* value = nullptr;
  bool negate = false;
};

// Any operands, either of which may be a number, by a plan (binary_runs.cpp).
void planned_binary(const BinaryOp& op, const VtValue* operands, VtValue* result, const Alpha& alpha = {});

// The same with operands exchanged: `2 / x`.
inline void reflected_binary(const BinaryOp& op, const VtValue* args, VtValue* result, const Alpha& alpha = {}) {
  const VtValue operands[2] = {args[1], args[0]};
  planned_binary(op, operands, result, alpha);
}

}  // namespace vt::core
