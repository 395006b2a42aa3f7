// SPDX-License-Identifier: Apache-2.0
// Reading, replacing and adding to `.grad`.
#include "variable/grad_cell.hpp"

#include <vt/cpp/memory_format.hpp>

#include <algorithm>

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

namespace {

bool lies_by(const VtTensor* t, std::span<const int64_t> strides) noexcept {
  return strides.empty() ? (t->flags & VT_TENSOR_CONTIGUOUS) != 0 : std::ranges::equal(vt::strides_of(t), strides);
}

Tensor copy_of(const Tensor& t, std::span<const int64_t> strides) {
  if (strides.empty()) return ops().clone(t, value_of(static_cast<int64_t>(MemoryFormat::kContiguous)));
  VtTensor* raw = nullptr;
  check(tables().tensor->empty_strided(t->dl.shape, strides.data(), t->dl.ndim, t->dl.dtype, t->dl.device, &raw));
  const Tensor copy = Tensor::steal(raw);
  return ops().copy.into(copy, copy, t);
}

}  // namespace

void GradCell::accumulate(Tensor grad, std::span<const int64_t> strides) {
  const std::lock_guard serialise(accumulate_);
  Tensor present = get();
  if (!present) {
    // While the backward is recorded others may have it without a count: what was saved is an alias.
    const bool is_own = !grad_mode() && is_unshared(grad.get()) && lies_by(grad.get(), strides);
    set(is_own ? std::move(grad) : copy_of(grad, strides));
  } else if (grad_mode()) {
    set(ops().add(present, grad, kAlpha));
  } else {
    ops().add.into(present, present, grad, kAlpha);
  }
}

}  // namespace vt::autograd
