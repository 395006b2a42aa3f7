// SPDX-License-Identifier: Apache-2.0
// What the binary ops refuse, the same on every device.
#pragma once

#include <vt/abi/value.h>
#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/value.hpp>

namespace vt {

// `alpha` must not lift the result above its dtype's category, and must fit it.
inline void check_alpha(const char* op, const Number& alpha, DLDataType dtype) {
  const Category category = dtype_info(dtype).category;
  const auto refuse = [&](const char* what) {
    fail(VT_ERROR_RUNTIME, std::string(op) + ": " + what + ": the result is " + std::string(dtype_name(dtype)));
  };
  if (alpha.category == Category::kBool && category != Category::kBool)
    refuse("a boolean alpha needs a boolean result");
  if (alpha.category == Category::kFloating && category <= Category::kInteger)
    refuse("alpha must be an integer for an integral result");
  if (alpha.category == Category::kComplex && category != Category::kComplex)
    refuse("alpha must be real for a result that is not complex");
  if (!number_fits(alpha, dtype)) fail_number_fit(op, dtype);
}

// Booleans have no difference, neither from each other nor from a number.
inline void refuse_booleans(const char* op, const VtValue* operands) {
  const auto is_bool = [](const VtValue& v) {
    return is_tensor(v) ? same_dtype(v.as.tensor->dl.dtype, kBool) : v.tag == VT_BOOL;
  };
  if (is_bool(operands[0]) || is_bool(operands[1]))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(op) + ": not implemented for bool; combine booleans by logical operators, or convert them first");
}

// A whole number as exponent of integers is neither negative nor beyond their dtype, a real one within that of real numbers.
inline void check_exponent(const char* op, const VtValue& base, const VtValue& exponent) {
  const DLDataType dtype = base.as.tensor->dl.dtype;
  const Category category = dtype_info(dtype).category;
  if (is_tensor(exponent)) return;
  const Number number = number_of(exponent);
  if (category <= Category::kInteger && number.category <= Category::kInteger) {
    if (!number.is_unsigned && static_cast<int64_t>(number.bits) < 0)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": Integers to negative integer powers are not allowed: got " +
                                 std::to_string(static_cast<int64_t>(number.bits)) + "; convert the base to float32");
    if (!number_fits(number, dtype)) fail_number_fit(op, dtype);
  }
  if (category == Category::kFloating && number.category <= Category::kFloating && !number_fits(number, dtype))
    fail_number_fit(op, dtype);
}

// heaviside promotes nothing.
inline void check_same_dtype(const char* op, const VtValue* operands) {
  const DLDataType a = operands[0].as.tensor->dl.dtype;
  const DLDataType b = operands[1].as.tensor->dl.dtype;
  if (!same_dtype(a, b))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": dtypes must agree: got " + std::string(dtype_name(a)) + " and " +
                               std::string(dtype_name(b)) + "; convert one of them");
}

// How div rounds its quotient.
enum class Rounding { kNone, kTrunc, kFloor };

inline Rounding rounding_of(const char* op, const VtValue& mode) {
  if (is_none(mode)) return Rounding::kNone;
  const std::string_view text(mode.as.string);
  if (text == "trunc") return Rounding::kTrunc;
  if (text == "floor") return Rounding::kFloor;
  fail(VT_ERROR_RUNTIME,
       std::string(op) + ": rounding_mode: got '" + std::string(text) + "', expected None, 'trunc' or 'floor'");
}

}  // namespace vt
