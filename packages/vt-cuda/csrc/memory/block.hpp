// SPDX-License-Identifier: Apache-2.0
// The allocator's records: a segment is memory in a row, one raw allocation or a run of pages; its blocks tile it in address order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "../runtime/event.hpp"
#include "sizes.hpp"

namespace vt::cuda {

class BlockPool;
struct Arena;
class SegmentSource;
struct Block;
struct ExpandableRange;

struct Segment {
  std::byte* address;
  std::size_t bytes;
  Block* first;
  std::size_t num_busy;  // blocks that are not free; at 0 the segment may go back to the driver, unless graphs need it
  Block* last = nullptr;
  std::size_t raw_bytes = 0;  // that its source was asked for
  Arena* arena = nullptr;
  BlockKind kind = BlockKind::kLarge;  // that it was made for
  RawStream stream = nullptr;          // likewise
  bool is_oversize = false;
  std::uint64_t idle_since = 0;      // counts up, each time that a segment is left without a busy block
  SegmentSource* source = nullptr;   // that it goes back to, unless it is expandable
  bool is_direct = false;            // one block, which goes back at its free
  std::uint64_t context = 0;         // Note [History], as that of a block
  std::size_t index = 0;             // among all segments
  ExpandableRange* range = nullptr;  // that it is a run of pages in, if it is expandable

  std::byte* end() const noexcept { return address + bytes; }
};

enum class BlockState : std::uint8_t {
  kFree,       // in the free list of its pool
  kAllocated,  // with the caller
  kPending,    // freed by the caller, but another stream may still use it
};

// Work of another stream on a block, over when the event is ready: recorded at the free, or when the stream retires. While
// the stream is captured nothing can be recorded that becomes ready: then it is recorded after the capture.
struct StreamUse {
  StreamView stream;
  PooledEvent event;
  bool recorded = false;
  bool retired = false;  // the stream is gone, and the event stays as it was recorded
};

struct Block {
  std::byte* address = nullptr;
  std::size_t bytes = 0;
  std::size_t requested_bytes = 0;
  Block* before = nullptr;  // neighbours in the segment
  Block* after = nullptr;
  Block* list_before = nullptr;  // free list, or list of pending frees
  Block* list_after = nullptr;
  BlockPool* pool = nullptr;
  Segment* segment = nullptr;
  BlockState state = BlockState::kFree;
  std::vector<StreamUse> uses;
  std::uint64_t context = 0;  // of its allocation: Note [History]
  bool is_oversize = false;   // counted as such

  std::byte* end() const noexcept { return address + bytes; }
  bool is_split() const noexcept { return before != nullptr || after != nullptr; }  // shares its segment
};

// Records of blocks, kept for reuse; freed with the allocator.
class BlockRecords {
 public:
  // After this, `num` calls of `take` cannot fail.
  void reserve(std::size_t num) {
    while (num_idle_ < num) [[unlikely]]
      grow();
  }

  Block* take() noexcept {
    Block* block = idle_;
    idle_ = block->list_after;
    --num_idle_;
    block->list_after = nullptr;
    return block;
  }

  void give_back(Block* block) noexcept {
    block->list_after = idle_;
    idle_ = block;
    ++num_idle_;
  }

 private:
  static constexpr std::size_t kChunk = 256;

  void grow() {
    chunks_.push_back(std::make_unique<Block[]>(kChunk));
    for (std::size_t i = 0; i < kChunk; ++i) give_back(&chunks_.back()[i]);
  }

  std::vector<std::unique_ptr<Block[]>> chunks_;
  Block* idle_ = nullptr;
  std::size_t num_idle_ = 0;
};

}  // namespace vt::cuda
