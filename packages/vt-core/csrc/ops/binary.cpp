// SPDX-License-Identifier: Apache-2.0
// add, sub, mul, maximum and minimum on the CPU.
#include <vt/cpp/dense.hpp>

#include "ops/binary_runs.hpp"
#include "ops/loops/binary.hpp"

namespace vt::core {

namespace {

[[gnu::always_inline]] inline bool dense(const char* op, BinaryKind kind, const VtValue* args, VtValue* result) {
  return dense_binary(op, loops<BinaryLoops>().by_kind[kind], args, result) ||
         dense_number(loops<BinaryLoops>().by_number[kind], args, result);
}

void add(const VtValue* args, VtValue* result) {
  if (args[2].tag == VT_INT && args[2].as.i == 1) [[likely]] {
    if (dense("add", kAdd, args, result)) [[likely]]
      return;
    return planned_binary(binary_op("add", kAdd), args, result);
  }
  planned_binary(binary_op("add", kAddScaled), args, result, {&args[2]});
}

// self + (-alpha) * other
void sub(const VtValue* args, VtValue* result) {
  refuse_booleans("sub", args);
  if (args[2].tag == VT_INT && args[2].as.i == 1) [[likely]] {
    const DLDataType dtype = args[0].as.tensor->dl.dtype;
    IterPlan::NumberCell minus_one;
    store_number(negated(number_of(args[2])), is_small_float(dtype) ? kFloat32 : dtype, minus_one.bytes);
    if (dense_binary("sub", loops<BinaryLoops>().by_kind[kAddScaled], args, result, minus_one.bytes)) [[likely]]
      return;
  }
  planned_binary(binary_op("sub", kAddScaled), args, result, {&args[2], true});
}

void rsub(const VtValue* args, VtValue* result) {
  refuse_booleans("rsub", args);
  reflected_binary(binary_op("rsub", kAddScaled), args, result, {&args[2], true});
}

void mul(const VtValue* args, VtValue* result) {
  if (dense("mul", kMul, args, result)) [[likely]]
    return;
  planned_binary(binary_op("mul", kMul), args, result);
}

// Note [Dense forms] in vt/cpp/dense.hpp.
template <BinaryKind kKind>
int32_t write_over(VtTensor* out, const VtTensor* const* inputs) noexcept {
  const BinaryLoop loop = loops<BinaryLoops>().by_kind[kKind][static_cast<size_t>(dtype_index(out->dl.dtype))];
  if (!loop || out->numel > kGrain) return -1;
  const int64_t itemsize = out->dl.dtype.bits / 8;
  const int64_t strides[3] = {itemsize, itemsize, itemsize};
  loop(static_cast<char*>(out->dl.data), static_cast<const char*>(inputs[0]->dl.data),
       static_cast<const char*>(inputs[1]->dl.data), out->numel, strides, nullptr);
  return 0;
}

void maximum(const VtValue* args, VtValue* result) {
  if (dense("maximum", kMaximum, args, result)) [[likely]]
    return;
  planned_binary(binary_op("maximum", kMaximum), args, result);
}

void minimum(const VtValue* args, VtValue* result) {
  if (dense("minimum", kMinimum, args, result)) [[likely]]
    return;
  planned_binary(binary_op("minimum", kMinimum), args, result);
}

constexpr char kAddDoc[] = R"(Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape; any dtype but float8. Boolean tensors add as logical or.
other : Tensor or Scalar
    Broadcastable with `self`.
alpha : Scalar
    Multiplier of `other`; 1 by default.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype. Half types are computed in float32.

Raises
------
ShapeError
    If the shapes cannot be broadcast.
RuntimeError
    If the in-place or out destination cannot hold the result, or overlaps an input partially.

Notes
-----
Unlike PyTorch, uint16, uint32 and uint64 are supported.)";

constexpr char kSubDoc[] =
    R"(Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape; any dtype but bool and float8. Unsigned dtypes wrap.
other : Tensor or Scalar
    Broadcastable with `self`.
alpha : Scalar
    Multiplier of `other`; 1 by default.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype. Half types are computed in float32.

Raises
------
NotImplementedError
    If either operand is boolean.
ShapeError
    If the shapes cannot be broadcast.)";

constexpr char kRsubDoc[] =
    R"(Subtracts `alpha * self` from `other`: `sub` with its operands exchanged, as in ``2 - x``.)";

constexpr char kMulDoc[] = R"(Multiplies `self` by `other`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape and dtype. Boolean tensors multiply as logical and.
other : Tensor or Scalar
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype. Half types are computed in float32.

Notes
-----
Unlike PyTorch, uint16, uint32 and uint64 are supported.)";

constexpr char kMaximumDoc[] =
    R"(The larger of `self` and `other`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape; any dtype but float8 and the complex ones.
other : Tensor
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype; NaN where either element is. Where both are equal, each gets half of the
    gradient.)";

constexpr char kMinimumDoc[] =
    R"(The smaller of `self` and `other`, element by element: as `maximum` in everything else.)";

}  // namespace

void register_binary(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_INPLACE | VT_OP_OUT | VT_OP_CPU_SCALARS | kFunctionAndMethod;
  constexpr uint32_t kReflected = VT_OP_FUNCTION | VT_OP_CPU_SCALARS;
  const OpRow ops[] = {
      {"add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor", kFlags, kAddDoc},
      {"sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor", kFlags, kSubDoc},
      {"rsub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor", kReflected, kRsubDoc},
      {"mul(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kMulDoc},
      {"maximum(Tensor self, Tensor other) -> Tensor", kFlags, kMaximumDoc},
      {"minimum(Tensor self, Tensor other) -> Tensor", kFlags, kMinimumDoc},
  };
  define_ops(plugin, ops);
  const vt::DenseKernelRow dense_kernels[] = {{"add", boxed<add>, write_over<kAdd>},
                                              {"mul", boxed<mul>, write_over<kMul>}};
  const vt::KernelRow kernels[] = {
      {"sub", boxed<sub>}, {"rsub", boxed<rsub>}, {"maximum", boxed<maximum>}, {"minimum", boxed<minimum>}};
  register_dense_kernels(plugin, kDLCPU, dense_kernels);
  register_kernels(plugin, kDLCPU, kernels);
  const vt::KernelRow on_meta[] = {{"add", boxed<add>}, {"mul", boxed<mul>}};
  register_kernels(plugin, VT_DEVICE_TYPE_META, on_meta);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
