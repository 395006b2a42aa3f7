// SPDX-License-Identifier: Apache-2.0
// Tangents of the results of a call.
#pragma once

#include <vector>

#include "engine/row_node.hpp"

namespace vt::autograd {

// Note [Tangent rules]
// A derivative row gives the product of a gradient with the Jacobian's adjoint. That is enough to have the product with the
// Jacobian itself, and a rule only says how it is had at less cost:
//
//   kTransposed    any row. The backward is linear in the gradient, so recording it on a gradient of zeros and going back from
//                  it with the tangents gives its transpose applied to them, which is the tangent of the result. For complex
//                  numbers as well: the engine's products are those of the real inner product.
//   kElementwise   one result, each element of which depends on the elements of its place alone, differentiably in the complex
//                  sense: the backward multiplies by the conjugated slope, so between two conjugations by the slope.
//   kLinear        linear in all differentiable arguments together: the operator itself, of the tangents.
//   kMultilinear   linear in each differentiable tensor: a sum over them, one replaced by its tangent at a time.
//
// A row may also bring a function of its own.
enum class JvpRule : uint8_t { kTransposed, kElementwise, kLinear, kMultilinear, kFunction };

// `tangents` is shaped as the arguments: tensors, lists with NULLs, or none; `out` has a place for each return, VT_NONE on
// entry, which stays so where the tangent is zero. Called without the forward layer.
using JvpFunction = void (*)(const VtValue* args, const VtValue* results, const VtValue* tangents, VtValue* out);

struct Jvp {
  JvpRule rule = JvpRule::kTransposed;
  JvpFunction function = nullptr;
};

// The rule of an operator; kTransposed unless set_jvp gave it another while the plugin was loaded.
Jvp jvp_of(const VtOp* op) noexcept;
void set_jvp(const VtOp* op, Jvp jvp);

// Tangents of the arguments, by argument and place in its list; no entry where an argument has none.
using Tangents = std::vector<std::vector<Tensor>>;

// Tangents of each result, lists opened, empty where zero. `node` records the call; of an in-place call its argument 0 has its
// contents from before the write.
std::vector<Tensor> jvp(const RecordedCall& call, RowNode& node, const VtValue* results, const Tangents& tangents);

}  // namespace vt::autograd
