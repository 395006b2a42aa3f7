// SPDX-License-Identifier: Apache-2.0
// The autograd layer, and what other layers ask about a call.
#pragma once

#include <string>

#include "engine/row_node.hpp"

namespace vt::autograd {

// vt.core's autograd layer: records calls on tensors that require grad.
int autograd_layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept;

// "sum.dims"
std::string qualified_name(const VtSchema& schema);

// What a call writes to.
struct Writes {
  VtTensor* self = nullptr;    // the in-place form's
  bool out = false;            // the out form
  bool requires_grad = false;  // something written requires grad
};
Writes writes_of(const VtSchema& schema, const VtValue* args, const VtValue* result);

// Sums up what the needed gradients of a call read.
void collect_reads(RecordedCall& call) noexcept;

// Edges, and clones of what the write would destroy. An argument that shares memory with `self` is cloned as well.
BeforeWrite prepare_write(const RecordedCall& call, VtTensor* self);

}  // namespace vt::autograd
