// SPDX-License-Identifier: Apache-2.0
// Running the backward of one node.
#pragma once

#include "engine/node.hpp"

namespace vt::autograd {

// What a row was lent (Note [Gradients reused] in engine.cpp), as its result: the gradient it was given, with its last use, or
// the one that waits. No count is added.
inline VtValue handed_back(const VtValue& lent) noexcept {
  VtValue value = lent;
  value.count = 1;
  return value;
}
inline bool is_handed_back(const VtValue& result) noexcept { return result.count != 0; }

// A row's first gradient when it is one and was not made: Note [Gradient of one] in engine.cpp.
inline constexpr VtValue kGradientOfOne{VT_NONE, 1, {0}};
inline bool is_gradient_of_one(const VtValue& grad) noexcept { return grad.tag == VT_NONE && grad.count != 0; }

// Runs `node` on `grads` (num_outputs, NULL for zero; NULL where it begins with a gradient of one). `wanted` tells which edges
// take a gradient. `out` holds num_edges NULLs and receives owned gradients, not yet fitted. Frees what the node saved afterwards
// unless `keep`.
void apply(Node& node, VtTensor* const* grads, const bool* wanted, bool keep, VtTensor** out);

}  // namespace vt::autograd
