// SPDX-License-Identifier: Apache-2.0
// Running the backward of one node.
#pragma once

#include "engine/node.hpp"

namespace vt::autograd {

// What a node may write to in place of new tensors (Note [Gradients reused] in engine.cpp).
struct Reusable {
  bool grads = false;                  // those it is run on, where nobody else has them
  VtTensor* const* waiting = nullptr;  // what waits at the end of each edge; NULL where nothing does
};

// Runs `node` on `grads` (num_outputs, NULL for zero). `wanted` tells which edges take a gradient. `out` holds
// num_edges NULLs and receives owned gradients, not yet fitted. Frees what the node saved afterwards unless `keep`.
void apply(Node& node, VtTensor* const* grads, const bool* wanted, const Reusable& reusable, bool keep, VtTensor** out);

}  // namespace vt::autograd
