// SPDX-License-Identifier: Apache-2.0
// What a caller asks a backward for: the edges where it begins, with their gradients, and those whose gradients are wanted.
#pragma once

#include <vector>

#include "engine/engine.hpp"
#include "engine/node.hpp"

namespace vt::autograd {

// An edge where a backward begins, and the gradient that it begins with; empty where it is one.
struct Root {
  OwnedEdge edge;
  Tensor grad;
};

// Refuses a request without roots, or with a NULL among its tensors.
void check_request(const BackwardRequest& request);
// Throw where a tensor or an edge is not part of a graph, or a given gradient does not fit its root.
std::vector<OwnedEdge> inputs_of(const BackwardRequest& request);
std::vector<Root> roots_of(const BackwardRequest& request);
// The gradient of one, made.
Tensor ones_like(const OutputMeta& output);

}  // namespace vt::autograd
