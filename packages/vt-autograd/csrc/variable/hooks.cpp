// SPDX-License-Identifier: Apache-2.0
// Keeping and running hooks.
#include "variable/hooks.hpp"

#include <algorithm>
#include <atomic>
#include <map>

#include "engine/gradient.hpp"
#include "engine/node.hpp"
#include "engine/packed.hpp"
#include "variable/grad_cell.hpp"

namespace vt::autograd {

namespace {

// Where each hook of a node is, so that whoever registered one need not keep the node alive to take it back. The mutex guards
// the map and is taken before that of any Hooks.
std::mutex places_mutex;
std::map<uint64_t, Hooks*>& places() {
  static auto* map = new std::map<uint64_t, Hooks*>;  // never freed: nodes may die while the process ends
  return *map;
}

}  // namespace

Hooks::Hooks() = default;

Hooks::~Hooks() {
  if (!node_hooks_.empty()) {
    const std::lock_guard lock(places_mutex);
    for (const auto& hook : node_hooks_) places().erase(hook->handle);
  }
  if (object_.release) object_.release(object_.object);
}

void Hooks::add(std::shared_ptr<Hook> hook) {
  const std::lock_guard lock(mutex_);
  hooks_.push_back(std::move(hook));
}

bool Hooks::remove(uint64_t handle) {
  std::shared_ptr<void> removed;  // dies after the lock is given up
  auto remove_from = [&](auto& hooks) {
    const auto found =
        std::find_if(hooks.begin(), hooks.end(), [&](const auto& hook) { return hook->handle == handle; });
    if (found == hooks.end()) return false;
    removed = std::move(*found);
    hooks.erase(found);
    return true;
  };
  const std::lock_guard places_lock(places_mutex);
  const std::lock_guard lock(mutex_);
  if (remove_from(hooks_)) return true;
  places().erase(handle);
  return remove_from(node_hooks_);
}

void remove_node_hook(uint64_t handle) {
  std::shared_ptr<NodeHook> removed;  // dies after the locks are given up
  const std::lock_guard lock(places_mutex);
  const auto place = places().find(handle);
  if (place == places().end()) return;
  removed = place->second->take(handle);
  places().erase(place);
}

std::shared_ptr<NodeHook> Hooks::take(uint64_t handle) {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::find_if(node_hooks_.begin(), node_hooks_.end(), [&](const auto& hook) { return hook->handle == handle; });
  std::shared_ptr<NodeHook> taken;
  if (found == node_hooks_.end()) return taken;
  taken = std::move(*found);
  node_hooks_.erase(found);
  return taken;
}

std::shared_ptr<Hook> Hooks::find(uint64_t handle) const {
  const std::lock_guard lock(mutex_);
  for (const auto& hook : hooks_)
    if (hook->handle == handle) return hook;
  return nullptr;
}

std::vector<std::shared_ptr<Hook>> Hooks::on(uint32_t output_nr) const {
  std::vector<std::shared_ptr<Hook>> out;
  const std::lock_guard lock(mutex_);
  for (const bool cells : {false, true})
    for (const auto& hook : hooks_)
      if (hook->output_nr == output_nr && (hook->retained != nullptr) == cells) out.push_back(hook);
  return out;
}

uint64_t Hooks::add(const VtNodeHookDef& def) {
  auto hook = std::make_shared<NodeHook>();
  const uint64_t handle = hook->handle = new_hook_handle();
  const std::lock_guard places_lock(places_mutex);
  const std::lock_guard lock(mutex_);
  node_hooks_.reserve(node_hooks_.size() + 1);
  places().emplace(handle, this);
  node_hooks_.push_back(std::move(hook));
  node_hooks_.back()->def = def;  // taken over only now that nothing can fail
  return handle;
}

std::vector<std::shared_ptr<NodeHook>> Hooks::of_kind(VtNodeHookKind kind) const {
  std::vector<std::shared_ptr<NodeHook>> out;
  const std::lock_guard lock(mutex_);
  for (const auto& hook : node_hooks_)
    if (hook->def.kind == kind) out.push_back(hook);
  return out;
}

void* Hooks::object(const HostObject& candidate) {
  const std::lock_guard lock(mutex_);
  if (!object_.object) object_ = candidate;
  return object_.object;
}

int Hooks::visit(VtVisitFn visit, void* arg) const {
  std::vector<std::shared_ptr<Hook>> hooks;
  std::vector<std::shared_ptr<NodeHook>> node_hooks;
  HostObject object;
  {
    const std::lock_guard lock(mutex_);
    hooks = hooks_;
    node_hooks = node_hooks_;
    object = object_;
  }
  for (const auto& hook : hooks)
    if (hook->visit_context)
      if (const int status = hook->visit_context(hook->context, visit, arg)) return status;
  for (const auto& hook : node_hooks)
    if (hook->def.visit)
      if (const int status = hook->def.visit(hook->def.context, visit, arg)) return status;
  if (object.object && object.visit)
    if (const int status = object.visit(object.object, visit, arg)) return status;
  return packed ? packed->visit(visit, arg) : 0;
}

Tensor run_hooks(const Hooks& hooks, uint32_t output_nr, Tensor grad) {
  for (const auto& hook : hooks.on(output_nr)) {
    if (hook->retained) {
      hook->retained->accumulate(grad);
      continue;
    }
    VtTensor* replaced = Tensor(grad).release();
    const int status = hook->call(hook->context, &replaced);
    Tensor after = Tensor::steal(replaced);
    check(status);
    if (!after) fail(VT_ERROR_TYPE, "hook: got no gradient back, expected a tensor");
    if (!std::ranges::equal(after.sizes(), grad.sizes()) || !same_dtype(after.dtype(), grad.dtype()) ||
        !same_device(after.device(), grad.device()))
      fail(VT_ERROR_RUNTIME, "hook: the gradient has been changed: got " + describe(after.get()) + ", expected " +
                                 describe(grad.get()) + "; return a gradient of the same size, dtype and device");
    grad = std::move(after);
  }
  return grad;
}

void run_node_hooks(const Hooks& hooks, VtNodeHookKind kind, std::span<VtTensor*> grads,
                    std::span<VtTensor* const> outputs) {
  for (const auto& hook : hooks.of_kind(kind)) {
    const std::vector<VtTensor*> before(grads.begin(), grads.end());
    std::vector<Tensor> keep;  // what is replaced lives until it has been compared
    for (VtTensor* t : before) keep.push_back(Tensor::share(t));
    check(hook->def.call(hook->def.context, grads.data(), static_cast<int32_t>(grads.size()), outputs.data(),
                         static_cast<int32_t>(outputs.size())));
    for (size_t i = 0; i < grads.size(); ++i) {
      if (!grads[i] || grads[i] == before[i]) continue;
      if (!before[i]) fail(VT_ERROR_RUNTIME, "hook: can't replace a None gradient with a non-None value");
      if (!fits(grads[i], meta_of(before[i])))
        fail(VT_ERROR_RUNTIME, "hook: gradient " + std::to_string(i) + " has been changed: got " + describe(grads[i]) +
                                   ", expected " + describe(before[i]) +
                                   "; return a gradient of the same size, dtype and device");
    }
  }
}

Hooks* ensure_hooks(Node* node) {
  if (Hooks* hooks = node->hooks.load(std::memory_order_acquire)) return hooks;
  auto* fresh = new Hooks;
  Hooks* expected = nullptr;
  if (node->hooks.compare_exchange_strong(expected, fresh, std::memory_order_acq_rel)) return fresh;
  delete fresh;
  return expected;
}

uint64_t new_hook_handle() noexcept {
  static std::atomic<uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace vt::autograd
