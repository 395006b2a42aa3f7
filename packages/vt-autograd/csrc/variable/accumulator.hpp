// SPDX-License-Identifier: Apache-2.0
// Accumulator: the node of a leaf, which owns its `.grad`.
#pragma once

#include "engine/node.hpp"
#include "forward/level.hpp"
#include "variable/grad_cell.hpp"

namespace vt::autograd {

// Owned by the leaf's slot and by the edges of graphs. It does not point back to the tensor: nothing here needs it.
struct Accumulator : Node {
  static Accumulator* make(const VtTensor* leaf);
  static void free(Accumulator* accumulator) noexcept;

  // Follows the leaf's sizes, dtype and device when its data was replaced.
  void follow(const VtTensor* leaf);

  // Note [Shared aliases]
  // A leaf that many nodes save, as a weight that is used at each step of a loop, would have a header for each of them. They
  // share one alias instead, from the first node to the last that has saved the leaf: each holds an edge to this accumulator.
  // An alias that the leaf no longer looks like, since its data was replaced, is not given to further nodes.
  //
  // An alias of `leaf` to be saved, which an edge of the node leads to: the shared one where that may be.
  VtTensor* share_alias(VtTensor* leaf);
  // Gives the shared alias back; false when `t` is another tensor.
  bool give_alias_back(VtTensor* t) noexcept;

  // Adds to the leaf's gradient, which gets the leaf's strides where these are dense. Nothing happens to a leaf that does not
  // require grad any more.
  void accumulate(Tensor made) {
    if (is_wanted.load(std::memory_order_relaxed)) grad.accumulate(std::move(made), strides_);
  }

  std::atomic<bool> is_wanted{true};  // the leaf requires grad

  GradCell grad;
  std::unique_ptr<Tangent> tangent;  // of a leaf that was written by dual numbers

 private:
  explicit Accumulator(const VtTensor* leaf);

  SpinLock alias_lock_;  // guards the next two
  uint32_t num_sharing_ = 0;
  std::atomic<VtTensor*> alias_{nullptr};  // NULL where no node shares it; who shares it may read it at any time
  OutputMeta meta_{};
  std::vector<int64_t> sizes_;
  std::vector<int64_t> strides_;  // of a dense leaf that does not lie row by row, else empty
};

}  // namespace vt::autograd
