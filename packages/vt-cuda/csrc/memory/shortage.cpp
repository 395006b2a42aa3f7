// SPDX-License-Identifier: Apache-2.0
// The allocator's way when no free block serves a request: Note [When memory is short].
#include <algorithm>

#include "../runtime/device.hpp"
#include "../runtime/status.hpp"
#include "caching_allocator.hpp"

namespace vt::cuda {

Block* CachingAllocator::take_slow(Arena& arena, Home& home, const Request& request,
                                   std::unique_ptr<Shortage>& shortage) {
  if (direct_ != nullptr && &arena == &ordinary_ && captures_.empty()) return take_direct(home, request, shortage);
  BlockPool& pool = home.pool(block_kind(request.bytes));
  const std::size_t preferred = preferred_segment_bytes(request.bytes);
  const std::size_t smallest = smallest_segment_bytes(request.bytes);
  const auto take_new = [&]() -> Block* {
    if (expands(arena))
      if (Block* block = take_from_growth(arena, pool, request)) return block;
    // Where growth failed it may have been for want of addresses.
    if (Block* block = take_from_new_segment(arena, pool, preferred, request)) return block;
    return smallest < preferred ? take_from_new_segment(arena, pool, smallest, request) : nullptr;
  };
  if (!pending_.empty() || !retired_.empty()) {
    collect_pending();
    adopt_retired();
    if (Block* block = pool.take(request.bytes)) return block;
  }
  collect_idle_segments(preferred);
  if (Block* block = take_new()) return block;
  ++state_.statistics.num_reclaims;
  reclaim();
  if (Block* block = pool.take(request.bytes)) return block;
  release_idle_segments(0);
  if (Block* block = take_new()) return block;
  if (Block* block = take_from_any_pool(arena, home, request.bytes)) return block;
  shortage = note_shortage(arena, home.stream, request);
  return nullptr;
}

// A segment of its own, which goes back at the block's free.
Block* CachingAllocator::take_direct(Home& home, const Request& request, std::unique_ptr<Shortage>& shortage) {
  BlockPool& pool = home.pool(block_kind(request.bytes));
  const std::size_t raw_bytes = direct_->is_exact() ? request.requested_bytes : request.bytes;
  const auto take_new = [&]() -> Block* {
    state_.records.reserve(2);
    Segment* segment = segments_.create(request.bytes, pool, ordinary_, *direct_, request.context, raw_bytes);
    if (segment == nullptr) return nullptr;
    segment->is_direct = true;
    pool.add(segment);
    return pool.take(request.bytes);
  };
  collect_pending();
  if (Block* block = take_new()) return block;
  ++state_.statistics.num_reclaims;
  reclaim();
  if (Block* block = take_new()) return block;
  shortage = note_shortage(ordinary_, home.stream, request);
  return nullptr;
}

Block* CachingAllocator::take_from_new_segment(Arena& arena, BlockPool& pool, std::size_t segment_bytes,
                                               const Request& request) {
  state_.records.reserve(2);
  Segment* segment = segments_.create(segment_bytes, pool, arena, *arena.source, request.context, segment_bytes);
  if (segment == nullptr) return nullptr;
  pool.add(segment);
  return pool.take(request.bytes);
}

// Whether memory of an arena is to be expandable.
bool CachingAllocator::expands(const Arena& arena) {
  return state_.options.is_expandable() && arena.source == &driver_memory_;
}

Block* CachingAllocator::take_from_growth(Arena& arena, BlockPool& pool, const Request& request) {
  const std::size_t most = page_bytes(pool.kind());
  Block* block = segments_.grow(request.bytes, most, pool, arena, request.context);
  if (block == nullptr && most > kSegmentUnit)
    block = segments_.grow(request.bytes, kSegmentUnit, pool, arena, request.context);
  return block == nullptr ? nullptr : pool.take_from(block, request.bytes);
}

// Free neighbours that lie apart because they are of different streams or kinds become one block.
template <class MayServe>
void CachingAllocator::join_free_neighbours(const Arena& arena, MayServe&& may_serve) {
  const auto joins = [&](const Block* block) {
    if (block == nullptr || block->state != BlockState::kFree) return false;
    for (const auto& home : arena.homes)
      if (block->pool == &home->small || block->pool == &home->large) return may_serve(*home);
    return false;
  };
  for (const auto& segment : segments_.all()) {
    if (segment->arena != &arena) continue;
    for (Block* block = segment->first; block != nullptr; block = block->after)
      while (joins(block) && joins(block->after)) block->pool->absorb_other(block);
  }
}

// Only right after `reclaim`: the host has seen all earlier work of the quiet streams end. The home's own stream needs no
// waiting.
Block* CachingAllocator::take_from_any_pool(Arena& arena, Home& home, std::size_t bytes) {
  state_.records.reserve(1);
  const auto may_serve = [&](const Home& other) { return &other == &home || other.is_quiet; };
  join_free_neighbours(arena, may_serve);
  for (const auto& other : arena.homes) {
    if (!may_serve(*other)) continue;
    for (BlockPool* pool : {&other->small, &other->large}) {
      Block* block = pool->take(bytes);
      if (block == nullptr) continue;
      pool->hand_over(block, home.pool(block_kind(bytes)));
      return block;
    }
  }
  return nullptr;
}

void CachingAllocator::collect_pending() {
  if (pending_.empty()) return;
  {
    const DeviceGuard guard(driver_, device_);
    pending_.record_late([this](StreamView stream) { return is_captured(stream); });
  }
  pending_.collect([this](Block* block) { make_free(block, 0); });
}

// Waits for the device; after that every pending free is over, as its events were recorded before.
void CachingAllocator::reclaim() {
  if (captures_.empty()) {
    const DeviceGuard guard(driver_, device_);
    const auto is_captured = [this](StreamView stream) { return this->is_captured(stream); };
    pending_.record_late(is_captured);
    check(driver_, driver_.device_synchronize(driver_.self, device_), "wait for memory");
    for (const auto& home : ordinary_.homes) home->is_quiet = true;
  } else {
    wait_for_streams();
  }
  ++state_.statistics.num_waits;
  collect_pending();
  adopt_retired();
}

// Only right after `reclaim`.
void CachingAllocator::release_idle_segments(std::size_t keep_bytes) {
  segments_.release_idle(keep_bytes, [this](const Block& block) {
    if (block.segment->arena != &ordinary_) return false;
    for (const auto& home : ordinary_.homes)
      if (block.pool == &home->small || block.pool == &home->large) return home->is_quiet;
    return false;
  });
}

// Makes room for a new segment when that would take more than the share that may be reserved. The work on idle segments
// must be over before they go, so this waits; the share is to be chosen such that it is rare.
void CachingAllocator::collect_idle_segments(std::size_t segment_bytes) {
  if (state_.options.collect_above <= 0.0) [[likely]]
    return;
  std::size_t most = segments_.limit();
  if (most == kNoLimit) {
    std::size_t free_bytes = 0;
    check(driver_, driver_.mem_info(driver_.self, device_, &free_bytes, &most), "collect idle memory");
  }
  const auto share = static_cast<std::size_t>(state_.options.collect_above * static_cast<double>(most));
  if (segments_.reserved_bytes() + segment_bytes <= share) return;
  reclaim();
  release_idle_segments(share > segment_bytes ? share - segment_bytes : 0);
}

std::unique_ptr<Shortage> CachingAllocator::note_shortage(const Arena& arena, RawStream stream,
                                                          const Request& request) {
  ++state_.statistics.num_out_of_memory;
  const Figures& all = state_.statistics.all;
  auto shortage = std::make_unique<Shortage>();
  shortage->requested_bytes = request.requested_bytes;
  shortage->segment_bytes = smallest_segment_bytes(request.bytes);
  shortage->allocated_bytes = all.allocated_bytes.current;
  shortage->reserved_bytes = all.reserved_bytes.current;
  shortage->free_bytes = all.reserved_bytes.current - all.active_bytes.current;
  shortage->limit_bytes = segments_.limit();
  std::size_t free_bytes = 0;
  std::size_t total_bytes = 0;
  if (driver_.mem_info(driver_.self, device_, &free_bytes, &total_bytes) == kSuccess) {
    shortage->device_free_bytes = free_bytes;
    shortage->device_total_bytes = total_bytes;
  }
  live_.for_each(
      [&](const Block& block) { shortage->note_live({block.requested_bytes, block.pool->stream(), block.context}); });
  if (state_.history.is_on())
    state_.history.note({.action = MemoryAction::kOutOfMemory,
                         .address = nullptr,
                         .bytes = request.requested_bytes,
                         .stream = stream,
                         .pool = arena.id,
                         .context = request.context,
                         .free_bytes = shortage->device_free_bytes});
  return shortage;
}

}  // namespace vt::cuda
