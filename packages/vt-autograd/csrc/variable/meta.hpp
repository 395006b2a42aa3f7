// SPDX-License-Identifier: Apache-2.0
// Meta: what autograd keeps of one tensor beyond a node: the base of a view, and the gradient of a non-leaf.
#pragma once

#include <memory>

#include "engine/node.hpp"
#include "forward/level.hpp"
#include "variable/grad_cell.hpp"
#include "variable/spin_lock.hpp"

namespace vt::autograd {

// Note [Views]
// A view shares its base's storage, so a write to either changes both. Its Meta holds the base and the version at which
// its history was true. When the storage's version has moved on, the history is derived anew from the base's, as an
// as_strided of it. A write through a view gives the base a new history (CopySlices) and leaves the view's to be
// derived. A view of a tensor that does not require grad has a Meta without a node and the autograd bit in its flags,
// so that ops on it look here: its base may come to require grad later.
struct Meta : SlotObject {
  Meta() noexcept { kind = ObjectKind::kMeta; }

  SpinLock lock;              // guards node and output_nr
  bool shows_tangent = true;  // the base's tangent, when that becomes a dual number
  Node* node = nullptr;       // owned
  uint32_t output_nr = 0;
  std::atomic<uint32_t> version{0};  // of the storage, when node was true
  VtTensor* base = nullptr;          // owned; NULL when the tensor is no view
  std::shared_ptr<GradCell> grad;    // of a non-leaf; set when first needed, by the thread that owns the tensor
  uint64_t retaining_hook = 0;       // of the node, fills `grad`; 0 when the gradient is not retained
  std::unique_ptr<Tangent> tangent;  // of a dual number
};

Meta* make_meta();
void free_meta(Meta* meta) noexcept;

}  // namespace vt::autograd
