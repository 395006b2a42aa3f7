// SPDX-License-Identifier: Apache-2.0
// Grad mode: the autograd bit of the thread's excluded layers.
#pragma once

#include <vt/cpp/tables.hpp>

namespace vt::autograd {

inline constexpr uint32_t kLayerBit = 1u << VT_LAYER_AUTOGRAD;

inline bool grad_mode() noexcept { return !(tables().dispatch->thread_layers()->exclude & kLayerBit); }

inline bool set_grad_mode(bool enabled) noexcept {
  VtThreadLayers* layers = tables().dispatch->thread_layers();
  const bool before = !(layers->exclude & kLayerBit);
  layers->exclude = enabled ? layers->exclude & ~kLayerBit : layers->exclude | kLayerBit;
  return before;
}

// Sets the mode for a scope.
class GradModeGuard {
 public:
  explicit GradModeGuard(bool enabled) noexcept : before_(set_grad_mode(enabled)) {}
  GradModeGuard(const GradModeGuard&) = delete;
  GradModeGuard& operator=(const GradModeGuard&) = delete;
  ~GradModeGuard() { set_grad_mode(before_); }

 private:
  bool before_;
};

}  // namespace vt::autograd
