// SPDX-License-Identifier: Apache-2.0
// How the activations with bounds, thresholds and gates read and refuse their arguments: the same on every device.
#pragma once

#include <vt/cpp/iter/shape.hpp>
#include <vt/cpp/op.hpp>
#include <vt/cpp/pointwise/nonlinear.hpp>
#include <vt/cpp/pointwise_rules.hpp>

namespace vt {

// A number in the dtype of the tensor whose elements it is compared with or stands among: rounded to a floating dtype, the
// bits of an integer for an integral one (pointwise::detail::parameter).
inline double number_parameter(const char* op, const VtValue& value, const VtValue& tensor) {
  const DLDataType dtype = tensor.as.tensor->dl.dtype;
  const Number number = number_of(value);
  if (!number_fits(number, dtype)) fail_number_fit(op, dtype);
  const DtypeIndex index = known_dtype_index(dtype);
  if (dtype_info(index).category == Category::kInteger) {
    const uint64_t integer = number.category <= Category::kInteger ? number.bits : truncate_to_int(number.real);
    return math::detail::bits_as<double>(integer);
  }
  const float single = static_cast<float>(number.real);
  switch (index) {
    case DtypeIndex::kFloat16: return static_cast<double>(half_to_float(float_to_half(single)));
    case DtypeIndex::kBFloat16: return static_cast<double>(bfloat_to_float(float_to_bfloat(single)));
    case DtypeIndex::kFloat32: return static_cast<double>(single);
    default: return number.real;
  }
}

// alpha, scale and input_scale of elu and its gradient.
inline pointwise::Parameters elu_parameters(const char* op, const VtValue* args) {
  const double alpha = real_number(op, "alpha", args[0]);
  const double scale = real_number(op, "scale", args[1]);
  return {alpha * scale, scale, real_number(op, "input_scale", args[2])};
}

// The bounds of hardtanh and its gradient for the elements of `tensor`.
inline pointwise::Parameters hardtanh_parameters(const char* op, const VtValue* bounds, const VtValue& tensor) {
  const DLDataType dtype = tensor.as.tensor->dl.dtype;
  const auto is_negative = [](const VtValue& v) {
    const Number n = number_of(v);
    return n.category == Category::kFloating ? n.real < 0 : !n.is_unsigned && static_cast<int64_t>(n.bits) < 0;
  };
  if (dtype.code == kDLUInt && (is_negative(bounds[0]) || is_negative(bounds[1])))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": an unsigned dtype has no negative bound: got " +
                               std::string(dtype_name(dtype)) + "; convert to a signed one first");
  return {number_parameter(op, bounds[0], tensor), number_parameter(op, bounds[1], tensor)};
}

inline void check_softshrink(const VtValue* args) {
  const double lambd = real_number("softshrink", "lambd", args[1]);
  if (!(lambd >= 0)) fail(VT_ERROR_RUNTIME, "softshrink: lambd must not be negative: got " + std::to_string(lambd));
}

// The floating dtypes of a composite activation, refused before anything is made.
template <class Op>
void check_taken(const char* name, const VtValue& tensor) {
  PointwiseRule rule = kRuleOf<Op>;
  rule.name = name;
  rule.check_takes(tensor.as.tensor->dl.dtype, "any device");
}

// The halves of a tensor along a dimension, as views.
struct Halves {
  Halves(const char* op, const VtValue& t, const VtValue& dim_argument) {
    static const Op narrow("narrow");
    const VtTensor* tensor = t.as.tensor;
    if (tensor->dl.ndim == 0) fail(VT_ERROR_RUNTIME, std::string(op) + ": a 0-dim tensor has no halves");
    const int64_t dim = wrap_dim(op, dim_argument.as.i, tensor->dl.ndim);
    const int64_t size = tensor->dl.shape[dim];
    if (size % 2 != 0)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": dimension " + std::to_string(dim) + " must have an even size: got " +
                                 std::to_string(size));
    first = narrow(t, dim, int64_t{0}, size / 2);
    second = narrow(t, dim, size / 2, size / 2);
  }
  Tensor first;
  Tensor second;
};

}  // namespace vt
