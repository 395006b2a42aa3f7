// SPDX-License-Identifier: Apache-2.0
// Slots and gradient edges, and the state of tensors that users see.
#include "variable/variable.hpp"

#include "engine/calls.hpp"
#include "engine/gradient.hpp"
#include "engine/inference.hpp"
#include "engine/memory.hpp"
#include "forward/dual.hpp"
#include "variable/view.hpp"

namespace vt::autograd {

namespace {

OwnedEdge edge_of_meta(VtTensor* t, Meta* meta) {
  refresh_view(t, meta);
  const std::lock_guard lock(meta->lock);
  return {NodeRef::share(meta->node), meta->output_nr};
}

// Replaces the slot and gives the old one back.
void replace_slot(VtTensor* t, SlotObject* slot, uint32_t output_nr) noexcept {
  SlotObject* old = slot_of(t);
  tables().tensor->set_autograd_slot(t, slot, output_nr);
  if (old) release_slot(old);
}

const std::shared_ptr<GradCell>& ensure_cell(Meta* meta) {
  if (!meta->grad) meta->grad = std::make_shared<GradCell>();
  return meta->grad;
}

void check_grad(const VtTensor* t, const VtTensor* grad) {
  if (t == grad) fail(VT_ERROR_RUNTIME, "grad: can't assign a tensor as its own grad");
  if (!fits(grad, meta_of(t)))
    fail(VT_ERROR_RUNTIME,
         "grad: the assigned gradient does not fit the tensor: got " + describe(grad) + ", expected " + describe(t));
}

}  // namespace

Meta* ensure_meta(VtTensor* t) {
  if (Meta* meta = meta_slot(t)) return meta;
  uint32_t output_nr = 0;
  auto* node = static_cast<Node*>(slot_of(t, &output_nr));
  Meta* meta = make_meta();
  meta->node = node;  // the slot's count goes over to it
  meta->output_nr = output_nr;
  meta->version.store(tables().tensor->version(t), std::memory_order_relaxed);
  tables().tensor->set_autograd_slot(t, meta, 0);
  return meta;
}

Meta* make_meta() { return new (take_block(sizeof(Meta))) Meta; }

void free_meta(Meta* meta) noexcept {
  Node* node = meta->node;
  VtTensor* base = meta->base;
  meta->~Meta();
  give_block(meta, sizeof(Meta));
  if (node) release(node);
  if (base) tables().tensor->release(base);
}

[[gnu::hot]] void release_slot(void* slot) noexcept {
  auto* object = static_cast<SlotObject*>(slot);
  if (object->kind == ObjectKind::kMeta) return free_meta(static_cast<Meta*>(object));
  release(static_cast<Node*>(object));
}

[[gnu::hot]] OwnedEdge edge_of(VtTensor* t) {
  if (!(t->flags & kLayerBit)) return {};
  uint32_t output_nr = 0;
  SlotObject* slot = slot_of(t, &output_nr);
  if (!slot) return {};
  switch (slot->kind) {
    case ObjectKind::kMeta: return edge_of_meta(t, static_cast<Meta*>(slot));
    case ObjectKind::kAccumulate: static_cast<Accumulator*>(slot)->follow(t); [[fallthrough]];
    default: return {NodeRef::share(static_cast<Node*>(slot)), output_nr};
  }
}

[[gnu::hot]] bool requires_grad(VtTensor* t) {
  if (!(t->flags & kLayerBit)) return false;
  if (t->flags & VT_TENSOR_REQUIRES_GRAD) return true;
  SlotObject* slot = slot_of(t);
  if (!slot) return false;
  if (slot->kind != ObjectKind::kMeta) [[likely]]
    return true;
  auto* meta = static_cast<Meta*>(slot);
  refresh_view(t, meta);
  const std::lock_guard lock(meta->lock);
  return meta->node != nullptr;
}

bool is_leaf(VtTensor* t) {
  SlotObject* slot = slot_of(t);
  if (!slot || slot->kind == ObjectKind::kAccumulate) return true;
  return slot->kind == ObjectKind::kMeta && !requires_grad(t);
}

[[gnu::hot]] void set_history(VtTensor* t, NodeRef node, uint32_t output_nr) {
  SlotObject* slot = slot_of(t);
  if (!slot) [[likely]] {
    tables().tensor->set_autograd_slot(t, node.release(), output_nr);
  } else if (slot->kind == ObjectKind::kMeta) {
    auto* meta = static_cast<Meta*>(slot);
    if (meta->retaining_hook) retain_on(node.get(), output_nr, meta);
    NodeRef old;
    {
      const std::lock_guard lock(meta->lock);
      old = NodeRef::steal(std::exchange(meta->node, node.release()));
      meta->output_nr = output_nr;
      meta->version.store(tables().tensor->version(t), std::memory_order_relaxed);
    }
  } else {
    replace_slot(t, node.release(), output_nr);
  }
  tables().tensor->update_flags(t, kLayerBit, VT_TENSOR_REQUIRES_GRAD);
}

void retain_on(Node* node, uint32_t output_nr, Meta* meta) {
  auto hook = std::make_shared<Hook>();
  hook->handle = new_hook_handle();
  hook->output_nr = output_nr;
  hook->retained = ensure_cell(meta);
  const uint64_t handle = hook->handle;
  ensure_hooks(node)->add(std::move(hook));
  Hooks* before = meta->node ? meta->node->hooks.load(std::memory_order_acquire) : nullptr;
  if (const uint64_t old = std::exchange(meta->retaining_hook, handle); old && before) before->remove(old);
}

void set_requires_grad(VtTensor* t, bool value) {
  if (value && !is_differentiable(t->dl.dtype))
    fail(VT_ERROR_RUNTIME,
         "requires_grad: only Tensors of floating point and complex dtype can require gradients: got " + describe(t));
  if (value && t->flags & VT_TENSOR_INFERENCE && !inference_mode())
    fail(VT_ERROR_RUNTIME,
         "requires_grad: Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.");
  if (!is_leaf(t)) {
    if (!value)
      fail(
          VT_ERROR_RUNTIME,
          "requires_grad: you can only change requires_grad flags of leaf variables. If you want to use a computed variable "
          "in a subgraph that doesn't require differentiation use var_no_grad = var.detach().");
    return;
  }
  SlotObject* slot = slot_of(t);
  if (value) {
    if (!slot || slot->kind == ObjectKind::kMeta) {
      auto* accumulator = Accumulator::make(t);
      if (slot) accumulator->tangent = std::move(static_cast<Meta*>(slot)->tangent);
      replace_slot(t, accumulator, 0);
    }
    auto* accumulator = static_cast<Accumulator*>(slot_of(t));
    accumulator->follow(t);
    accumulator->is_wanted.store(true, std::memory_order_relaxed);
    tables().tensor->update_flags(t, kLayerBit | VT_TENSOR_REQUIRES_GRAD, 0);
  } else if (slot && slot->kind == ObjectKind::kAccumulate) {
    static_cast<Accumulator*>(slot)->is_wanted.store(false, std::memory_order_relaxed);
    tables().tensor->update_flags(t, 0, kLayerBit | VT_TENSOR_REQUIRES_GRAD);
  }
}

Tensor grad_of(VtTensor* t) {
  SlotObject* slot = slot_of(t);
  if (!slot) return {};
  if (slot->kind == ObjectKind::kAccumulate) return static_cast<Accumulator*>(slot)->grad.get();
  if (slot->kind == ObjectKind::kMeta && static_cast<Meta*>(slot)->grad) return static_cast<Meta*>(slot)->grad->get();
  return {};
}

void set_grad(VtTensor* t, VtTensor* grad) {
  if (grad) check_grad(t, grad);
  SlotObject* slot = slot_of(t);
  if (!slot) {
    if (!grad) return;
    slot = Accumulator::make(t);
    tables().tensor->set_autograd_slot(t, slot, 0);
  }
  if (slot->kind == ObjectKind::kAccumulate)
    static_cast<Accumulator*>(slot)->grad.set(Tensor::share(grad));
  else
    ensure_cell(ensure_meta(t))->set(Tensor::share(grad));
}

void retain_grad(VtTensor* t) {
  if (!requires_grad(t))
    fail(VT_ERROR_RUNTIME, "retain_grad: can't retain_grad on Tensor that has requires_grad=False");
  if (is_leaf(t)) return;
  const OwnedEdge edge = edge_of(t);
  Meta* meta = ensure_meta(t);
  if (!meta->retaining_hook) retain_on(edge.node.get(), edge.output_nr, meta);
}

void detach_in_place(VtTensor* t) {
  SlotObject* slot = slot_of(t);
  if (!slot) return;
  if (slot->kind == ObjectKind::kAccumulate) {
    drop_tangent(t);
    return set_requires_grad(t, false);
  }
  if (slot->kind == ObjectKind::kMeta && static_cast<Meta*>(slot)->base)
    fail(VT_ERROR_RUNTIME, "detach_: can't detach views in-place; use detach() instead");
  replace_slot(t, nullptr, 0);
  tables().tensor->update_flags(t, 0, kLayerBit | kForwardBit | VT_TENSOR_REQUIRES_GRAD);
}

void accumulate_non_leaf(VtTensor* t, Tensor grad) { ensure_cell(ensure_meta(t))->accumulate(std::move(grad)); }

uint64_t add_hook(VtTensor* t, VtTensorHookFn call, void* context, void (*release_context)(void* context)) {
  const OwnedEdge edge = edge_of(t);
  if (!edge.node)
    fail(VT_ERROR_RUNTIME, "register_hook: cannot register a hook on a tensor that doesn't require gradient");
  auto hook = std::make_shared<Hook>();
  hook->handle = new_hook_handle();
  hook->output_nr = edge.output_nr;
  hook->call = call;
  Hooks* hooks = ensure_hooks(edge.node.get());
  const uint64_t handle = hook->handle;
  Hook* added = hook.get();
  hooks->add(std::move(hook));
  added->context = context;  // taken over only now that nothing can fail
  added->release_context = release_context;
  return handle;
}

bool retains_grad(const VtTensor* t) noexcept {
  const Meta* meta = meta_slot(t);
  return meta && meta->retaining_hook != 0;
}

Hooks* hooks_of(VtTensor* t) {
  const OwnedEdge edge = edge_of(t);
  return edge.node ? edge.node->hooks.load(std::memory_order_acquire) : nullptr;
}

}  // namespace vt::autograd
