// SPDX-License-Identifier: Apache-2.0
// What the ternary ops refuse, and the dtypes of their results, the same on every device.
#pragma once

#include <vt/abi/value.h>
#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/iter/shape.hpp>
#include <vt/cpp/value.hpp>

namespace vt {

// A mask is boolean; `where` takes bytes too.
inline void check_mask(const char* op, DLDataType dtype, bool takes_bytes) {
  if (same_dtype(dtype, kBool) || (takes_bytes && same_dtype(dtype, kUInt8))) return;
  fail(VT_ERROR_RUNTIME, std::string(op) + ": the mask must be boolean: got " + std::string(dtype_name(dtype)) +
                             "; compare it with zero");
}

inline void add_operand(Promotion& promotion, const VtValue& v) {
  if (is_tensor(v)) {
    promotion.add_tensor(v.as.tensor->dl.dtype, v.as.tensor->dl.ndim);
  } else if (!is_none(v)) {
    promotion.add_number(number_of(v).category);
  }
}

// The dtype that holds either choice.
inline DLDataType choice_dtype(const char* op, const VtValue& a, const VtValue& b) {
  Promotion promotion(op);
  add_operand(promotion, a);
  add_operand(promotion, b);
  return dtype_info(promotion.result()).dtype;
}

// A value that is cast to `dtype` in silence, but not beyond its range.
inline void check_fill_value(const char* op, const VtValue& value, DLDataType dtype) {
  if (!is_tensor(value)) {
    if (!number_fits(number_of(value), dtype)) fail_number_fit(op, dtype);
    return;
  }
  const VtTensor* t = value.as.tensor;
  if (t->dl.ndim != 0)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": the value must be a number or a tensor without dimensions: got sizes " +
                               format_sizes({t->dl.shape, static_cast<size_t>(t->dl.ndim)}) +
                               "; use where for several values");
  if (dtype_info(known_dtype_index(t->dl.dtype)).category == Category::kComplex &&
      dtype_info(known_dtype_index(dtype)).category != Category::kComplex)
    fail_number_fit(op, dtype);
}

// The dtype of clamp; numbers must fit it. Complex numbers have no bounds, booleans but one that is a tensor.
inline DLDataType clamp_dtype(const char* op, const VtValue* args) {
  if (is_none(args[1]) && is_none(args[2]))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": min and max are both absent; give at least one of them");
  Promotion promotion(op);
  for (size_t i = 0; i < 3; ++i) add_operand(promotion, args[i]);
  const DtypeInfo& info = dtype_info(promotion.result());
  const bool is_extreme = (is_none(args[1]) && is_tensor(args[2])) || (is_none(args[2]) && is_tensor(args[1]));
  if ((info.category == Category::kBool && !is_extreme) || info.category == Category::kComplex ||
      is_float8(promotion.result()))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(info.name));
  for (size_t i = 1; i < 3; ++i)
    if (is_number(args[i]) && !number_fits(number_of(args[i]), info.dtype)) fail_number_fit(op, info.dtype);
  return info.dtype;
}

// lerp promotes nothing: the ends agree, and so does the weight unless it is one number. A weight of no dimensions counts as in
// other operators, so that numbers of a finer dtype give one.
inline DLDataType lerp_dtype(const char* op, const VtValue* args) {
  const DLDataType dtype = args[0].as.tensor->dl.dtype;
  const auto check_same = [&](const char* name, DLDataType got) {
    if (!same_dtype(got, dtype))
      fail(VT_ERROR_DTYPE, std::string(op) + ": dtypes must agree: got " + std::string(dtype_name(got)) + " as " +
                               name + ", expected " + std::string(dtype_name(dtype)) + "; convert one of them");
  };
  check_same("end", args[1].as.tensor->dl.dtype);
  const bool is_complex = dtype_info(known_dtype_index(dtype)).category == Category::kComplex;
  const VtValue& weight = args[2];
  if (is_tensor(weight) && weight.as.tensor->dl.ndim > 0) check_same("weight", weight.as.tensor->dl.dtype);
  if (is_tensor(weight) && weight.as.tensor->dl.ndim == 0) {
    Promotion promotion(op);
    for (size_t i = 0; i < 3; ++i) promotion.add_tensor(args[i].as.tensor->dl.dtype, args[i].as.tensor->dl.ndim);
    return dtype_info(promotion.result()).dtype;
  }
  if (is_number(weight) && number_of(weight).category == Category::kComplex && !is_complex)
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": the weight must be real: the result is " + std::string(dtype_name(dtype)));
  return dtype;
}

// addcdiv divides, which two integers do by no rule of its own.
inline void refuse_integer_quotient(const char* op, const VtValue* args) {
  const auto is_integral = [](const VtValue& v) {
    return dtype_info(known_dtype_index(v.as.tensor->dl.dtype)).category <= Category::kInteger;
  };
  if (is_integral(args[1]) && is_integral(args[2]))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": Integer division is not supported: got " +
                                       std::string(dtype_name(args[1].as.tensor->dl.dtype)) + " and " +
                                       std::string(dtype_name(args[2].as.tensor->dl.dtype)) +
                                       ", expected a floating dtype; convert one of them, or use div");
}

}  // namespace vt
