// SPDX-License-Identifier: Apache-2.0
// Derivatives of functions of one tensor as slopes: what unary families share.
#pragma once

#include "ops/factors.hpp"

namespace vt::autograd {

inline Tensor product(const Tensor& a, const Tensor& b) {
  static const Op op("mul");
  return op(a, b);
}
inline Tensor scaled(const Tensor& a, double factor) {
  static const Op op("mul");
  return op(a, value_of(factor));
}
inline Tensor plus(const Tensor& a, double number) {
  static const Op op("add");
  return op(a, value_of(number));
}
inline Tensor apply(const char* name, const Tensor& a) { return Op(name)(a); }

// Of a row of one argument.
inline Tensor self_of(const VtValue* args) { return Tensor::share(args[1].as.tensor); }
inline Tensor result_of(const VtValue* args) { return Tensor::share(args[2].as.tensor); }
inline Tensor grad_of(const VtValue* args) { return Tensor::share(args[0].as.tensor); }

// The slope of a holomorphic function, which enters conjugated, by its argument or by its result.
using Slope = Tensor (*)(const Tensor&);

template <Slope kSlope>
void by_argument(const VtValue* args, VtValue* result) {
  result[0] = owned(times(grad_of(args), value_of(kSlope(self_of(args)).get())));
}
template <Slope kSlope>
void by_result(const VtValue* args, VtValue* result) {
  result[0] = owned(times(grad_of(args), value_of(kSlope(result_of(args)).get())));
}

inline constexpr VtGradient kReadsSelf{0, 0, bit(0), 0, 0};
inline constexpr VtGradient kReadsResult{0, 0, 0, 0, bit(0)};

}  // namespace vt::autograd
