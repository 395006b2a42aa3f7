// SPDX-License-Identifier: Apache-2.0
// Keeping and calling observers.
#include "engine/observers.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace vt::autograd {

namespace {

struct Observer {
  uint64_t handle = 0;
  VtGraphObserver calls{};
  ~Observer() {
    if (calls.release) calls.release(calls.context);
  }
};

using Observers = std::vector<std::shared_ptr<const Observer>>;

std::mutex mutex;  // guards the list; no observer runs or dies under it

Observers& list() {
  static auto* observers = new Observers;  // never freed: backward may run while the process ends
  return *observers;
}

std::atomic<uint32_t> num_observers{0};

Observers snapshot() {
  const std::lock_guard lock(mutex);
  return list();
}

}  // namespace

uint64_t add_observer(const VtGraphObserver& calls) {
  if (calls.struct_size < sizeof(VtGraphObserver))
    fail(VT_ERROR_VALUE, "add_observer: the observer's struct_size is too small");
  auto observer = std::make_shared<Observer>();
  Observer* added = observer.get();
  added->handle = new_hook_handle();
  const uint64_t handle = added->handle;
  {
    const std::lock_guard lock(mutex);
    list().push_back(std::move(observer));
    added->calls = calls;  // taken over only now that nothing can fail
  }
  num_observers.fetch_add(1, std::memory_order_relaxed);
  num_watchers.fetch_add(1, std::memory_order_relaxed);
  return handle;
}

void remove_observer(uint64_t handle) {
  std::shared_ptr<const Observer> removed;  // dies after the lock is given up
  {
    const std::lock_guard lock(mutex);
    const auto found =
        std::find_if(list().begin(), list().end(), [&](const auto& observer) { return observer->handle == handle; });
    if (found == list().end()) return;
    removed = std::move(*found);
    list().erase(found);
  }
  num_observers.fetch_sub(1, std::memory_order_relaxed);
  num_watchers.fetch_sub(1, std::memory_order_relaxed);
}

bool has_observers() noexcept { return num_observers.load(std::memory_order_relaxed) != 0; }

void notify_recorded(Node* node) {
  for (const auto& observer : snapshot())
    if (observer->calls.recorded) check(observer->calls.recorded(observer->calls.context, to_handle(node)));
}

void notify_ran(Node* node, std::span<VtTensor* const> grads, uint64_t elapsed_ns) {
  for (const auto& observer : snapshot())
    if (observer->calls.ran)
      check(observer->calls.ran(observer->calls.context, to_handle(node), grads.data(),
                                static_cast<int32_t>(grads.size()), elapsed_ns));
}

void notify_failed(Node* node) noexcept {
  // What the error's exception says is put aside: an observer may call what sets and clears errors of its own.
  const VtObjectApi& object = *tables().object;
  VtError error{};
  error.struct_size = sizeof error;
  const bool is_set = object.take_error(&error) != 0;
  std::string message;
  try {
    if (is_set && error.message) message = error.message;
    for (const auto& observer : snapshot())
      if (observer->calls.failed) observer->calls.failed(observer->calls.context, to_handle(node));
  } catch (const std::exception&) {  // no memory for the list: the error on its way says more
  }
  VtError own{};
  own.struct_size = sizeof own;
  if (object.take_error(&own) && own.cause) own.release_cause(own.cause);
  if (!is_set) return;
  if (error.cause)
    object.set_error_cause(error.kind, message.c_str(), error.cause, error.release_cause);
  else
    object.set_error(error.kind, message.c_str());
}

}  // namespace vt::autograd
