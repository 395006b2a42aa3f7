// SPDX-License-Identifier: Apache-2.0
// Which dtypes a pointwise op takes and computes in, and how activations read their arguments: the same on every device.
#pragma once

#include <vt/abi/value.h>
#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/pointwise.hpp>

#include <string>
#include <string_view>

namespace vt {

// What a call needs to know of its op (Note [Pointwise ops]).
struct PointwiseRule {
  const char* name;
  uint32_t takes;
  pointwise::Computes computes;

  bool gives_bool() const noexcept {
    return computes == pointwise::Computes::kPredicate || computes == pointwise::Computes::kInBool;
  }
  bool promotes(DLDataType dtype) const noexcept {
    return computes == pointwise::Computes::kInFloat && dtype_info(dtype).category <= Category::kInteger;
  }
  // The dtype that elements of a common dtype are computed in.
  DLDataType computed_in(DLDataType common) const noexcept {
    if (computes == pointwise::Computes::kInBool) return kBool;
    if (is_small_float(common)) return kFloat32;
    const bool is_integral = dtype_info(common).category <= Category::kInteger;
    return computes != pointwise::Computes::kInKind && is_integral ? kFloat32 : common;
  }
  // Refuses a dtype that the op does not take.
  void check_takes(DLDataType dtype, const char* device) const {
    const DtypeInfo& info = dtype_info(known_dtype_index(dtype));
    const uint32_t floats = info.itemsize == 1 ? pointwise::kTakesFloat8 : pointwise::kTakesFloats;
    const uint32_t kinds[] = {pointwise::kTakesBool, pointwise::kTakesIntegers, floats, pointwise::kTakesComplex};
    if (!(takes & kinds[static_cast<size_t>(info.category)]))
      fail(VT_ERROR_NOT_IMPLEMENTED, std::string(name) + ": not implemented for " + std::string(info.name) + " on " +
                                         device + "; convert to another dtype first");
  }
};

template <class Op>
inline constexpr PointwiseRule kRuleOf{Op::kName, Op::kTakes, Op::kComputes};

// Whether `approximate` of gelu is 'tanh'; anything but that and 'none' is refused.
inline bool by_tanh(const char* op, const VtValue& approximate) {
  const std::string_view text = approximate.as.string;
  if (text != "tanh" && text != "none")
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": unknown approximation: got '" + std::string(text) + "', expected 'none' or 'tanh'");
  return text == "tanh";
}

// A real Scalar argument.
inline double real_number(const char* op, const char* argument, const VtValue& value) {
  const Number number = number_of(value);
  if (number.category == Category::kComplex)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": " + argument + " must be real: got a complex number");
  return number.real;
}

}  // namespace vt
