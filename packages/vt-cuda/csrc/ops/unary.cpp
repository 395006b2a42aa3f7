// SPDX-License-Identifier: Apache-2.0
// Functions of one tensor, element by element, on CUDA devices.
#include "pointwise.hpp"

namespace vt::cuda {
namespace {

template <class Op>
void unary(const VtValue* args, VtValue* result) {
  launch_pointwise(unary_op<Op>(), args, 1, result);
}

void tanh_backward(const VtValue* args, VtValue* result) {
  launch_pointwise(unary_op<pointwise::TanhBackward>(), args, 2, result);
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
      {"sign", kernel<unary<Sign>>},
      {"exp", kernel<unary<Exp>>},
      {"expm1", kernel<unary<Expm1>>},
      {"log", kernel<unary<Log>>},
      {"log1p", kernel<unary<Log1p>>},
      {"log2", kernel<unary<Log2>>},
      {"sqrt", kernel<unary<Sqrt>>},
      {"rsqrt", kernel<unary<Rsqrt>>},
      {"square", kernel<unary<Square>>},
      {"reciprocal", kernel<unary<Reciprocal>>},
      {"sin", kernel<unary<Sin>>},
      {"cos", kernel<unary<Cos>>},
      {"tanh", kernel<unary<Tanh>>},
      {"erf", kernel<unary<Erf>>},
      {"floor", kernel<unary<Floor>>},
      {"ceil", kernel<unary<Ceil>>},
      {"trunc", kernel<unary<Trunc>>},
      {"round", kernel<unary<Round>>},
      {"isnan", kernel<unary<IsNan>>},
      {"isinf", kernel<unary<IsInf>>},
      {"isfinite", kernel<unary<IsFinite>>},
      {"logical_not", kernel<unary<LogicalNot>>},
      {"bitwise_not", kernel<unary<BitwiseNot>>},
      {"conj", kernel<conj>},
      {"tanh_backward", kernel<tanh_backward>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
