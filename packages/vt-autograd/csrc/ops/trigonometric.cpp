// SPDX-License-Identifier: Apache-2.0
// Derivatives of the trigonometric family.
#include "ops/slopes.hpp"

namespace vt::autograd {

namespace {

Tensor rsqrt(const Tensor& x) { return apply<"rsqrt">(x); }
Tensor reciprocal(const Tensor& x) { return apply<"reciprocal">(x); }
// 1 - x^2
Tensor rest_of_square(const Tensor& x) { return add(neg(square(x)), 1.0); }

Tensor tan_slope(const Tensor& y) { return add(square(y), 1.0); }
Tensor asin_slope(const Tensor& x) { return rsqrt(rest_of_square(x)); }
Tensor acos_slope(const Tensor& x) { return neg(rsqrt(rest_of_square(x))); }
Tensor atan_slope(const Tensor& x) { return reciprocal(add(square(x), 1.0)); }
Tensor sinh_slope(const Tensor& x) { return apply<"cosh">(x); }
Tensor cosh_slope(const Tensor& x) { return apply<"sinh">(x); }
Tensor asinh_slope(const Tensor& x) { return rsqrt(add(square(x), 1.0)); }
// As a product of roots, whose branch cuts are those of acosh.
Tensor acosh_slope(const Tensor& x) { return mul(rsqrt(add(x, -1.0)), rsqrt(add(x, 1.0))); }
Tensor atanh_slope(const Tensor& x) { return reciprocal(rest_of_square(x)); }

}  // namespace

void register_trigonometric(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"tan", boxed<by_result<tan_slope>>, {kReadsResult}, kElementwise},
      {"asin", boxed<by_argument<asin_slope>>, {kReadsSelf}, kElementwise},
      {"acos", boxed<by_argument<acos_slope>>, {kReadsSelf}, kElementwise},
      {"atan", boxed<by_argument<atan_slope>>, {kReadsSelf}, kElementwise},
      {"sinh", boxed<by_argument<sinh_slope>>, {kReadsSelf}, kElementwise},
      {"cosh", boxed<by_argument<cosh_slope>>, {kReadsSelf}, kElementwise},
      {"asinh", boxed<by_argument<asinh_slope>>, {kReadsSelf}, kElementwise},
      {"acosh", boxed<by_argument<acosh_slope>>, {kReadsSelf}, kElementwise},
      {"atanh", boxed<by_argument<atanh_slope>>, {kReadsSelf}, kElementwise},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
