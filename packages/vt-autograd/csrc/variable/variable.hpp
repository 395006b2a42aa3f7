// SPDX-License-Identifier: Apache-2.0
// The autograd state of a tensor: its slot, its gradient edge, and what users ask and set.
#pragma once

#include "engine/grad_mode.hpp"
#include "engine/node.hpp"
#include "variable/accumulator.hpp"
#include "variable/meta.hpp"

namespace vt::autograd {

inline SlotObject* slot_of(const VtTensor* t, uint32_t* output_nr = nullptr) noexcept {
  return static_cast<SlotObject*>(tables().tensor->autograd_slot(t, output_nr));
}
inline Meta* meta_slot(const VtTensor* t) noexcept {
  SlotObject* slot = slot_of(t);
  return slot && slot->kind == ObjectKind::kMeta ? static_cast<Meta*>(slot) : nullptr;
}

// The tensor's Meta, put in front of its node when it has none. The tensor must not be a leaf that requires grad.
Meta* ensure_meta(VtTensor* t);

// Where the gradient of a tensor goes; empty when it does not require grad. Derives a view's history when it is stale.
OwnedEdge edge_of(VtTensor* t);
bool requires_grad(VtTensor* t);
bool is_leaf(VtTensor* t);

// Makes `t` result `output_nr` of `node`: sets its slot and flags. A gradient that the tensor retains follows.
void set_history(VtTensor* t, NodeRef node, uint32_t output_nr);

// Makes `node` store the gradient of one of its results in the cell of `meta`, in place of the node that did so before.
void retain_on(Node* node, uint32_t output_nr, Meta* meta);

// vt.autograd's release.
void release_slot(void* slot) noexcept;

void set_requires_grad(VtTensor* t, bool requires_grad);
// Makes a tensor without a history a leaf that requires grad.
inline VtTensor* differentiable(const Tensor& t) {
  if (!requires_grad(t.get())) set_requires_grad(t.get(), true);
  return t.get();
}
Tensor grad_of(VtTensor* t);
void set_grad(VtTensor* t, VtTensor* grad);
void retain_grad(VtTensor* t);
bool retains_grad(const VtTensor* t) noexcept;  // and is no leaf
void detach_in_place(VtTensor* t);

// Adds to `.grad` of a tensor that is not a leaf (backward with inputs).
void accumulate_non_leaf(VtTensor* t, Tensor grad);

// The hooks of a tensor that requires grad.
uint64_t add_hook(VtTensor* t, VtTensorHookFn call, void* context, void (*release_context)(void* context));
Hooks* hooks_of(VtTensor* t);

}  // namespace vt::autograd
