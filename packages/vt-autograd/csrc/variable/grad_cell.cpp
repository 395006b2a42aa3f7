// SPDX-License-Identifier: Apache-2.0
// Reading, replacing and adding to `.grad`.
#include "variable/grad_cell.hpp"

#include "engine/calls.hpp"
#include "engine/grad_mode.hpp"
#include "engine/gradient.hpp"

namespace vt::autograd {

GradCell::~GradCell() {
  if (grad_) tables().tensor->release(grad_);
}

Tensor GradCell::get() const {
  VtTensor* grad = nullptr;
  {
    const std::lock_guard lock(lock_);
    grad = grad_;
    ++num_readers_;
  }
  Tensor out = Tensor::share(grad);
  std::vector<VtTensor*> orphans;
  {
    const std::lock_guard lock(lock_);
    if (--num_readers_ == 0) orphans.swap(replaced_);
  }
  for (VtTensor* t : orphans) tables().tensor->release(t);
  return out;
}

void GradCell::set(Tensor grad) {
  VtTensor* old = nullptr;
  {
    const std::lock_guard lock(lock_);
    if (grad_ && num_readers_ > 0)
      replaced_.push_back(grad_);
    else
      old = grad_;
    grad_ = grad.release();
  }
  if (old) tables().tensor->release(old);
}

void GradCell::accumulate(Tensor grad) {
  const std::lock_guard serialise(accumulate_);
  Tensor present = get();
  if (!present) {
    set(grad_mode() || is_sole_owner(grad.get()) ? std::move(grad) : ops().clone(grad));
  } else if (grad_mode()) {
    set(ops().add(present, grad, kAlpha));
  } else {
    ops().add.into(present, present, grad, kAlpha);
  }
}

}  // namespace vt::autograd
