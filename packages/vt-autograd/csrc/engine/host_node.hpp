// SPDX-License-Identifier: Apache-2.0
// HostNode: a node written by a host language, a plugin or the engine itself, through VtNodeDef.
#pragma once

#include "engine/node.hpp"

namespace vt::autograd {

struct HostNode : Node {
  VtNodeDef def{};     // its name is copied behind the node
  uint32_t bytes = 0;  // of the block
};

// A node without edges or results yet; takes over nothing on failure. `reaches_host` is left to the caller.
NodeRef make_host_node(const VtNodeDef& def, uint32_t num_edges, uint32_t num_outputs,
                       std::span<VtTensor* const> outputs);

// vt.autograd's record: edges to `inputs`, history of `outputs`.
NodeRef record_host_node(const VtNodeDef& def, VtTensor* const* inputs, VtTensor* const* outputs);

}  // namespace vt::autograd
