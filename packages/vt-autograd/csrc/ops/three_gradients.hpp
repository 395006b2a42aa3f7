// SPDX-License-Identifier: Apache-2.0
// Rows whose backward is an operator that makes the gradients of input, weight and bias at once.
#pragma once

#include <array>
#include <utility>

#include "ops/rows.hpp"

namespace vt::autograd {

// Which of the three are wanted, as the operator takes it; `wanted` has to outlive the call.
inline VtValue mask(const uint8_t (&wanted)[3]) noexcept {
  VtValue v = none();
  v.tag = VT_BOOL_LIST;
  v.count = 3;
  v.as.bools = wanted;
  return v;
}

// Those that were made.
inline void hand_out(std::array<Tensor, 3>& grads, VtValue* result) noexcept {
  for (size_t k = 0; k < grads.size(); ++k)
    if (grads[k]) result[k] = owned(std::move(grads[k]));
}

}  // namespace vt::autograd
