// SPDX-License-Identifier: Apache-2.0
// GradCell: the place of one `.grad`, read and replaced from any thread.
#pragma once

#include <vt/cpp/tensor.hpp>

#include <mutex>
#include <vector>

#include "variable/spin_lock.hpp"

namespace vt::autograd {

// Note [Gradients and locks]
// A tensor's count may reach host-language code, which may wait for a lock that another thread holds while it waits for
// ours. So no count is changed under lock_: a reader announces itself, retains outside the lock, and a tensor that is
// replaced meanwhile is put aside and released by the last reader.
//
// accumulate_ serialises additions into one gradient, kernels included. It is taken only by threads inside a backward,
// which hold no host-language lock; they may take one while they hold it.
class GradCell {
 public:
  GradCell() = default;
  GradCell(const GradCell&) = delete;
  GradCell& operator=(const GradCell&) = delete;
  ~GradCell();

  Tensor get() const;
  void set(Tensor grad);
  // Adds `grad`. When there is none yet, keeps it if nobody else has it, or else a copy, which is laid out by `strides`, row
  // by row where these are empty. Else writes into the present one (out of place in grad mode).
  void accumulate(Tensor grad, std::span<const int64_t> strides = {});
  // For the cycle collector, which runs while nobody else can reach the cell.
  VtTensor* peek() const noexcept { return grad_; }

 private:
  mutable SpinLock lock_;  // guards the fields below
  VtTensor* grad_ = nullptr;
  mutable uint32_t num_readers_ = 0;
  mutable std::vector<VtTensor*> replaced_;
  std::mutex accumulate_;
};

}  // namespace vt::autograd
