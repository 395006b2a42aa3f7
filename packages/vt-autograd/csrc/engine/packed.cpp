// SPDX-License-Identifier: Apache-2.0
// Packing and unpacking saved tensors, and the hooks of a thread.
#include "engine/packed.hpp"

#include <optional>
#include <string>

#include "engine/grad_mode.hpp"

namespace vt::autograd {

namespace {

// Looked at only where is_watched() says so.
struct ThreadSavedHooks {
  std::vector<std::shared_ptr<const SavedHooks>> stack;
  std::optional<std::string> disabled;
  ~ThreadSavedHooks() { num_watchers.fetch_sub(static_cast<uint32_t>(stack.size()), std::memory_order_relaxed); }
};
thread_local ThreadSavedHooks thread_hooks;

}  // namespace

void* SavedHooks::pack(VtTensor* tensor) const {
  const GradModeGuard not_recorded(false);
  const uint32_t version = tables().tensor->version(tensor);
  void* packed = nullptr;
  check(calls.pack(calls.context, tensor, &packed));
  if (tables().tensor->version(tensor) == version) return packed;
  calls.release_packed(packed);
  fail(VT_ERROR_RUNTIME,
       "A saved tensor pack hook is modifying its input in place. Tensors provided as input to pack hook can not be "
       "modified by in-place operations as this can lead to unexpected side-effects: clone the tensor first.");
}

Tensor SavedHooks::unpack(void* packed) const {
  VtTensor* tensor = nullptr;
  check(calls.unpack(calls.context, packed, &tensor));
  return Tensor::steal(tensor);
}

void PackedTensors::add(VtTensor* tensor, Place place) {
  places_.push_back(place);
  objects_.push_back(nullptr);
  objects_.back() = hooks_.pack(tensor);
}

void PackedTensors::clear() noexcept {
  std::vector<void*> objects;
  objects.swap(objects_);
  for (void* object : objects)
    if (object) hooks_.calls.release_packed(object);
}

int PackedTensors::visit(VtVisitFn visit, void* arg) const {
  if (!hooks_.calls.visit_packed) return 0;
  if (const int status = hooks_.calls.visit_packed(hooks_.calls.context, visit, arg)) return status;
  for (void* object : objects_)
    if (object)
      if (const int status = hooks_.calls.visit_packed(object, visit, arg)) return status;
  return 0;
}

void push_saved_hooks(const VtSavedHooks& hooks) {
  if (hooks.struct_size < sizeof(VtSavedHooks) || !hooks.pack || !hooks.unpack || !hooks.release_packed)
    fail(VT_ERROR_VALUE, "push_saved_hooks: a function is missing");
  if (thread_hooks.disabled) fail(VT_ERROR_RUNTIME, *thread_hooks.disabled);
  auto fresh = std::make_shared<SavedHooks>(VtSavedHooks{});
  thread_hooks.stack.push_back(fresh);
  fresh->calls = hooks;  // taken over only now that nothing can fail
  num_watchers.fetch_add(1, std::memory_order_relaxed);
}

void pop_saved_hooks() {
  if (thread_hooks.stack.empty()) fail(VT_ERROR_RUNTIME, "pop_saved_hooks: none were pushed on this thread");
  const std::shared_ptr<const SavedHooks> last = std::move(thread_hooks.stack.back());  // dies when the stack is whole
  thread_hooks.stack.pop_back();
  num_watchers.fetch_sub(1, std::memory_order_relaxed);
}

std::shared_ptr<const SavedHooks> current_saved_hooks() {
  return thread_hooks.stack.empty() ? nullptr : thread_hooks.stack.back();
}

void disable_saved_hooks(const char* message) {
  if (!message) {
    thread_hooks.disabled.reset();
    return;
  }
  if (!thread_hooks.stack.empty()) fail(VT_ERROR_RUNTIME, message);
  thread_hooks.disabled = message;
}

const char* saved_hooks_disabled() noexcept { return thread_hooks.disabled ? thread_hooks.disabled->c_str() : nullptr; }

}  // namespace vt::autograd
