// SPDX-License-Identifier: Apache-2.0
// fmax, fmin, copysign, hypot, heaviside, nextafter, logaddexp, logaddexp2, ldexp and float_power on the CPU.
#include <vt/cpp/complex_forms.hpp>
#include <vt/cpp/op.hpp>

#include "ops/binary_runs.hpp"
#include "ops/loops/binary.hpp"

namespace vt::core {

namespace {

// The op by its loops on two tensors, or on a tensor and a number.
template <BinaryKind Kind>
void pair(const char* name, const VtValue* args, VtValue* result) {
  const BinaryOp op = binary_op(name, Kind);
  if (dense_binary(name, op.loops, args, result) || dense_number(op.number_loops, args, result)) [[likely]]
    return;
  planned_binary(op, args, result);
}

void fmax(const VtValue* args, VtValue* result) { pair<kFmax>("fmax", args, result); }
void fmin(const VtValue* args, VtValue* result) { pair<kFmin>("fmin", args, result); }
void hypot(const VtValue* args, VtValue* result) { pair<kHypot>("hypot", args, result); }
void logaddexp(const VtValue* args, VtValue* result) {
  if (complex_forms::is_complex(args[0]) || complex_forms::is_complex(args[1]))
    return complex_forms::logaddexp(args, result);
  pair<kLogaddexp>("logaddexp", args, result);
}
void logaddexp2(const VtValue* args, VtValue* result) { pair<kLogaddexp2>("logaddexp2", args, result); }

void copysign(const VtValue* args, VtValue* result) {
  BinaryOp op = binary_op("copysign", kCopysign);
  op.plan_flags |= VT_ITER_INT_TO_FLOAT;
  planned_binary(op, args, result);
}

void heaviside(const VtValue* args, VtValue* result) {
  check_same_dtype("heaviside", args);
  pair<kHeaviside>("heaviside", args, result);
}

// A 0-dim neighbour is rounded to the dtype first: in float it may lie between two of its numbers.
void nextafter(const VtValue* args, VtValue* result) {
  planned_binary({"nextafter", loops<BinaryLoops>().by_kind[kNextafter], nullptr}, args, result);
}

void ldexp(const VtValue* args, VtValue* result) {
  if (complex_forms::is_complex(args[0]) || complex_forms::is_complex(args[1]))
    return complex_forms::ldexp(args, result);
  BinaryOp op = binary_op("ldexp", kLdexp);
  op.plan_flags |= VT_ITER_INT_TO_FLOAT;
  op.second_unrounded = true;  // an exponent that a half type cannot hold
  planned_binary(op, args, result);
}

bool is_complex(const VtValue& v) {
  return is_tensor(v) ? dtype_info(known_dtype_index(v.as.tensor->dl.dtype)).category == Category::kComplex
                      : v.tag == VT_COMPLEX;
}

// pow of both operands in float64 or complex128.
void float_power(const VtValue* args, VtValue* result) {
  static const Op to("to.dtype");
  static const Op pow("pow");
  static const Op rpow("rpow");
  const DLDataType dtype = is_complex(args[0]) || is_complex(args[1]) ? kComplex128 : kFloat64;
  if (is_tensor(result[0]) && !same_dtype(result[0].as.tensor->dl.dtype, dtype))
    fail(VT_ERROR_RUNTIME, "float_power: the result is " + std::string(dtype_name(dtype)) +
                               " and cannot be stored in " + std::string(dtype_name(result[0].as.tensor->dl.dtype)));
  // A destination that is `self` is of the dtype and stays itself.
  const auto wide = [dtype](const VtValue& v) { return is_tensor(v) ? to(v, dtype) : Tensor(); };
  const auto operand = [](const Tensor& t, const VtValue& v) {
    if (t) return value_of(t.get());
    return v.tag == VT_COMPLEX ? v : value_of(number_of(v).real);
  };
  const Tensor base = wide(args[0]);
  const Tensor exponent = wide(args[1]);
  const Tensor out = base ? pow.into(result[0], base, operand(exponent, args[1]))
                          : rpow.into(result[0], exponent, operand(base, args[0]));
  result[0] = value_of(Tensor(out).release());
}

constexpr char kFmaxDoc[] =
    R"(The larger of `self` and `other`, element by element: as `maximum`, but a number wins against NaN.

Parameters
----------
self : Tensor
    Any shape; any dtype but float8 and the complex ones.
other : Tensor
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype; NaN where both are. The gradient goes to `self` where both are equal.)";

constexpr char kFminDoc[] = R"(The smaller of `self` and `other`, element by element: as `fmax` in everything else.)";

constexpr char kCopysignDoc[] =
    R"(The magnitude of `self` with the sign of `other`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8.
other : Tensor or Scalar
    Broadcastable with `self`. Zeros and NaN have signs too.

Returns
-------
Tensor
    Of the broadcast shape; integers and bool give the default dtype.)";

constexpr char kHypotDoc[] =
    R"(``sqrt(self ** 2 + other ** 2)``, element by element, without overflow or underflow of the squares.

Parameters
----------
self : Tensor
    Any shape; floats but float8.
other : Tensor
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype, within 1 ulp. Infinite where either is, even if the other is NaN.)";

constexpr char kHeavisideDoc[] =
    R"(The step function: 0 where `self` is below zero or NaN, 1 where it is above, `values` where it is zero.

Parameters
----------
self : Tensor
    Any shape; any dtype but float8 and the complex ones.
values : Tensor
    Of the same dtype, broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape; never requires grad.

Raises
------
RuntimeError
    If the dtypes differ.)";

constexpr char kNextafterDoc[] =
    R"(The number next to `self` in the direction of `other`, in their common dtype; `other` where both are equal.

Parameters
----------
self : Tensor
    Any shape; floats but float8.
other : Tensor
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype; NaN where either is.)";

constexpr char kLogaddexpDoc[] =
    R"(``log(exp(self) + exp(other))``, element by element, without overflow of the exponentials.

Parameters
----------
self : Tensor
    Any shape; floats but float8.
other : Tensor
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype.)";

constexpr char kLogaddexp2Doc[] = R"(``log2(2 ** self + 2 ** other)``: `logaddexp` to base 2.)";

constexpr char kLdexpDoc[] =
    R"(``self * 2 ** other``, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8.
other : Tensor
    The exponents, broadcastable with `self`. Whole ones scale exactly, rounding where the result is subnormal.

Returns
-------
Tensor
    Of the broadcast shape; integers and bool give the default dtype. It overflows only where the result does.)";

constexpr char kFloatPowerDoc[] =
    R"(`self` to the power of `exponent`, computed in float64, or complex128 for complex operands: `pow` of both cast to it.

Parameters
----------
self : Tensor or Scalar
    Any shape and dtype.
exponent : Tensor or Scalar
    Broadcastable with `self`.

Returns
-------
Tensor
    float64 or complex128, of the broadcast shape.

Raises
------
RuntimeError
    If a destination is of another dtype.)";

}  // namespace

void register_pairs(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_OUT | VT_OP_CPU_SCALARS | kFunctionAndMethod;
  constexpr uint32_t kInPlace = kFlags | VT_OP_INPLACE;
  const OpRow ops[] = {
      {"fmax(Tensor self, Tensor other) -> Tensor", kFlags, kFmaxDoc},
      {"fmin(Tensor self, Tensor other) -> Tensor", kFlags, kFminDoc},
      {"copysign(Tensor self, Tensor|Scalar other) -> Tensor", kInPlace, kCopysignDoc},
      {"hypot(Tensor self, Tensor other) -> Tensor", kInPlace, kHypotDoc},
      {"heaviside(Tensor self, Tensor values) -> Tensor", kInPlace | VT_OP_NOT_DIFFERENTIABLE, kHeavisideDoc},
      {"nextafter(Tensor self, Tensor other) -> Tensor", kInPlace, kNextafterDoc},
      {"logaddexp(Tensor self, Tensor other) -> Tensor", kFlags, kLogaddexpDoc},
      {"logaddexp2(Tensor self, Tensor other) -> Tensor", kFlags, kLogaddexp2Doc},
      {"ldexp(Tensor self, Tensor other) -> Tensor", kInPlace, kLdexpDoc},
      {"float_power(Tensor self, Tensor|Scalar exponent) -> Tensor", kInPlace | VT_OP_COMPOSITE, kFloatPowerDoc},
      {"float_power.scalar(Scalar self, Tensor exponent) -> Tensor", VT_OP_OUT | VT_OP_FUNCTION | VT_OP_COMPOSITE,
       kFloatPowerDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"fmax", boxed<fmax>},           {"fmin", boxed<fmin>},
      {"copysign", boxed<copysign>},   {"hypot", boxed<hypot>},
      {"heaviside", boxed<heaviside>}, {"nextafter", boxed<nextafter>},
      {"logaddexp", boxed<logaddexp>}, {"logaddexp2", boxed<logaddexp2>},
      {"ldexp", boxed<ldexp>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"float_power", boxed<float_power>}, {"float_power.scalar", boxed<float_power>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
