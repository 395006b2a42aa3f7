// SPDX-License-Identifier: Apache-2.0
// PlainCall: the backward of a plain node, which most are.
#pragma once

#include <algorithm>
#include <utility>

#include "engine/apply.hpp"
#include "engine/prefetch.hpp"
#include "engine/saved.hpp"

namespace vt::autograd {

// Note [Plain nodes]
// A plain node records an operator of one result and few arguments, none of them a list. While it has no hooks, nobody observes,
// nothing is recorded and its stream is the current one, its row is called at once, with all that it needs on the stack, and may
// use what Note [Gradients reused] in engine.cpp tells of. Any other node, and plain ones otherwise, go through apply.hpp.
inline constexpr uint32_t kMaxPlainValues = 9;  // arguments and result
inline constexpr uint32_t kMaxPlainEdges = 4;

class PlainCall {
 public:
  // Takes `grad` over.
  PlainCall(RowNode& node, VtTensor* grad) noexcept : node_(node), grad_(grad) {}
  PlainCall(const PlainCall&) = delete;
  PlainCall& operator=(const PlainCall&) = delete;
  ~PlainCall() {
    for (uint32_t e = 0; e < node_.num_edges; ++e)
      if (VtTensor* made = take(e)) tables().tensor->release(made);
    if (grad_) tables().tensor->release(grad_);
  }

  // Asks for the gradient of an edge. `waiting` may be added to in its stead; NULL where nothing is.
  void need(uint32_t edge, VtTensor* waiting) noexcept {
    results_[edge].as.tensor = waiting;
    needed_ |= 1u << edge;
  }
  uint32_t needed() const noexcept { return needed_; }

  // Frees what the node saved afterwards unless `keep`. `lends`: the gradient may be written to. `trail`: of a long backward,
  // else NULL.
  void run(bool keep, bool lends, SavedTrail* trail) {
    if (keep) {
      const SavedReader reader(node_);
      return call_row(lends, trail);
    }
    SavedOwner owner(node_);
    call_row(lends, trail);
    owner.done();
  }

  // What was made for an edge, not yet fitted and to be owned; NULL when it is zero or has been added to what waits.
  VtTensor* take(uint32_t edge) noexcept {
    VtValue& made = results_[edge];
    if (std::exchange(made.tag, VT_NONE) != VT_TENSOR) return nullptr;
    if (!is_handed_back(made)) return made.as.tensor;
    return made.as.tensor == grad_ ? std::exchange(grad_, nullptr) : nullptr;
  }

 private:
  void call_row(bool lends, SavedTrail* trail) {
    if (trail) trail->follow(node_);
    VtValue args[1 + kMaxPlainValues + 1];
    const uint32_t num_values = node_.num_values();
    args[0] = value_of(grad_);
    std::fill_n(args + 1, num_values, none());
    unpack_kept(node_, args + 1);
    args[1 + num_values] = {VT_INT, lends, {needed_}};
    const auto num_args = static_cast<int32_t>(1 + num_values + 1);
    check(node_.row->backward(node_.row->context, args, num_args, results_));
  }

  RowNode& node_;
  VtTensor* grad_;
  uint32_t needed_ = 0;  // bit of each edge
  VtValue results_[kMaxPlainEdges] = {};
};

}  // namespace vt::autograd
