// SPDX-License-Identifier: Apache-2.0
// ReadyQueue: nodes of one backward whose gradients are complete, the latest recorded first.
#pragma once

#include <utility>
#include <vector>

#include "engine/node.hpp"

namespace vt::autograd {

struct Ready {
  Node* node = nullptr;
  VtTensor* grad = nullptr;       // owned; where the node is in no table
  bool has_one_consumer = false;  // Note [Nodes with one consumer] in engine.cpp
  explicit operator bool() const noexcept { return node != nullptr; }
};

// A chain has one ready node at a time, which never touches the heap.
class ReadyQueue {
 public:
  ReadyQueue() = default;
  ReadyQueue(const ReadyQueue&) = delete;
  ReadyQueue& operator=(const ReadyQueue&) = delete;
  ~ReadyQueue() { clear(); }

  // Takes the gradient over unless it throws.
  void push(const Ready& ready) {
    if (!single_ && heap_.empty()) [[likely]]
      single_ = ready;
    else
      push_heap(ready);
  }
  Ready pop() noexcept {
    if (single_ || heap_.empty()) [[likely]]
      return std::exchange(single_, {});
    return pop_heap();
  }
  // Releases gradients that were never consumed, as after an error.
  void clear() noexcept;

 private:
  void push_heap(const Ready& ready);
  Ready pop_heap() noexcept;

  Ready single_;  // the only one
  std::vector<Ready> heap_;
};

}  // namespace vt::autograd
