// SPDX-License-Identifier: Apache-2.0
// Gradient hooks of a node's results, and the cells that hold `.grad`.
#pragma once

#include <vt/cpp/tensor.hpp>

#include <memory>
#include <mutex>
#include <vector>

namespace vt::autograd {

class GradCell;

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

class Hooks {
 public:
  void add(std::shared_ptr<Hook> hook);
  bool remove(uint64_t handle);
  std::shared_ptr<Hook> find(uint64_t handle) const;
  // Those on one result: user hooks in order of registration, then the cells.
  std::vector<std::shared_ptr<Hook>> on(uint32_t output_nr) const;
  std::vector<std::shared_ptr<Hook>> all() const;

 private:
  mutable std::mutex mutex_;  // guards hooks_; no hook runs or dies under it
  std::vector<std::shared_ptr<Hook>> hooks_;
};

// Passes a gradient (owned, not NULL) through the hooks of a result. Throws what a hook reports, or when it returns a
// gradient of another size or dtype.
Tensor run_hooks(const Hooks& hooks, uint32_t output_nr, Tensor grad);

uint64_t new_hook_handle() noexcept;

}  // namespace vt::autograd
