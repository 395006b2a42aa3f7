// SPDX-License-Identifier: Apache-2.0
// Keeping and running gradient hooks.
#include "variable/hooks.hpp"

#include <algorithm>
#include <atomic>

#include "engine/gradient.hpp"
#include "variable/grad_cell.hpp"

namespace vt::autograd {

void Hooks::add(std::shared_ptr<Hook> hook) {
  const std::lock_guard lock(mutex_);
  hooks_.push_back(std::move(hook));
}

bool Hooks::remove(uint64_t handle) {
  std::shared_ptr<Hook> removed;  // dies after the lock is given up
  const std::lock_guard lock(mutex_);
  const auto found =
      std::find_if(hooks_.begin(), hooks_.end(), [&](const auto& hook) { return hook->handle == handle; });
  if (found == hooks_.end()) return false;
  removed = std::move(*found);
  hooks_.erase(found);
  return true;
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

std::vector<std::shared_ptr<Hook>> Hooks::all() const {
  const std::lock_guard lock(mutex_);
  return hooks_;
}

Tensor run_hooks(const Hooks& hooks, uint32_t output_nr, Tensor grad) {
  for (const auto& hook : hooks.on(output_nr)) {
    if (hook->retained) {
      hook->retained->set(grad);
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

uint64_t new_hook_handle() noexcept {
  static std::atomic<uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace vt::autograd
