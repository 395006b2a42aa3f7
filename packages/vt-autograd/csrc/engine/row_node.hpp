// SPDX-License-Identifier: Apache-2.0
// Making the node of a recorded call: its edges, and exactly the saved values that its needed gradients read.
#pragma once

#include <optional>

#include "engine/saved.hpp"

namespace vt::autograd {

// One call being recorded.
struct RecordedCall {
  const VtOp* op;
  const VtSchema* schema;
  const VtDerivative* row;
  const VtValue* args;
  int32_t num_args;
  uint64_t needed = 0;           // bit k: gradients[k] is needed
  uint64_t reads_arguments = 0;  // of the needed gradients
  uint64_t reads_sizes = 0;
  uint64_t reads_results = 0;
};

// Sizes and strides of `self` before a write that may change them, as unsqueeze_ does.
struct FormerGeometry {
  explicit FormerGeometry(const VtTensor* t)
      : sizes(vt::sizes_of(t).begin(), vt::sizes_of(t).end()),
        strides(vt::strides_of(t).begin(), vt::strides_of(t).end()),
        storage_offset(tables().tensor->storage_offset(t)) {}
  std::vector<int64_t> sizes;
  std::vector<int64_t> strides;
  int64_t storage_offset;
};

// What an in-place call must take before it writes.
struct BeforeWrite {
  std::vector<OwnedEdge> edges;                     // of every gradient, as RowNode::edges
  std::vector<std::pair<uint32_t, Tensor>> clones;  // argument number and its contents before the write
  std::optional<FormerGeometry> geometry;           // of argument 0, where a derivative reads its sizes
};

inline bool has_bit(uint64_t mask, int32_t index) noexcept { return index < 64 && (mask >> index & 1); }

// Gradient edges of a call, one per gradient or list entry, empty where not needed.
std::vector<OwnedEdge> edges_of(const RecordedCall& call);

// `before` is NULL for a call that wrote nothing it reads.
NodeRef make_row_node(const RecordedCall& call, const VtValue* results, BeforeWrite* before);

}  // namespace vt::autograd
