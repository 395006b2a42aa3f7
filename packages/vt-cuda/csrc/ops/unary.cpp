// SPDX-License-Identifier: Apache-2.0
// Functions of one tensor, element by element, on CUDA devices.
#include <vt/cpp/op.hpp>

#include "pointwise.hpp"

namespace vt::cuda {
namespace {

template <class Op>
void unary(const VtValue* args, VtValue* result) {
  launch_pointwise(unary_op<Op>(), args, 1, result);
}

// Of booleans as integers.
void square(const VtValue* args, VtValue* result) {
  if (!same_dtype(args[0].as.tensor->dl.dtype, kBool)) return unary<pointwise::Square>(args, result);
  static const Op pow("pow");
  result[0] = value_of(pow.into(result[0], args[0], int64_t{2}).release());
}

void tanh_backward(const VtValue* args, VtValue* result) {
  launch_pointwise(unary_op<pointwise::TanhBackward>(), args, 2, result);
}

void nan_to_num(const VtValue* args, VtValue* result) {
  launch_pointwise(unary_op<pointwise::NanToNum>(), args, 1, result, finite_numbers(args));
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

}  // namespace

void register_unary(VtPlugin* plugin) {
  using namespace pointwise;
  const KernelRow rows[] = {
      {"neg", kernel<unary<Neg>>},
      {"abs", kernel<unary<Abs>>},
      {"angle", kernel<unary<Angle>>},
      {"sign", kernel<unary<Sign>>},
      {"exp", kernel<unary<Exp>>},
      {"exp2", kernel<unary<Exp2>>},
      {"expm1", kernel<unary<Expm1>>},
      {"log", kernel<unary<Log>>},
      {"log1p", kernel<unary<Log1p>>},
      {"log2", kernel<unary<Log2>>},
      {"log10", kernel<unary<Log10>>},
      {"sqrt", kernel<unary<Sqrt>>},
      {"rsqrt", kernel<unary<Rsqrt>>},
      {"sgn", kernel<unary<Sgn>>},
      {"square", kernel<square>},
      {"reciprocal", kernel<unary<Reciprocal>>},
      {"sin", kernel<unary<Sin>>},
      {"cos", kernel<unary<Cos>>},
      {"tanh", kernel<unary<Tanh>>},
      {"erf", kernel<unary<Erf>>},
      {"floor", kernel<unary<Floor>>},
      {"ceil", kernel<unary<Ceil>>},
      {"trunc", kernel<unary<Trunc>>},
      {"round", kernel<unary<Round>>},
      {"frac", kernel<unary<Frac>>},
      {"deg2rad", kernel<unary<Deg2rad>>},
      {"rad2deg", kernel<unary<Rad2deg>>},
      {"nan_to_num", kernel<nan_to_num>},
      {"isnan", kernel<unary<IsNan>>},
      {"isinf", kernel<unary<IsInf>>},
      {"isfinite", kernel<unary<IsFinite>>},
      {"isreal", kernel<unary<IsReal>>},
      {"isposinf", kernel<unary<IsPosInf>>},
      {"isneginf", kernel<unary<IsNegInf>>},
      {"signbit", kernel<unary<Signbit>>},
      {"logical_not", kernel<unary<LogicalNot>>},
      {"bitwise_not", kernel<unary<BitwiseNot>>},
      {"conj", kernel<conj>},
      {"conj_physical", kernel<unary<ConjPhysical>>},
      {"tanh_backward", kernel<tanh_backward>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
