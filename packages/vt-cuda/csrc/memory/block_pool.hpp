// SPDX-License-Identifier: Apache-2.0
// The free blocks of one stream and kind: takes by best fit and splits, gives back and coalesces, and counts what is active
// and what is split. Knows no driver.
#pragma once

#include <utility>

#include "block.hpp"
#include "free_list.hpp"
#include "history.hpp"
#include "options.hpp"
#include "statistics.hpp"

namespace vt::cuda {

// What the pools and segments of one allocator share.
struct AllocatorState {
  BlockRecords records;
  Statistics statistics;
  AllocatorOptions options;
  History history;
  std::uint64_t num_idled = 0;  // times that a segment was left without a busy block
};

class BlockPool {
 public:
  BlockPool(AllocatorState& state, BlockKind kind, RawStream stream) noexcept
      : state_(state), kind_(kind), stream_(stream) {}

  BlockKind kind() const noexcept { return kind_; }
  RawStream stream() const noexcept { return stream_; }  // null once retired
  void retire() noexcept { stream_ = nullptr; }

  // A block of at least `bytes`, now allocated; null when none is large enough. Needs one reserved record.
  Block* take(std::size_t bytes) noexcept {
    Block* block = free_.best_fit(bytes);
    if (block == nullptr || keeps_whole(*block, bytes)) return nullptr;
    return take_from(block, bytes);
  }

  // As `take`, of a free block of this pool that is large enough.
  Block* take_from(Block* block, std::size_t bytes) noexcept {
    free_.remove(block);
    const bool was_split = block->is_split();
    if (splits(*block, bytes)) {
      split(block, bytes);
      if (was_split)
        state_.statistics.decrease(&Figures::inactive_split_bytes, kind_, bytes);
      else
        count_inactive_split(block->after->bytes);
    } else if (was_split) {
      state_.statistics.decrease(&Figures::inactive_splits, kind_, 1);
      state_.statistics.decrease(&Figures::inactive_split_bytes, kind_, block->bytes);
    }
    block->state = BlockState::kAllocated;
    ++block->segment->num_busy;
    state_.statistics.increase(&Figures::active, kind_, 1);
    state_.statistics.increase(&Figures::active_bytes, kind_, block->bytes);
    return block;
  }

  // Makes a block of this pool free that was not.
  void give_back(Block* block) noexcept {
    state_.statistics.decrease(&Figures::active, kind_, 1);
    state_.statistics.decrease(&Figures::active_bytes, kind_, block->bytes);
    if (--block->segment->num_busy == 0) block->segment->idle_since = ++state_.num_idled;
    block->state = BlockState::kFree;
    if (!block->is_split()) return free_.insert(block);
    std::size_t num_absorbed = 0;
    std::size_t absorbed_bytes = 0;
    const std::size_t own_bytes = block->bytes;
    if (Block* after = block->after; mergeable(after)) {
      absorbed_bytes += after->bytes;
      ++num_absorbed;
      free_.remove(after);
      unite(block, after);
    }
    if (Block* before = block->before; mergeable(before)) {
      absorbed_bytes += before->bytes;
      ++num_absorbed;
      free_.remove(before);
      unite(before, block);
      block = before;
    }
    free_.insert(block);
    if (num_absorbed != 0) state_.statistics.decrease(&Figures::inactive_splits, kind_, num_absorbed);
    if (block->is_split()) {
      state_.statistics.increase(&Figures::inactive_splits, kind_, 1);
      state_.statistics.increase(&Figures::inactive_split_bytes, kind_, own_bytes);
    } else {
      state_.statistics.decrease(&Figures::inactive_split_bytes, kind_, absorbed_bytes);
    }
  }

  // Lets an active block belong to another pool, whose free list it will join.
  void hand_over(Block* block, BlockPool& to) noexcept {
    block->pool = &to;
    if (to.kind_ == kind_) return;
    for (const auto& [figure, amount] :
         {std::pair{&Figures::active, std::size_t{1}}, {&Figures::active_bytes, block->bytes}}) {
      (state_.statistics.of(kind_).*figure).decrease(amount);
      (state_.statistics.of(to.kind_).*figure).increase(amount);
    }
  }

  // Lets a free block of this pool absorb the free one behind it, of another pool.
  void absorb_other(Block* block) noexcept {
    Block* after = block->after;
    after->pool->take_out(after);
    take_out(block);
    unite(block, after);
    free_.insert(block);
    if (block->is_split()) count_inactive_split(block->bytes);
  }

  // Puts a new segment in as one free block. Needs one reserved record.
  void add(Segment* segment) noexcept {
    Block* block = state_.records.take();
    block->address = segment->address;
    block->bytes = segment->bytes;
    block->before = block->after = nullptr;
    block->segment = segment;
    block->pool = this;
    block->state = BlockState::kFree;
    segment->first = segment->last = block;
    free_.insert(block);
  }

  // Cuts a free block of this pool in two free ones and returns the second. Needs one reserved record.
  Block* divide(Block* block, std::size_t bytes) noexcept {
    uncount(block);
    free_.remove(block);
    split(block, bytes);
    free_.insert(block);
    recount(block);
    recount(block->after);
    return block->after;
  }

  // Makes one of two free blocks of this pool, neighbours now, that are not counted.
  void merge(Block* first, Block* second) noexcept {
    free_.remove(first);
    free_.remove(second);
    unite(first, second);
    free_.insert(first);
  }

  // Around a change of its neighbours a block is not counted as an inactive split.
  static void uncount(const Block* block) noexcept {
    if (block->state == BlockState::kFree && block->is_split()) block->pool->uncount_inactive_split(block->bytes);
  }
  static void recount(const Block* block) noexcept {
    if (block->state == BlockState::kFree && block->is_split()) block->pool->count_inactive_split(block->bytes);
  }

  // Takes over a block of another pool, whatever its state; neighbours are taken over too, or of other pools.
  void adopt(Block* block) noexcept {
    if (block->state == BlockState::kFree) {
      block->pool->free_.remove(block);
      free_.insert(block);
    }
    block->pool = this;
  }

  // Drops the record of a free block whose segment is going away.
  void forget(Block* block) noexcept {
    take_out(block);
    state_.records.give_back(block);
  }

 private:
  friend class InvariantWalk;

  // Off the free list, and no longer counted.
  void take_out(Block* block) noexcept {
    free_.remove(block);
    uncount(block);
  }

  // What is said of large and of oversize blocks keeps plain segments from filling with slivers; others can grow around them.
  bool splits(const Block& block, std::size_t bytes) const noexcept {
    const std::size_t rest = block.bytes - bytes;
    if (block.segment->range != nullptr) return rest >= kBlockUnit;
    return rest >= min_rest_bytes(kind_) && block.bytes < state_.options.max_split_bytes;
  }
  bool keeps_whole(const Block& block, std::size_t bytes) const noexcept {
    return state_.options.keeps_whole(block.bytes, bytes) && block.segment->range == nullptr;
  }

  bool mergeable(const Block* neighbour) const noexcept {
    return neighbour != nullptr && neighbour->state == BlockState::kFree && neighbour->pool == this;
  }

  void split(Block* block, std::size_t bytes) noexcept {
    Block* rest = state_.records.take();
    rest->address = block->address + bytes;
    rest->bytes = block->bytes - bytes;
    rest->segment = block->segment;
    rest->pool = this;
    rest->state = BlockState::kFree;
    rest->before = block;
    rest->after = block->after;
    (rest->after != nullptr ? rest->after->before : rest->segment->last) = rest;
    block->after = rest;
    block->bytes = bytes;
    free_.insert(rest);
  }

  void count_inactive_split(std::size_t bytes) noexcept {
    state_.statistics.increase(&Figures::inactive_splits, kind_, 1);
    state_.statistics.increase(&Figures::inactive_split_bytes, kind_, bytes);
  }
  void uncount_inactive_split(std::size_t bytes) noexcept {
    state_.statistics.decrease(&Figures::inactive_splits, kind_, 1);
    state_.statistics.decrease(&Figures::inactive_split_bytes, kind_, bytes);
  }

  // Makes `first` span both and drops the record of `second`.
  void unite(Block* first, Block* second) noexcept {
    first->bytes += second->bytes;
    first->after = second->after;
    (second->after != nullptr ? second->after->before : second->segment->last) = first;
    state_.records.give_back(second);
  }

  AllocatorState& state_;
  BlockKind kind_;
  RawStream stream_;
  FreeList free_;
};

}  // namespace vt::cuda
