// SPDX-License-Identifier: Apache-2.0
// Running the backward of one node.
#pragma once

#include "engine/node.hpp"

namespace vt::autograd {

// Runs `node` on `grads` (num_outputs, NULL for zero). `wanted` tells which edges take a gradient. `out` holds
// num_edges NULLs and receives owned gradients, not yet fitted. Frees what the node saved afterwards unless `keep`.
void apply(Node& node, VtTensor* const* grads, const bool* wanted, bool keep, VtTensor** out);

}  // namespace vt::autograd
