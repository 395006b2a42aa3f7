// SPDX-License-Identifier: Apache-2.0
// Which dtypes a pointwise op takes and computes in, and how activations read their arguments: the same on every device.
#pragma once

#include <vt/abi/value.h>
#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/pointwise.hpp>
#include <vt/cpp/value.hpp>

#include <string>
#include <string_view>

namespace vt {

// What a call needs to know of its op (Note [Pointwise ops]).
struct PointwiseRule {
  const char* name;
  uint32_t takes;
  pointwise::Computes computes;
  bool gives_real = false;

  constexpr bool gives_bool() const noexcept {
    return computes == pointwise::Computes::kPredicate || computes == pointwise::Computes::kInBool;
  }
  constexpr bool promotes(DLDataType dtype) const noexcept {
    return computes == pointwise::Computes::kInFloat && dtype_info(dtype).category <= Category::kInteger;
  }
  // Whether elements are rounded to the default dtype before they are computed in a wider one.
  bool rounds_first(DLDataType dtype) const noexcept {
    return promotes(dtype) && is_small_float(floating_dtype(dtype));
  }
  // The dtype that elements of a common dtype are computed in.
  constexpr DLDataType computed_in(DLDataType common) const noexcept {
    if (computes == pointwise::Computes::kInBool) return kBool;
    if (is_small_float(common)) return kFloat32;
    const bool is_integral = dtype_info(common).category <= Category::kInteger;
    return computes != pointwise::Computes::kInKind && is_integral ? kFloat32 : common;
  }
  // The dtype of the result; `common` is computed in what it is or in float.
  constexpr DLDataType result_dtype(DLDataType common) const noexcept {
    if (gives_bool()) return kBool;
    if (!gives_real) return common;
    return same_dtype(common, kComplex64) ? kFloat32 : same_dtype(common, kComplex128) ? kFloat64 : common;
  }
  // An op that makes real numbers of complex ones has nowhere to write them in place.
  void check_in_place(const VtValue& destination, const VtValue& input) const {
    if (!gives_real || !is_tensor(destination) || destination.as.tensor != input.as.tensor) return;
    const DLDataType dtype = input.as.tensor->dl.dtype;
    if (!same_dtype(dtype, result_dtype(dtype)))
      fail(VT_ERROR_RUNTIME, std::string(name) + ": In-place " + name + " is not supported for complex tensors: got " +
                                 std::string(dtype_name(dtype)) + "; use the out-of-place form");
  }
  constexpr bool does_take(const DtypeInfo& info) const noexcept {
    const uint32_t floats = info.itemsize == 1 ? pointwise::kTakesFloat8 : pointwise::kTakesFloats;
    const uint32_t kinds[] = {pointwise::kTakesBool, pointwise::kTakesIntegers, floats, pointwise::kTakesComplex};
    return takes & kinds[static_cast<size_t>(info.category)];
  }
  // The dtypes that are computed as they are, into elements of their own, as bits of their DtypeIndex.
  constexpr uint32_t direct_dtypes() const noexcept {
    uint32_t bits = 0;
    for (uint32_t i = 0; i < kNumDtypes; ++i) {
      const DtypeInfo& info = kDtypeInfo[i];
      const bool is_direct = does_take(info) && !promotes(info.dtype) &&
                             same_dtype(computed_in(info.dtype), info.dtype) &&
                             same_dtype(result_dtype(info.dtype), info.dtype);
      bits |= uint32_t{is_direct} << i;
    }
    return bits;
  }
  // Refuses a dtype that the op does not take.
  void check_takes(DLDataType dtype, const char* device) const {
    const DtypeInfo& info = dtype_info(known_dtype_index(dtype));
    if (!does_take(info))
      fail(VT_ERROR_NOT_IMPLEMENTED, std::string(name) + ": not implemented for " + std::string(info.name) + " on " +
                                         device + "; convert to another dtype first");
  }
};

template <class Op>
concept GivesReal = requires { Op::kGivesReal; };

template <class Op>
inline constexpr PointwiseRule kRuleOf{Op::kName, Op::kTakes, Op::kComputes, GivesReal<Op>};

// The dtype that a plan is told to give: of the promoted inputs unless the op changes it.
inline DLDataType planned_dtype(const PointwiseRule& rule, DLDataType input, DLDataType promoted) noexcept {
  const DLDataType result = rule.result_dtype(input);
  return same_dtype(result, input) ? promoted : result;
}

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

// The parameters of logit(self, eps).
inline pointwise::Parameters logit_parameters(const VtValue* args) {
  return {is_none(args[1]) ? math::detail::kNaN<double> : number_of(args[1]).real};
}

// The parameters of the derivative of order n of digamma, n >= 1: n + 1 and the factor (-1)^(n + 1) n!.
inline pointwise::Parameters polygamma_parameters(int64_t n) {
  const auto order = static_cast<double>(n);
  double factor = n % 2 == 0 ? -1.0 : 1.0;
  for (double k = 2.0; k <= order && factor * factor < math::detail::kInfinity<double>; k += 1.0) factor *= k;
  return {order + 1.0, factor};
}
// n of polygamma.of(self, n).
inline int64_t polygamma_order(const VtValue* args) {
  const int64_t n = args[1].as.i;
  if (n < 0) fail(VT_ERROR_RUNTIME, "polygamma: n must not be negative: got " + std::to_string(n));
  return n;
}

// The parameters of nan_to_num(self, nan, posinf, neginf).
inline pointwise::Parameters finite_numbers(const VtValue* args) {
  constexpr auto greatest = [](DLDataType dtype) -> double {
    switch (dtype_index(dtype)) {
      case DtypeIndex::kFloat16: return 65504.0;
      case DtypeIndex::kBFloat16: return 0x1.fep127;
      case DtypeIndex::kFloat32:
      case DtypeIndex::kComplex64: return 0x1.fffffep127;
      default: return 0x1.fffffffffffffp1023;
    }
  };
  const auto given = [args](int32_t i, double otherwise) {
    return is_none(args[i]) ? otherwise : number_of(args[i]).real;
  };
  const double most = greatest(args[0].as.tensor->dl.dtype);
  return {given(1, 0.0), given(2, most), given(3, -most)};
}

}  // namespace vt
