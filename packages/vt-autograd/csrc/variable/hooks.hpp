// SPDX-License-Identifier: Apache-2.0
// What is attached to a node after it was recorded: gradient hooks of its results and of its own, packed tensors, a host
// language's object.
#pragma once

#include <vt/abi/autograd.h>
#include <vt/cpp/tensor.hpp>

#include <memory>
#include <mutex>
#include <vector>

namespace vt::autograd {

class GradCell;
class PackedTensors;
struct Node;

// A hook on the gradient of one result. Its context is released when the last user lets go of it.
struct Hook {
  uint64_t handle = 0;
  uint32_t output_nr = 0;
  VtTensorHookFn call = nullptr;
  void* context = nullptr;
  void (*release_context)(void* context) = nullptr;
  int (*visit_context)(void* context, VtVisitFn visit, void* arg) = nullptr;
  std::shared_ptr<GradCell> retained;  // instead of `call`: stores the gradient (retain_grad)

  Hook() = default;
  Hook(const Hook&) = delete;
  Hook& operator=(const Hook&) = delete;
  ~Hook() {
    if (release_context) release_context(context);
  }
};

// A hook of the node itself. Its context is released when the last user lets go of it.
struct NodeHook {
  uint64_t handle = 0;
  VtNodeHookDef def{};

  NodeHook() = default;
  NodeHook(const NodeHook&) = delete;
  NodeHook& operator=(const NodeHook&) = delete;
  ~NodeHook() {
    if (def.release) def.release(def.context);
  }
};

// An object of the host language.
struct HostObject {
  void* object = nullptr;
  void (*release)(void* object) = nullptr;
  int (*visit)(void* object, VtVisitFn visit, void* arg) = nullptr;
};

class Hooks {
 public:
  Hooks();
  Hooks(const Hooks&) = delete;
  Hooks& operator=(const Hooks&) = delete;
  ~Hooks();

  void add(std::shared_ptr<Hook> hook);
  bool remove(uint64_t handle);
  std::shared_ptr<Hook> find(uint64_t handle) const;
  // Those on one result: user hooks in order of registration, then the cells.
  std::vector<std::shared_ptr<Hook>> on(uint32_t output_nr) const;

  // Takes over the definition's context unless it throws.
  uint64_t add(const VtNodeHookDef& def);
  // Takes a node hook back, if it is here.
  std::shared_ptr<NodeHook> take(uint64_t handle);
  // Those of one kind, in order of registration.
  std::vector<std::shared_ptr<NodeHook>> of_kind(VtNodeHookKind kind) const;

  // The host language's object: `candidate` when there was none and it is not NULL.
  void* object(const HostObject& candidate);

  // What the node saved in packed form (engine/packed.hpp); set before the node is published.
  std::unique_ptr<PackedTensors> packed;

  // Visits what the hooks, the object and the packed tensors own.
  int visit(VtVisitFn visit, void* arg) const;

 private:
  mutable std::mutex mutex_;  // guards the fields below; no hook runs or dies under it
  std::vector<std::shared_ptr<Hook>> hooks_;
  std::vector<std::shared_ptr<NodeHook>> node_hooks_;
  HostObject object_;
};

// Passes a gradient (owned, not NULL) through the hooks of a result. Throws what a hook reports, or when it returns a
// gradient of another size or dtype.
Tensor run_hooks(const Hooks& hooks, uint32_t output_nr, Tensor grad);

// Passes gradients (owned, NULL entries allowed) through the node's hooks of one kind. Throws what a hook reports, or when one
// changes what it must not.
void run_node_hooks(const Hooks& hooks, VtNodeHookKind kind, std::span<VtTensor*> grads,
                    std::span<VtTensor* const> outputs);

// Takes back a hook of a node; does nothing once that node is gone.
void remove_node_hook(uint64_t handle);

// The hooks of a node, made when it has none.
Hooks* ensure_hooks(Node* node);

uint64_t new_hook_handle() noexcept;

}  // namespace vt::autograd
