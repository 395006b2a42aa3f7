// SPDX-License-Identifier: Apache-2.0
// Functions of one tensor, element by element, on the CPU.
#include "ops/loops/unary.hpp"
#include "ops/pointwise.hpp"

namespace vt::core {

namespace {

template <class Op>
void unary(const VtValue* args, VtValue* result) {
  run_pointwise(pointwise_op<Op>(loops<UnaryLoops>()), args, 1, result);
}

void tanh_backward(const VtValue* args, VtValue* result) {
  run_pointwise(pointwise_op<pointwise::TanhBackward>(loops<UnaryLoops>()), args, 2, result);
}

// The tensor itself unless it is complex.
void conj(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  if (dtype_info(known_dtype_index(self->dl.dtype)).category == Category::kComplex) {
    unary<pointwise::Conj>(args, result);
  } else {
    result[0] = shared_value(self);
  }
}

// The tensor itself.
void positive(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  if (same_dtype(self->dl.dtype, kBool))
    fail(VT_ERROR_NOT_IMPLEMENTED, "positive: not implemented for bool; convert to an integer dtype first");
  result[0] = shared_value(self);
}

constexpr char kNegDoc[] = R"(The elements of `self` with their sign turned; unsigned integers wrap.

Parameters
----------
self : Tensor
    Any shape; any dtype but bool and float8.

Raises
------
NotImplementedError
    If `self` is bool: use `logical_not`.

Notes
-----
Unlike PyTorch, uint16, uint32 and uint64 are supported.)";
constexpr char kAbsDoc[] = R"(The magnitudes of the elements of `self`.

Parameters
----------
self : Tensor
    Any shape; any real dtype but bool. The least signed integer is its own magnitude.)";
constexpr char kSignDoc[] = "-1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8.";
constexpr char kSquareDoc[] = "The square of each element of `self`: any dtype but bool and float8. Integers wrap.";
constexpr char kExpDoc[] = R"(e to the power of each element of `self`.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8. Integers and bool are computed in float32 and give it, half types are computed
    in float32 and rounded once.

Returns
-------
Tensor
    Within 1 ulp in float32 and float64, and the same bits on every instruction set and on CUDA devices.)";
constexpr char kExpm1Doc[] = "e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`.";
constexpr char kLogDoc[] =
    "The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`.";
constexpr char kLog1pDoc[] = "log(1 + x) for each element x of `self`, accurate near 0 too. Dtypes as for `exp`.";
constexpr char kLog2Doc[] = "The logarithm to base 2 of each element of `self`. Dtypes and accuracy as for `exp`.";
constexpr char kSqrtDoc[] =
    "The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`.";
constexpr char kRsqrtDoc[] = "1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`.";
constexpr char kSinDoc[] = R"(The sine of each element of `self`, in radians.

Dtypes as for `exp`. Within 1 ulp for magnitudes up to 2**28; the angle is reduced with a fixed number of digits, so that
larger ones lose accuracy gradually.)";
constexpr char kCosDoc[] = R"(The cosine of each element of `self`, in radians.

Dtypes and accuracy as for `sin`.)";
constexpr char kTanhDoc[] = "The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`.";
constexpr char kErfDoc[] =
    "The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within "
    "2 ulp. Dtypes as for `exp`.";
constexpr char kReciprocalDoc[] = "1 / x for each element x of `self`. Dtypes as for `exp`, and complex ones.";
constexpr char kFloorDoc[] =
    "The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied.";
constexpr char kCeilDoc[] =
    "The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied.";
constexpr char kTruncDoc[] =
    "The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied.";
constexpr char kRoundDoc[] =
    "The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are "
    "copied.";
constexpr char kIsNanDoc[] =
    "Whether each element of `self`, or a part of a complex one, is NaN. Any dtype; gives bool.";
constexpr char kIsInfDoc[] =
    "Whether each element of `self`, or a part of a complex one, is infinite. Any dtype; gives bool.";
constexpr char kIsFiniteDoc[] =
    "Whether each element of `self`, with both parts of a complex one, is neither infinite nor NaN. Any dtype; gives bool.";
constexpr char kLogicalNotDoc[] = "Whether each element of `self` is zero. Any dtype; gives bool, or writes 0 and 1.";
constexpr char kBitwiseNotDoc[] =
    "The elements of `self` with all bits turned; for bool, logical not. Bool and integers.";
constexpr char kConjDoc[] = "The complex conjugates of the elements of `self`; the tensor itself where it is real.";
constexpr char kPositiveDoc[] = "`self`, as ``+x`` gives it. Any dtype but bool.";
constexpr char kTanhBackwardDoc[] = "The gradient of tanh by its output: grad * (1 - output**2).";

}  // namespace

void register_unary(VtPlugin* plugin) {
  using namespace pointwise;
  constexpr uint32_t kFlags = VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod;
  constexpr uint32_t kFlat = kFlags | VT_OP_NOT_DIFFERENTIABLE;
  constexpr uint32_t kAsks = kFunctionAndMethod | VT_OP_NOT_DIFFERENTIABLE;
  const OpRow ops[] = {
      {"neg(Tensor self) -> Tensor", kFlags, kNegDoc},
      {"abs(Tensor self) -> Tensor", kFlags, kAbsDoc},
      {"sign(Tensor self) -> Tensor", kFlags, kSignDoc},
      {"exp(Tensor self) -> Tensor", kFlags, kExpDoc},
      {"expm1(Tensor self) -> Tensor", kFlags, kExpm1Doc},
      {"log(Tensor self) -> Tensor", kFlags, kLogDoc},
      {"log1p(Tensor self) -> Tensor", kFlags, kLog1pDoc},
      {"log2(Tensor self) -> Tensor", kFlags, kLog2Doc},
      {"sqrt(Tensor self) -> Tensor", kFlags, kSqrtDoc},
      {"rsqrt(Tensor self) -> Tensor", kFlags, kRsqrtDoc},
      {"square(Tensor self) -> Tensor", kFlags, kSquareDoc},
      {"reciprocal(Tensor self) -> Tensor", kFlags, kReciprocalDoc},
      {"sin(Tensor self) -> Tensor", kFlags, kSinDoc},
      {"cos(Tensor self) -> Tensor", kFlags, kCosDoc},
      {"tanh(Tensor self) -> Tensor", kFlags, kTanhDoc},
      {"erf(Tensor self) -> Tensor", kFlags, kErfDoc},
      {"floor(Tensor self) -> Tensor", kFlags, kFloorDoc},
      {"ceil(Tensor self) -> Tensor", kFlags, kCeilDoc},
      {"trunc(Tensor self) -> Tensor", kFlags, kTruncDoc},
      {"round(Tensor self) -> Tensor", kFlags, kRoundDoc},
      {"isnan(Tensor self) -> Tensor", kAsks, kIsNanDoc},
      {"isinf(Tensor self) -> Tensor", kAsks, kIsInfDoc},
      {"isfinite(Tensor self) -> Tensor", kAsks, kIsFiniteDoc},
      {"logical_not(Tensor self) -> Tensor", kFlat, kLogicalNotDoc},
      {"bitwise_not(Tensor self) -> Tensor", kFlat, kBitwiseNotDoc},
      {"conj(Tensor(a) self) -> Tensor(a)", kFunctionAndMethod, kConjDoc},
      {"positive(Tensor(a) self) -> Tensor(a)", kFunctionAndMethod, kPositiveDoc},
      {"tanh_backward(Tensor grad, Tensor output) -> Tensor", VT_OP_FUNCTION, kTanhBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"neg", boxed<unary<Neg>>},
      {"abs", boxed<unary<Abs>>},
      {"sign", boxed<unary<Sign>>},
      {"exp", boxed<unary<Exp>>},
      {"expm1", boxed<unary<Expm1>>},
      {"log", boxed<unary<Log>>},
      {"log1p", boxed<unary<Log1p>>},
      {"log2", boxed<unary<Log2>>},
      {"sqrt", boxed<unary<Sqrt>>},
      {"rsqrt", boxed<unary<Rsqrt>>},
      {"square", boxed<unary<Square>>},
      {"reciprocal", boxed<unary<Reciprocal>>},
      {"sin", boxed<unary<Sin>>},
      {"cos", boxed<unary<Cos>>},
      {"tanh", boxed<unary<Tanh>>},
      {"erf", boxed<unary<Erf>>},
      {"floor", boxed<unary<Floor>>},
      {"ceil", boxed<unary<Ceil>>},
      {"trunc", boxed<unary<Trunc>>},
      {"round", boxed<unary<Round>>},
      {"isnan", boxed<unary<IsNan>>},
      {"isinf", boxed<unary<IsInf>>},
      {"isfinite", boxed<unary<IsFinite>>},
      {"logical_not", boxed<unary<LogicalNot>>},
      {"bitwise_not", boxed<unary<BitwiseNot>>},
      {"conj", boxed<conj>},
      {"tanh_backward", boxed<tanh_backward>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"positive", boxed<positive>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
