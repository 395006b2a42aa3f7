// SPDX-License-Identifier: Apache-2.0
// div with its rounding modes, floor_divide, remainder and fmod on the CPU, and their reflected forms.
#include <vt/cpp/op.hpp>

#include "ops/binary_runs.hpp"
#include "ops/loops/binary.hpp"

namespace vt::core {

namespace {

// True division: integers are divided as floats.
BinaryOp true_division(const char* name) noexcept {
  BinaryOp op = binary_op(name, kDiv);
  op.plan_flags |= VT_ITER_INT_TO_FLOAT;
  return op;
}

BinaryOp whole_division(const char* name, BinaryKind kind) noexcept {
  BinaryOp op = binary_op(name, kind);
  op.refused_zeros = loops<BinaryLoops>().has_zero;
  return op;
}

void div(const VtValue* args, VtValue* result) {
  switch (rounding_of("div", args[2])) {
    case Rounding::kNone:
      if (dense_binary("div", loops<BinaryLoops>().by_kind[kDiv], args, result) ||
          dense_number(loops<BinaryLoops>().by_number[kDiv], args, result)) [[likely]]
        return;
      return planned_binary(true_division("div"), args, result);
    case Rounding::kTrunc: return planned_binary(whole_division("div", kTruncDivide), args, result);
    case Rounding::kFloor: return planned_binary(whole_division("div", kFloorDivide), args, result);
  }
}

void rdiv(const VtValue* args, VtValue* result) { reflected_binary(true_division("rdiv"), args, result); }

void floor_divide(const VtValue* args, VtValue* result) {
  planned_binary(whole_division("floor_divide", kFloorDivide), args, result);
}

void rfloor_divide(const VtValue* args, VtValue* result) {
  reflected_binary(whole_division("rfloor_divide", kFloorDivide), args, result);
}

void remainder(const VtValue* args, VtValue* result) {
  planned_binary(whole_division("remainder", kRemainder), args, result);
}

void rremainder(const VtValue* args, VtValue* result) {
  reflected_binary(whole_division("rremainder", kRemainder), args, result);
}

// The remainder of a number.
void remainder_of_number(const VtValue* args, VtValue* result) {
  static const Op rremainder("rremainder");
  result[0] = value_of(rremainder.into(result[0], args[1], args[0]).release());
}

void fmod(const VtValue* args, VtValue* result) { planned_binary(whole_division("fmod", kFmod), args, result); }

constexpr char kDivDoc[] = R"(Divides `self` by `other`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape; any dtype but float8.
other : Tensor or Scalar
    Broadcastable with `self`.
rounding_mode : str, optional
    None divides exactly, integers in the default dtype. "trunc" rounds the quotient towards zero and "floor" down, both in the
    common dtype, which then is neither boolean nor complex; their gradient is zero.

Returns
-------
Tensor
    Of the broadcast shape. Half types are computed in float32.

Raises
------
RuntimeError
    "ZeroDivisionError" if, with a rounding mode, an integer is divided by zero; nothing is written then. On CUDA, where it
    would take a wait to know, such a quotient has all bits set.

Notes
-----
The smallest integer divided by -1 wraps. Unlike PyTorch, uint16, uint32 and uint64 are supported.)";

constexpr char kRdivDoc[] = R"(Divides `other` by `self`: `div` with its operands exchanged, as in ``2 / x``.)";

constexpr char kFloorDivideDoc[] =
    R"(Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``.

Parameters
----------
self : Tensor
    Any shape; integers and floats but float8.
other : Tensor or Scalar
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype.

Raises
------
RuntimeError
    "ZeroDivisionError" for an integer divided by zero; on CUDA such a quotient has all bits set.

Notes
-----
Unlike PyTorch, it has a gradient: zero.)";

constexpr char kRfloorDivideDoc[] =
    R"(Divides `other` by `self` and rounds down: `floor_divide` with its operands exchanged, as in ``2 // x``.)";

constexpr char kRemainderDoc[] =
    R"(The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``.

Parameters
----------
self : Tensor
    Any shape; integers and floats but float8.
other : Tensor or Scalar
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype.

Raises
------
RuntimeError
    "ZeroDivisionError" for an integer divided by zero; on CUDA the remainder is the dividend then.)";

constexpr char kFmodDoc[] =
    R"(The remainder of `self` divided by `other`, with the sign of `self`, as C's ``fmod``.

Parameters
----------
self : Tensor
    Any shape; integers and floats but float8.
other : Tensor or Scalar
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype.

Raises
------
RuntimeError
    "ZeroDivisionError" for an integer divided by zero; on CUDA the remainder is the dividend then.)";

constexpr char kRremainderDoc[] =
    R"(The remainder of `other` divided by `self`: `remainder` with its operands exchanged, as in ``2 % x``.)";

}  // namespace

void register_divide(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_INPLACE | VT_OP_OUT | VT_OP_CPU_SCALARS | kFunctionAndMethod;
  constexpr uint32_t kReflected = VT_OP_FUNCTION | VT_OP_CPU_SCALARS;
  const OpRow ops[] = {
      {"div(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor", kFlags, kDivDoc},
      {"rdiv(Tensor self, Tensor|Scalar other) -> Tensor", kReflected, kRdivDoc},
      {"floor_divide(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kFloorDivideDoc},
      {"rfloor_divide(Tensor self, Tensor|Scalar other) -> Tensor", kReflected, kRfloorDivideDoc},
      {"remainder(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kRemainderDoc},
      {"remainder.scalar(Scalar self, Tensor other) -> Tensor", VT_OP_OUT | VT_OP_FUNCTION | VT_OP_COMPOSITE,
       kRemainderDoc},
      {"fmod(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kFmodDoc},
      {"rremainder(Tensor self, Tensor|Scalar other) -> Tensor", kReflected, kRremainderDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"div", boxed<div>},
                                   {"rdiv", boxed<rdiv>},
                                   {"floor_divide", boxed<floor_divide>},
                                   {"rfloor_divide", boxed<rfloor_divide>},
                                   {"remainder", boxed<remainder>},
                                   {"fmod", boxed<fmod>},
                                   {"rremainder", boxed<rremainder>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"remainder.scalar", boxed<remainder_of_number>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
