// SPDX-License-Identifier: Apache-2.0
// The heap of a ready queue.
#include "engine/ready_queue.hpp"

#include <algorithm>

namespace vt::autograd {

namespace {

bool recorded_before(const Ready& a, const Ready& b) noexcept { return a.node->sequence < b.node->sequence; }

}  // namespace

void ReadyQueue::push_heap(const Ready& ready) {
  heap_.reserve(heap_.size() + 2);
  if (single_) heap_.push_back(std::exchange(single_, {}));
  heap_.push_back(ready);
  std::push_heap(heap_.begin(), heap_.end(), recorded_before);
}

Ready ReadyQueue::pop_heap() noexcept {
  std::pop_heap(heap_.begin(), heap_.end(), recorded_before);
  const Ready ready = heap_.back();
  heap_.pop_back();
  return ready;
}

void ReadyQueue::clear() noexcept {
  while (const Ready ready = pop())
    if (ready.grad) tables().tensor->release(ready.grad);
}

}  // namespace vt::autograd
