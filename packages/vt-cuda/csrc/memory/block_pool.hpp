// SPDX-License-Identifier: Apache-2.0
// The free blocks of one stream and kind: takes by best fit and splits, gives back and coalesces. Knows no driver.
#pragma once

#include "block.hpp"
#include "free_list.hpp"

namespace vt::cuda {

class BlockPool {
 public:
  BlockPool(BlockRecords& records, BlockKind kind, RawStream stream) noexcept
      : records_(records), kind_(kind), stream_(stream) {}

  BlockKind kind() const noexcept { return kind_; }
  RawStream stream() const noexcept { return stream_; }  // null once retired
  void retire() noexcept { stream_ = nullptr; }

  // A block of at least `bytes`, now allocated; null when none is large enough. Needs one reserved record.
  Block* take(std::size_t bytes) noexcept {
    Block* block = free_.best_fit(bytes);
    if (block == nullptr) return nullptr;
    free_.remove(block);
    if (block->bytes - bytes >= min_rest_bytes(kind_)) split(block, bytes);
    block->state = BlockState::kAllocated;
    ++block->segment->num_busy;
    return block;
  }

  // Makes a block of this pool free that was not.
  void give_back(Block* block) noexcept {
    --block->segment->num_busy;
    block->state = BlockState::kFree;
    if (Block* after = block->after; mergeable(after)) absorb_next(block, after);
    if (Block* before = block->before; mergeable(before)) {
      free_.remove(before);
      unite(before, block);
      block = before;
    }
    free_.insert(block);
  }

  // Puts a new segment in as one free block. Needs one reserved record.
  void add(Segment* segment) noexcept {
    Block* block = records_.take();
    block->address = segment->address;
    block->bytes = segment->bytes;
    block->before = block->after = nullptr;
    block->segment = segment;
    block->pool = this;
    block->state = BlockState::kFree;
    segment->first = block;
    free_.insert(block);
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
    free_.remove(block);
    records_.give_back(block);
  }

 private:
  friend class InvariantWalk;

  bool mergeable(const Block* neighbour) const noexcept {
    return neighbour != nullptr && neighbour->state == BlockState::kFree && neighbour->pool == this;
  }

  void split(Block* block, std::size_t bytes) noexcept {
    Block* rest = records_.take();
    rest->address = block->address + bytes;
    rest->bytes = block->bytes - bytes;
    rest->segment = block->segment;
    rest->pool = this;
    rest->state = BlockState::kFree;
    rest->before = block;
    rest->after = block->after;
    if (rest->after != nullptr) rest->after->before = rest;
    block->after = rest;
    block->bytes = bytes;
    free_.insert(rest);
  }

  void absorb_next(Block* block, Block* after) noexcept {
    free_.remove(after);
    unite(block, after);
  }

  // Makes `first` span both and drops the record of `second`.
  void unite(Block* first, Block* second) noexcept {
    first->bytes += second->bytes;
    first->after = second->after;
    if (second->after != nullptr) second->after->before = first;
    records_.give_back(second);
  }

  BlockRecords& records_;
  BlockKind kind_;
  RawStream stream_;
  FreeList free_;
};

}  // namespace vt::cuda
