// SPDX-License-Identifier: Apache-2.0
// pow, its reflected form and atan2 on the CPU.
#include <vt/cpp/op.hpp>

#include "ops/binary_runs.hpp"
#include "ops/loops/binary.hpp"

namespace vt::core {

namespace {

void pow(const VtValue* args, VtValue* result) {
  check_exponent("pow", args[0], args[1]);
  if (dense_number(loops<BinaryLoops>().by_number[kPow], args, result)) return;
  planned_binary(binary_op("pow", kPow), args, result);
}

void rpow(const VtValue* args, VtValue* result) { reflected_binary(binary_op("rpow", kPow), args, result); }

void atan2(const VtValue* args, VtValue* result) {
  BinaryOp op = binary_op("atan2", kAtan2);
  op.plan_flags |= VT_ITER_INT_TO_FLOAT;
  planned_binary(op, args, result);
}

// A number to the power of a tensor.
void pow_of_number(const VtValue* args, VtValue* result) {
  static const Op rpow("rpow");
  result[0] = value_of(rpow.into(result[0], args[1], args[0]).release());
}

constexpr char kPowDoc[] =
    R"(`self` to the power of `exponent`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape; integers, which wrap, floats but float8, and complex dtypes.
exponent : Tensor or Scalar
    Broadcastable with `self`. The numbers 1, 2, 3, -1, -2, 0.5 and -0.5 are products, quotients and square roots.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype. Half types are computed in float32.

Raises
------
RuntimeError
    If integers are to be raised to a negative integer, or a number as exponent does not fit the dtype.

Notes
-----
In a tensor of exponents a negative integer gives what the reciprocal truncates to: 0, but for 1 and -1.)";

constexpr char kRpowDoc[] = R"(`other` to the power of `self`: `pow` with its operands exchanged, as in ``2 ** x``.)";

constexpr char kAtan2Doc[] =
    R"(The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    The ordinates. Any shape; any dtype but float8 and the complex ones.
other : Tensor
    The abscissas, broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape; integers give the default dtype.)";

}  // namespace

void register_power(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_INPLACE | VT_OP_OUT | VT_OP_CPU_SCALARS | kFunctionAndMethod;
  const OpRow ops[] = {
      {"pow(Tensor self, Tensor|Scalar exponent) -> Tensor", kFlags, kPowDoc},
      {"pow.scalar(Scalar self, Tensor exponent) -> Tensor", VT_OP_OUT | VT_OP_FUNCTION | VT_OP_COMPOSITE, kPowDoc},
      {"rpow(Tensor self, Tensor|Scalar other) -> Tensor", VT_OP_FUNCTION | VT_OP_CPU_SCALARS, kRpowDoc},
      {"atan2(Tensor self, Tensor other) -> Tensor", kFlags, kAtan2Doc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"pow", boxed<pow>}, {"rpow", boxed<rpow>}, {"atan2", boxed<atan2>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"pow.scalar", boxed<pow_of_number>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
