// SPDX-License-Identifier: Apache-2.0
// Expandable segments: runs of pages in a range of addresses, that grow, meet, shrink and fall apart.
//
// Note [Expandable segments]
// A pool has more addresses reserved than the device has memory. When no free block serves a request, memory is mapped behind
// the free block at the end of a run, or between two runs, wherever that takes the least of it. So a request larger than all
// before it needs no segment of its own beside free ones that are too small. Given back are whole pages without a busy
// block, in the midst of a run too. To all others a run is a segment with blocks that tile it: one that may get longer, become
// one with its neighbour or fall in two.
// - A rest of any size is split off, for a run grows by what is wanted and leaves no room to be wasted.
// - A range is of one pool of an arena; when the arena is adopted it goes along, beside ranges that the pool has there.
// - Memory in it is for the device itself, and for peers once these were let. Other processes cannot open it.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "address_range.hpp"
#include "block.hpp"

namespace vt::cuda {

struct ExpandableRange {
  ExpandableRange(const Driver& driver, int device, BlockPool& pool, Arena& arena) noexcept
      : addresses(driver, device), pool(&pool), arena(&arena) {}

  // Addresses from the first gap on: what is free before it and what is between and behind is to become one free block.
  struct Stretch {
    std::size_t gap = 0;  // that many runs are before it
    std::byte* end = nullptr;
    std::size_t new_bytes = 0;  // of memory that it takes
  };
  struct Gap {
    std::byte* begin;
    std::byte* end;
  };

  // The stretch of at least `bytes` that takes the least memory; none when there are not that many addresses in a row.
  std::optional<Stretch> cheapest(std::size_t bytes) const noexcept;
  // Addresses without memory after so many runs.
  Gap gap(std::size_t index) const noexcept {
    return {index == 0 ? addresses.begin() : runs[index - 1]->end(),
            index == runs.size() ? addresses.end() : runs[index]->address};
  }

  AddressRange addresses;
  BlockPool* pool;
  Arena* arena;
  std::vector<Segment*> runs;  // by address; there is a gap between any two

 private:
  std::optional<Stretch> stretch_from(std::size_t index, std::size_t bytes) const noexcept;
  bool may_take(const Block* block) const noexcept { return block->state == BlockState::kFree && block->pool == pool; }
};

}  // namespace vt::cuda
