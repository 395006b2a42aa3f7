// SPDX-License-Identifier: Apache-2.0
// Dual levels: the scopes of forward mode, and the tangents that live in one.
#pragma once

#include <vt/abi/forward.h>
#include <vt/cpp/tensor.hpp>

#include <memory>
#include <mutex>
#include <unordered_set>

namespace vt::autograd {

class Tangent;

// Note [Forward mode]
// A dual number is a tensor whose slot owns a Tangent. Its flags ask for a layer of their own, which lies outside of the
// autograd layer: calls without dual operands never see it. The layer lets the call run, autograd included, and computes
// the tangents of the results by dispatched operators (forward/jvp.cpp), so that tangents may be recorded in turn.
//
// Tangents belong to a level. Leaving it takes them all away, which also breaks the cycles that a tangent with a history
// may close. A thread has at most one level open; other threads may use its dual tensors meanwhile.
class DualLevel {
 public:
  void add(Tangent* tangent);
  void remove(Tangent* tangent) noexcept;
  // Takes away every tangent.
  void close();

  std::mutex mutex;  // guards the set and the value of each tangent; no count of a tensor changes under it

 private:
  std::unordered_set<Tangent*> tangents_;
};

// The tangent of one tensor, owned by its slot.
class Tangent {
 public:
  Tangent(std::shared_ptr<DualLevel> level, Tensor value);
  Tangent(const Tangent&) = delete;
  Tangent& operator=(const Tangent&) = delete;
  ~Tangent();

  // Empty once the level was left.
  Tensor get() const;
  const std::shared_ptr<DualLevel>& level() const noexcept { return level_; }
  // For the cycle collector: the tensor that this alone keeps alive.
  VtTensor* peek() const noexcept { return value_ && value_.use_count() == 1 ? value_->get() : nullptr; }

 private:
  friend class DualLevel;

  std::shared_ptr<DualLevel> level_;
  std::shared_ptr<const Tensor> value_;  // shared, so that a reader leaves the tensor's own count alone under the lock
};

// A tensor with this bit in its flags may have a tangent.
inline constexpr int32_t kForwardLayer = VT_LAYER_FORWARD;
inline constexpr uint32_t kForwardBit = 1u << kForwardLayer;

// The calling thread's level; NULL when none is open.
const std::shared_ptr<DualLevel>& dual_level() noexcept;
// Throws RUNTIME when one is open already.
void enter_dual_level();
// Throws RUNTIME when none is open.
void exit_dual_level();

// Turns the layer off for a scope: tangents are computed by calls that need none of their own.
class ForwardOff {
 public:
  ForwardOff() noexcept : layers_(tables().dispatch->thread_layers()), before_(layers_->exclude & kForwardBit) {
    layers_->exclude |= kForwardBit;
  }
  ForwardOff(const ForwardOff&) = delete;
  ForwardOff& operator=(const ForwardOff&) = delete;
  ~ForwardOff() { layers_->exclude = (layers_->exclude & ~kForwardBit) | before_; }

 private:
  VtThreadLayers* layers_;
  uint32_t before_;
};

}  // namespace vt::autograd
