// SPDX-License-Identifier: Apache-2.0
// Ops whose kernels are for real numbers, of complex ones: composed of other ops, the same on every device.
#pragma once

#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/op.hpp>
#include <vt/cpp/value.hpp>

#include <limits>

// Each is called by a kernel of the op with its own arguments where one of them is complex.
namespace vt::complex_forms {

inline bool is_complex(const VtValue& v) noexcept {
  return is_tensor(v) && is_known_dtype(v.as.tensor->dl.dtype) &&
         dtype_info(v.as.tensor->dl.dtype).category == Category::kComplex;
}

// silu(self) = self sigmoid(self)
inline void silu(const VtValue* args, VtValue* result) {
  static const Op mul("mul");
  static const Op sigmoid("sigmoid");
  result[0] = value_of(mul.into(result[0], args[0], sigmoid(args[0])).release());
}

// softsign(self) = self / (1 + |self|)
inline void softsign(const VtValue* args, VtValue* result) {
  static const Op abs("abs");
  static const Op add("add");
  static const Op div("div");
  result[0] = value_of(div.into(result[0], args[0], add(abs(args[0]), int64_t{1})).release());
}

// tanhshrink(self) = self - tanh(self)
inline void tanhshrink(const VtValue* args, VtValue* result) {
  static const Op sub("sub");
  static const Op tanh("tanh");
  result[0] = value_of(sub.into(result[0], args[0], tanh(args[0])).release());
}

// ldexp(self, other) = self 2^other
inline void ldexp(const VtValue* args, VtValue* result) {
  static const Op mul("mul");
  static const Op rpow("rpow");
  result[0] = value_of(mul.into(result[0], args[0], rpow(args[1], 2.0)).release());
}

// logaddexp(self, other) = high + log(1 + e^(low - high)), where `high` has the greater real part. Infinite parts that are equal
// leave no difference: of minus infinities the angle is not determined, and of infinities the powers are added as they are.
inline void logaddexp(const VtValue* args, VtValue* result) {
  static const Op add("add");
  static const Op eq("eq");
  static const Op exp("exp");
  static const Op isinf("isinf");
  static const Op isnan("isnan");
  static const Op log("log");
  static const Op log1p("log1p");
  static const Op logical_and("logical_and");
  static const Op logical_or("logical_or");
  static const Op lt("lt");
  static const Op masked_fill("masked_fill");
  static const Op real("real");
  static const Op sub("sub");
  static const Op to("to.dtype");
  static const Op where("where");
  Promotion promotion("logaddexp");
  for (int i = 0; i < 2; ++i) promotion.add_tensor(args[i].as.tensor->dl.dtype, args[i].as.tensor->dl.ndim);
  const DLDataType dtype = dtype_info(promotion.result()).dtype;
  const Tensor a = to(args[0], dtype);
  const Tensor b = to(args[1], dtype);
  const Tensor is_less = lt(real(a), real(b));
  const Tensor high = where(is_less, b, a);
  const Tensor low = where(is_less, a, b);
  const Tensor part = real(low);
  const Tensor is_equal = logical_and(isinf(part), eq(part, real(high)));
  const Tensor powers = where(lt(part, int64_t{0}), low, log(add(exp(low), exp(high))));
  const Tensor sums = where(is_equal, powers, add(high, log1p(exp(sub(low, high)))));
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const double nan[] = {kNaN, kNaN};
  VtValue not_a_number = none();
  not_a_number.tag = VT_COMPLEX;
  not_a_number.as.floats = nan;
  result[0] = value_of(where.into(result[0], logical_or(isnan(a), isnan(b)), not_a_number, sums).release());
}

}  // namespace vt::complex_forms
