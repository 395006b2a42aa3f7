// SPDX-License-Identifier: Apache-2.0
// Entering and leaving dual levels.
#include "forward/level.hpp"

#include <vector>

namespace vt::autograd {

namespace {

thread_local std::shared_ptr<DualLevel> current;

// Sees every call while a level is open: a view of a tensor that became dual later carries no flag of its own.
void include_layer(bool included) noexcept {
  VtThreadLayers* layers = tables().dispatch->thread_layers();
  layers->include = included ? layers->include | kForwardBit : layers->include & ~kForwardBit;
}

}  // namespace

void DualLevel::add(Tangent* tangent) {
  const std::lock_guard lock(mutex);
  tangents_.insert(tangent);
}

void DualLevel::remove(Tangent* tangent) noexcept {
  const std::lock_guard lock(mutex);
  tangents_.erase(tangent);
}

void DualLevel::close() {
  std::vector<std::shared_ptr<const Tensor>> values;  // released after the lock
  const std::lock_guard lock(mutex);
  values.reserve(tangents_.size());
  for (Tangent* tangent : tangents_) values.push_back(std::move(tangent->value_));
  tangents_.clear();
}

Tangent::Tangent(std::shared_ptr<DualLevel> level, Tensor value)
    : level_(std::move(level)), value_(std::make_shared<const Tensor>(std::move(value))) {
  level_->add(this);
}

Tangent::~Tangent() { level_->remove(this); }

Tensor Tangent::get() const {
  std::shared_ptr<const Tensor> value;
  {
    const std::lock_guard lock(level_->mutex);
    value = value_;
  }
  return value ? *value : Tensor();
}

const std::shared_ptr<DualLevel>& dual_level() noexcept { return current; }

void enter_dual_level() {
  if (current) fail(VT_ERROR_RUNTIME, "enter_dual_level: Nested forward mode AD is not supported at the moment");
  current = std::make_shared<DualLevel>();
  include_layer(true);
}

void exit_dual_level() {
  if (!current) fail(VT_ERROR_RUNTIME, "exit_dual_level: no level was entered");
  const std::shared_ptr<DualLevel> level = std::move(current);
  current = nullptr;
  include_layer(false);
  level->close();
}

}  // namespace vt::autograd
