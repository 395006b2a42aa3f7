// SPDX-License-Identifier: Apache-2.0
// The stream-order layer: blocks that were freed while other streams may still use them wait here for those streams' events.
#pragma once

#include <vector>

#include "block.hpp"

namespace vt::cuda {

class PendingFrees {
 public:
  bool empty() const noexcept { return first_ == nullptr; }
  // Oldest; the list goes on by list_after.
  Block* first() noexcept { return first_; }
  const Block* first() const noexcept { return first_; }

  // Records the events of all uses of the block, at the end of what their streams have enqueued by now, but for streams
  // that retired and those that `is_captured`. When one fails it throws, and the block may be tried again.
  template <class IsCaptured>
  static void record(Block* block, IsCaptured&& is_captured) {
    for (StreamUse& use : block->uses)
      if (!use.retired) record_use(use, is_captured);
  }
  // Those that are not recorded yet, of the blocks taken in while a stream of theirs was captured.
  template <class IsCaptured>
  void record_late(IsCaptured&& is_captured) {
    for (Block* block = first_; block != nullptr; block = block->list_after)
      for (StreamUse& use : block->uses)
        if (!use.recorded) record_use(use, is_captured);
  }

  // Takes in a block. Uses that are not recorded yet keep it until they are.
  void add(Block* block) noexcept;

  // Takes out each block whose uses are over and passes it to `on_ready`. As events of one stream become ready in order,
  // a stream is asked no further past its first event that is not; never waits. When a query fails it throws,
  // and all blocks not yet passed on are still here.
  template <class OnReady>
  void collect(OnReady&& on_ready) {
    behind_.clear();
    for (Block* block = first_; block != nullptr;) {
      Block* after = block->list_after;
      if (over(block)) {
        remove(block);
        on_ready(block);
      }
      block = after;
    }
  }

  template <class IsCaptured>
  static void record_use(StreamUse& use, IsCaptured&& is_captured) {
    use.recorded = false;
    if (is_captured(use.stream)) return;
    use.event->record(use.stream);
    use.recorded = true;
  }

 private:
  bool over(Block* block);
  void remove(Block* block) noexcept;

  Block* first_ = nullptr;
  Block* last_ = nullptr;
  std::vector<RawStream> behind_;  // scratch of collect: streams with an event that is not ready
};

}  // namespace vt::cuda
