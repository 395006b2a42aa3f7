// SPDX-License-Identifier: Apache-2.0
// The copy of an allocator's records.
#include "snapshot.hpp"

#include <algorithm>

#include "caching_allocator.hpp"

namespace vt::cuda {
namespace {

void add_block(MemorySnapshot& snapshot, SegmentSnapshot& segment, const Block& block) {
  const bool is_free = block.state == BlockState::kFree;
  snapshot.blocks.push_back(
      {block.address, block.bytes, is_free ? 0 : block.requested_bytes, block.state, is_free ? 0 : block.context});
  ++segment.num_blocks;
  if (is_free) return;
  segment.active_bytes += block.bytes;
  segment.requested_bytes += block.requested_bytes;
  if (block.state == BlockState::kAllocated) segment.allocated_bytes += block.bytes;
}

}  // namespace

MemorySnapshot CachingAllocator::snapshot() {
  const std::scoped_lock lock(lock_);
  MemorySnapshot snapshot;
  std::vector<const Segment*> ordered;
  for (const auto& segment : segments_.all()) ordered.push_back(segment.get());
  std::sort(ordered.begin(), ordered.end(), [](const Segment* a, const Segment* b) { return a->address < b->address; });
  for (const Segment* segment : ordered) {
    SegmentSnapshot copy{.address = segment->address,
                         .bytes = segment->bytes,
                         .allocated_bytes = 0,
                         .active_bytes = 0,
                         .requested_bytes = 0,
                         .stream = segment->stream,
                         .pool = segment->arena->id,
                         .kind = segment->kind,
                         .is_expandable = segment->range != nullptr,
                         .context = segment->context,
                         .first_block = snapshot.blocks.size(),
                         .num_blocks = 0};
    for (const Block* block = segment->first; block != nullptr; block = block->after) add_block(snapshot, copy, *block);
    snapshot.segments.push_back(copy);
  }
  if (state_.history.is_on())
    state_.history.note({.action = MemoryAction::kSnapshot,
                         .address = nullptr,
                         .bytes = state_.statistics.all.reserved_bytes.current,
                         .stream = nullptr,
                         .pool = 0});
  snapshot.events = state_.history.events();
  return snapshot;
}

}  // namespace vt::cuda
