// SPDX-License-Identifier: Apache-2.0
// Functions of one tensor, element by element, on the CPU.
#include <vt/cpp/op.hpp>
#include <vt/cpp/rows.hpp>

#include <cmath>
#include <string>

#include "ops/calls.hpp"
#include "ops/loops/unary.hpp"
#include "ops/pointwise.hpp"

namespace vt::core {

namespace {

template <class Op>
void unary(const VtValue* args, VtValue* result) {
  run_pointwise(pointwise_op<Op>(loops<UnaryLoops>()), args, 1, result);
}

// Of booleans as integers.
void square(const VtValue* args, VtValue* result) {
  if (!same_dtype(args[0].as.tensor->dl.dtype, kBool)) return unary<pointwise::Square>(args, result);
  static const Op pow("pow");
  result[0] = value_of(pow.into(result[0], args[0], int64_t{2}).release());
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

// nan_to_num(self, nan, posinf, neginf): 0 and the extremes of the dtype where nothing is given.
void nan_to_num(const VtValue* args, VtValue* result) {
  const pointwise::Parameters parameters = finite_numbers(args);
  run_pointwise(pointwise_op<pointwise::NanToNum>(loops<UnaryLoops>()), args, 1, result, &parameters);
}

// round(self, decimals): to a multiple of a power of ten, which half types could not hold: theirs is taken in float32.
void round_decimals(const VtValue* args, VtValue* result) {
  static const Op round("round");
  static const Op mul("mul");
  static const Op div("div");
  const Tensor self = Tensor::share(args[0].as.tensor);
  if (dtype_info(known_dtype_index(self.dtype())).category != Category::kFloating)
    fail(VT_ERROR_NOT_IMPLEMENTED, "round: decimals are not implemented for " + std::string(dtype_name(self.dtype())) +
                                       "; convert to a floating dtype first");
  const int64_t decimals = args[1].as.i;
  const double power = std::pow(10.0, std::fabs(static_cast<double>(decimals)));
  const Op& there = decimals < 0 ? div : mul;
  const Op& back = decimals < 0 ? mul : div;
  const DLDataType dtype = self.dtype();
  const Tensor wide = dtype.bits == 16 ? rows::cast(self.get(), kFloat32) : self;
  const Tensor rounded = back(round(there(wide, power)), power);
  calls::give("round", rows::cast(rounded.get(), dtype), result[0], self.get());
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
    Any shape; any dtype but bool. The least signed integer is its own magnitude.

Returns
-------
Tensor
    Of the dtype of `self`, of its parts' dtype where it is complex.

Raises
------
RuntimeError
    If a complex tensor is to be changed in place.)";
constexpr char kAngleDoc[] = R"(The angles of the elements of `self` in the complex plane, in (-pi, pi].

Parameters
----------
self : Tensor
    Any shape; any dtype but float8.

Returns
-------
Tensor
    Of the parts' dtype for complex `self`. Real numbers give 0 or pi, NaN stays; integers and bool give the default dtype.)";
constexpr char kSgnDoc[] =
    "The sign of each element of `self` as `sign` has it; of a complex one z / abs(z), 0 for 0. Any dtype but float8.";
constexpr char kSignDoc[] = "-1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8.";
constexpr char kSquareDoc[] =
    "The square of each element of `self`: any dtype but float8. Integers wrap, bool gives int64.";
constexpr char kExpDoc[] = R"(e to the power of each element of `self`.

Parameters
----------
self : Tensor
    Any shape; any dtype but float8. Integers and bool give the default dtype, half types are computed in
    float32 and rounded once, complex64 is computed in complex128.

Returns
-------
Tensor
    Within 1 ulp in float32 and float64, and the same bits on every instruction set and on CUDA devices. Special values are
    those of C99, Annex G where complex.)";
constexpr char kExp2Doc[] =
    "2 to the power of each element of `self`, exact at integers. Dtypes and accuracy as for `exp`.";
constexpr char kExpm1Doc[] = "e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`.";
constexpr char kLogDoc[] =
    "The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`.";
constexpr char kLog1pDoc[] = "log(1 + x) for each element x of `self`, accurate near 0 too. Dtypes as for `exp`.";
constexpr char kLog2Doc[] = "The logarithm to base 2 of each element of `self`. Dtypes and accuracy as for `exp`.";
constexpr char kLog10Doc[] =
    "The logarithm to base 10 of each element of `self`, exact at powers of 10. Dtypes and accuracy as for `exp`.";
constexpr char kSqrtDoc[] =
    "The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`.";
constexpr char kRsqrtDoc[] = "1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`.";
constexpr char kSinDoc[] = R"(The sine of each element of `self`, in radians.

Dtypes as for `exp`. Within 1 ulp.)";
constexpr char kCosDoc[] = R"(The cosine of each element of `self`, in radians.

Dtypes and accuracy as for `sin`.)";
constexpr char kTanhDoc[] = "The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`.";
constexpr char kErfDoc[] =
    "The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within "
    "2 ulp. Any real dtype but float8; integers and bool give the default dtype.";
constexpr char kReciprocalDoc[] = "1 / x for each element x of `self`. Dtypes as for `exp`.";
constexpr char kFloorDoc[] =
    "The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied.";
constexpr char kCeilDoc[] =
    "The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied.";
constexpr char kTruncDoc[] =
    "The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied.";
constexpr char kRoundDoc[] =
    "The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are "
    "copied.";
constexpr char kRoundDecimalsDoc[] =
    R"(The multiples of ``10 ** -decimals`` nearest to the elements of `self`, halves to even.

Parameters
----------
self : Tensor
    Any shape; floating dtypes but float8.
decimals : int
    May be negative, for tens, hundreds and so on.)";
constexpr char kFracDoc[] =
    "The fractions of the elements of `self`, with their signs: x - trunc(x). Floating dtypes but float8.";
constexpr char kDeg2radDoc[] =
    "Degrees as radians. Any real dtype but float8; integers and bool give the default dtype.";
constexpr char kRad2degDoc[] =
    "Radians as degrees. Any real dtype but float8; integers and bool give the default dtype.";
constexpr char kNanToNumDoc[] = R"(`self` with NaN and infinities replaced by numbers.

Parameters
----------
self : Tensor
    Any shape; any dtype but float8. Of complex numbers each part is looked at.
nan : float, optional
    What stands for NaN; 0 by default.
posinf, neginf : float, optional
    What stands for infinity and minus infinity; by default the greatest and the least finite number of the dtype.

Returns
-------
Tensor
    Of the dtype of `self`. The gradient passes where `self` is finite.)";
constexpr char kIsNanDoc[] =
    "Whether each element of `self`, or a part of a complex one, is NaN. Any dtype; gives bool.";
constexpr char kIsInfDoc[] =
    "Whether each element of `self`, or a part of a complex one, is infinite. Any dtype; gives bool.";
constexpr char kIsFiniteDoc[] =
    "Whether each element of `self`, with both parts of a complex one, is neither infinite nor NaN. Any dtype; gives bool.";
constexpr char kIsRealDoc[] = "Whether each element of `self` has no imaginary part. Any dtype; gives bool.";
constexpr char kIsPosInfDoc[] = "Whether each element of `self` is infinity. Any real dtype but float8; gives bool.";
constexpr char kIsNegInfDoc[] =
    "Whether each element of `self` is minus infinity. Any real dtype but float8; gives bool.";
constexpr char kSignbitDoc[] =
    "Whether each element of `self` has its sign bit set, zeros and NaN too. Any real dtype but float8; gives bool.";
constexpr char kLogicalNotDoc[] = "Whether each element of `self` is zero. Any dtype; gives bool, or writes 0 and 1.";
constexpr char kBitwiseNotDoc[] =
    "The elements of `self` with all bits turned; for bool, logical not. Bool and integers.";
constexpr char kConjDoc[] = "The complex conjugates of the elements of `self`; the tensor itself where it is real.";
constexpr char kConjPhysicalDoc[] = R"(The complex conjugates of the elements of `self` in memory of their own.

Any dtype. Unlike in PyTorch, a real tensor is copied too rather than returned itself.)";
constexpr char kPositiveDoc[] = "`self`, as ``+x`` gives it. Any dtype but bool.";
constexpr char kTanhBackwardDoc[] = "The gradient of tanh by its output: grad * conj(1 - output**2).";

}  // namespace

void register_unary(VtPlugin* plugin) {
  using namespace pointwise;
  constexpr uint32_t kFlags = VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod;
  constexpr uint32_t kFlat = kFlags | VT_OP_NOT_DIFFERENTIABLE;
  constexpr uint32_t kAsks = kFunctionAndMethod | VT_OP_NOT_DIFFERENTIABLE;
  constexpr uint32_t kAsksInto = kAsks | VT_OP_OUT;
  const OpRow ops[] = {
      {"neg(Tensor self) -> Tensor", kFlags, kNegDoc},
      {"abs(Tensor self) -> Tensor", kFlags, kAbsDoc},
      {"angle(Tensor self) -> Tensor", VT_OP_OUT | kFunctionAndMethod, kAngleDoc},
      {"sign(Tensor self) -> Tensor", kFlags, kSignDoc},
      {"sgn(Tensor self) -> Tensor", kFlags, kSgnDoc},
      {"exp(Tensor self) -> Tensor", kFlags, kExpDoc},
      {"exp2(Tensor self) -> Tensor", kFlags, kExp2Doc},
      {"expm1(Tensor self) -> Tensor", kFlags, kExpm1Doc},
      {"log(Tensor self) -> Tensor", kFlags, kLogDoc},
      {"log1p(Tensor self) -> Tensor", kFlags, kLog1pDoc},
      {"log2(Tensor self) -> Tensor", kFlags, kLog2Doc},
      {"log10(Tensor self) -> Tensor", kFlags, kLog10Doc},
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
      {"round.decimals(Tensor self, *, int decimals) -> Tensor", kFlags | VT_OP_COMPOSITE, kRoundDecimalsDoc},
      {"frac(Tensor self) -> Tensor", kFlags, kFracDoc},
      {"deg2rad(Tensor self) -> Tensor", kFlags, kDeg2radDoc},
      {"rad2deg(Tensor self) -> Tensor", kFlags, kRad2degDoc},
      {"nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor", kFlags,
       kNanToNumDoc},
      {"isnan(Tensor self) -> Tensor", kAsks, kIsNanDoc},
      {"isinf(Tensor self) -> Tensor", kAsks, kIsInfDoc},
      {"isfinite(Tensor self) -> Tensor", kAsks, kIsFiniteDoc},
      {"isreal(Tensor self) -> Tensor", kAsks, kIsRealDoc},
      {"isposinf(Tensor self) -> Tensor", kAsksInto, kIsPosInfDoc},
      {"isneginf(Tensor self) -> Tensor", kAsksInto, kIsNegInfDoc},
      {"signbit(Tensor self) -> Tensor", kAsksInto, kSignbitDoc},
      {"logical_not(Tensor self) -> Tensor", kFlat, kLogicalNotDoc},
      {"bitwise_not(Tensor self) -> Tensor", kFlat, kBitwiseNotDoc},
      {"conj(Tensor(a) self) -> Tensor(a)", kFunctionAndMethod, kConjDoc},
      {"conj_physical(Tensor self) -> Tensor", kFlags, kConjPhysicalDoc},
      {"positive(Tensor(a) self) -> Tensor(a)", kFunctionAndMethod, kPositiveDoc},
      {"tanh_backward(Tensor grad, Tensor output) -> Tensor", VT_OP_FUNCTION, kTanhBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"neg", boxed<unary<Neg>>},
      {"abs", boxed<unary<Abs>>},
      {"angle", boxed<unary<Angle>>},
      {"sign", boxed<unary<Sign>>},
      {"exp", boxed<unary<Exp>>},
      {"exp2", boxed<unary<Exp2>>},
      {"expm1", boxed<unary<Expm1>>},
      {"log", boxed<unary<Log>>},
      {"log1p", boxed<unary<Log1p>>},
      {"log2", boxed<unary<Log2>>},
      {"log10", boxed<unary<Log10>>},
      {"sqrt", boxed<unary<Sqrt>>},
      {"rsqrt", boxed<unary<Rsqrt>>},
      {"sgn", boxed<unary<Sgn>>},
      {"square", boxed<square>},
      {"reciprocal", boxed<unary<Reciprocal>>},
      {"sin", boxed<unary<Sin>>},
      {"cos", boxed<unary<Cos>>},
      {"tanh", boxed<unary<Tanh>>},
      {"erf", boxed<unary<Erf>>},
      {"floor", boxed<unary<Floor>>},
      {"ceil", boxed<unary<Ceil>>},
      {"trunc", boxed<unary<Trunc>>},
      {"round", boxed<unary<Round>>},
      {"frac", boxed<unary<Frac>>},
      {"deg2rad", boxed<unary<Deg2rad>>},
      {"rad2deg", boxed<unary<Rad2deg>>},
      {"nan_to_num", boxed<nan_to_num>},
      {"isnan", boxed<unary<IsNan>>},
      {"isinf", boxed<unary<IsInf>>},
      {"isfinite", boxed<unary<IsFinite>>},
      {"isreal", boxed<unary<IsReal>>},
      {"isposinf", boxed<unary<IsPosInf>>},
      {"isneginf", boxed<unary<IsNegInf>>},
      {"signbit", boxed<unary<Signbit>>},
      {"logical_not", boxed<unary<LogicalNot>>},
      {"bitwise_not", boxed<unary<BitwiseNot>>},
      {"conj", boxed<conj>},
      {"conj_physical", boxed<unary<ConjPhysical>>},
      {"tanh_backward", boxed<tanh_backward>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"positive", boxed<positive>}, {"round.decimals", boxed<round_decimals>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
