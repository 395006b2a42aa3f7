// SPDX-License-Identifier: Apache-2.0
// gcd, lcm and the shifts on the CPU.
#include "ops/binary_runs.hpp"
#include "ops/loops/binary.hpp"

namespace vt::core {

namespace {

template <BinaryKind Kind>
void whole(const char* name, const VtValue* args, VtValue* result) {
  const BinaryOp op = binary_op(name, Kind);
  if (is_tensor(args[0]) &&
      (dense_binary(name, op.loops, args, result) || dense_number<false, true>(op.number_loops, args, result)))
    return;
  planned_binary(op, args, result);
}

void gcd(const VtValue* args, VtValue* result) { whole<kGcd>("gcd", args, result); }
void lcm(const VtValue* args, VtValue* result) { whole<kLcm>("lcm", args, result); }
void bitwise_left_shift(const VtValue* args, VtValue* result) { whole<kLeftShift>("bitwise_left_shift", args, result); }
void bitwise_right_shift(const VtValue* args, VtValue* result) {
  whole<kRightShift>("bitwise_right_shift", args, result);
}

constexpr char kGcdDoc[] = R"(The greatest common divisor of `self` and `other`, element by element, with broadcasting.

Parameters
----------
self : Tensor
    Any shape; an integer dtype.
other : Tensor
    Broadcastable with `self`; an integer dtype.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype; not negative, and 0 where both are 0. Of the smallest integer and 0 it is
    that integer, whose magnitude the dtype does not hold.)";

constexpr char kLcmDoc[] =
    R"(The least common multiple of `self` and `other`, element by element: as `gcd` in everything else.

Returns
-------
Tensor
    0 where either is. What the dtype does not hold wraps.)";

constexpr char kLeftShiftDoc[] =
    R"(``self << other``: the bits of each element moved to the left, with broadcasting and type promotion.

Parameters
----------
self : Tensor or Scalar
    Any shape; an integer dtype. Of two operands one is a tensor.
other : Tensor or Scalar
    By how many bits, broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype; 0 for shifts by a negative number or by the width of the dtype and more.

Raises
------
NotImplementedError
    If the common dtype is not an integer one.)";

constexpr char kRightShiftDoc[] =
    R"(``self >> other``: the bits of each element moved to the right, its sign moving in; as `bitwise_left_shift` else.

Returns
-------
Tensor
    0, or -1 for negative elements, for shifts by a negative number or by the width of the dtype and more.)";

}  // namespace

void register_integers(VtPlugin* plugin) {
  constexpr uint32_t kFunction = VT_OP_OUT | VT_OP_CPU_SCALARS | VT_OP_NOT_DIFFERENTIABLE | VT_OP_FUNCTION;
  constexpr uint32_t kFlags = kFunction | VT_OP_INPLACE | VT_OP_METHOD;
  const OpRow ops[] = {
      {"gcd(Tensor self, Tensor other) -> Tensor", kFlags, kGcdDoc},
      {"lcm(Tensor self, Tensor other) -> Tensor", kFlags, kLcmDoc},
      {"bitwise_left_shift(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kLeftShiftDoc},
      {"bitwise_left_shift.scalar(Scalar self, Tensor other) -> Tensor", kFunction, kLeftShiftDoc},
      {"bitwise_right_shift(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kRightShiftDoc},
      {"bitwise_right_shift.scalar(Scalar self, Tensor other) -> Tensor", kFunction, kRightShiftDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"gcd", boxed<gcd>},
      {"lcm", boxed<lcm>},
      {"bitwise_left_shift", boxed<bitwise_left_shift>},
      {"bitwise_left_shift.scalar", boxed<bitwise_left_shift>},
      {"bitwise_right_shift", boxed<bitwise_right_shift>},
      {"bitwise_right_shift.scalar", boxed<bitwise_right_shift>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
