// SPDX-License-Identifier: Apache-2.0
// Derivatives of functions of one tensor as slopes: what unary families share.
#pragma once

#include "ops/factors.hpp"
#include "ops/terms.hpp"

namespace vt::autograd {

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
