// SPDX-License-Identifier: Apache-2.0
// The walk: segments and their blocks, free lists, live pointers, pending frees, and the counters against all of these.
#include "invariants.hpp"

#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "caching_allocator.hpp"

namespace vt::cuda {

class InvariantWalk {
 public:
  explicit InvariantWalk(const CachingAllocator& allocator) : allocator_(allocator) {}

  std::string run() {
    const std::scoped_lock lock(allocator_.lock_);
    note_pools(allocator_.ordinary_);
    for (const auto& arena : allocator_.graph_arenas_) note_pools(*arena);
    for (const auto& arena : allocator_.retired_) note_pools(*arena);
    for (const auto& segment : allocator_.segments_.all()) walk_segment(*segment);
    for (const auto& range : allocator_.segments_.ranges()) walk_range(*range);
    for (const auto& entry : arenas_) walk_pool(*entry.first);
    walk_arenas();
    walk_pending();
    walk_counters();
    return broken_;
  }

 private:
  void expect(bool holds, const char* what) {
    if (!holds && broken_.empty()) broken_ = what;
  }

  void note_pools(const Arena& arena) {
    for (const auto& home : arena.homes)
      for (const BlockPool* pool : {&home->small, &home->large}) arenas_[pool] = &arena;
  }

  void walk_arenas() {
    for (const auto& arena : allocator_.graph_arenas_) {
      std::size_t num_captures = 0;
      for (const auto& capture : allocator_.captures_) num_captures += capture.arena == arena.get() ? 1 : 0;
      expect(arena->num_users > 0, "a graph pool has a user");
      expect(num_captures == (arena->is_capturing ? 1u : 0u), "a graph pool knows whether a capture uses it");
    }
    for (const auto& arena : allocator_.retired_) {
      expect(arena->num_users == 0, "a pool without a graph has no user");
      expect(!arena->replays.empty(), "a pool without a graph waits for its last replays only");
    }
  }

  void walk_segment(const Segment& segment) {
    const std::byte* address = segment.address;
    const Block* before = nullptr;
    std::size_t num_busy = 0;
    for (const Block* block = segment.first; block != nullptr; before = block, block = block->after) {
      expect(block->address == address, "blocks of a segment tile it in address order");
      expect(block->before == before, "neighbours are linked both ways");
      expect(block->segment == &segment, "a block knows its segment");
      expect(arenas_.contains(block->pool) && arenas_.at(block->pool) == segment.arena,
             "the blocks of a segment are in pools of its own arena");
      expect(block->bytes > 0 && block->bytes % kBlockUnit == 0, "block sizes are multiples of the unit");
      const bool both_free =
          before != nullptr && before->state == BlockState::kFree && block->state == BlockState::kFree;
      expect(!both_free || before->pool != block->pool, "no two free neighbours of one pool");
      num_busy += block->state != BlockState::kFree ? 1 : 0;
      note(*block);
      address += block->bytes;
    }
    expect(address == segment.address + segment.bytes, "blocks cover their segment");
    expect(before == segment.last, "a segment knows its last block");
    num_expandable_ += segment.range != nullptr ? 1 : 0;
    expect(num_busy == segment.num_busy, "a segment counts its busy blocks");
    segment_bytes_ += segment.bytes;
    expected_.increase(&Figures::segments, segment.kind, 1);
    expected_.increase(&Figures::reserved_bytes, segment.kind, segment.bytes);
    expected_.oversize_segments.current += segment.is_oversize ? 1 : 0;
    expect(allocator_.segments_.all()[segment.index].get() == &segment, "a segment knows its place");
  }

  void walk_range(const ExpandableRange& range) {
    expect(arenas_.contains(range.pool) && arenas_.at(range.pool) == range.arena, "a range is of a pool of its arena");
    const std::byte* address = range.addresses.begin();
    for (Segment* run : range.runs) {
      expect(run->range == &range, "a run knows its range");
      expect(run->arena == range.arena && run->kind == range.pool->kind(), "a run is of its range's arena and kind");
      expect(run->address > address || run == range.runs.front(),
             "runs of a range are in order, with gaps between them");
      walk_pages(range.addresses, address, run->address, false);
      walk_pages(range.addresses, run->address, run->end(), true);
      expect(range.addresses.border_before(run->address) == run->address, "a run begins with a page");
      address = run->end();
      ++num_runs_;
    }
    walk_pages(range.addresses, address, range.addresses.end(), false);
  }

  void walk_pages(const AddressRange& addresses, const std::byte* begin, const std::byte* end, bool is_mapped) {
    expect(static_cast<std::size_t>(end - begin) % kSegmentUnit == 0, "runs are made of pages");
    for (; begin < end; begin += kSegmentUnit)
      expect(addresses.is_mapped(begin) == is_mapped, "memory is mapped where runs are");
  }

  void note(const Block& block) {
    const BlockKind kind = block.pool->kind();
    switch (block.state) {
      case BlockState::kFree:
        expect(block.uses.empty(), "a free block has no pending use");
        expect(free_.insert(&block).second, "a block lies in one segment");
        free_bytes_ += block.bytes;
        if (block.before == nullptr && block.after == nullptr) break;
        expected_.increase(&Figures::inactive_splits, kind, 1);
        expected_.increase(&Figures::inactive_split_bytes, kind, block.bytes);
        break;
      case BlockState::kAllocated:
        expect(allocator_.live_.find(block.address) == &block, "a live pointer maps to its block");
        expect(block.bytes >= block.requested_bytes, "a block is as large as was asked for");
        expected_.increase(&Figures::allocations, kind, 1);
        expected_.increase(&Figures::allocated_bytes, kind, block.bytes);
        expected_.increase(&Figures::requested_bytes, kind, block.requested_bytes);
        expected_.oversize_allocations.current += block.is_oversize ? 1 : 0;
        note_active(block);
        break;
      case BlockState::kPending:
        expect(!block.uses.empty(), "a pending block has a use");
        expect(allocator_.live_.find(block.address) != &block, "a freed pointer is not live");
        expect(pending_.insert(&block).second, "a block lies in one segment");
        note_active(block);
        break;
    }
  }

  void note_active(const Block& block) {
    expected_.increase(&Figures::active, block.pool->kind(), 1);
    expected_.increase(&Figures::active_bytes, block.pool->kind(), block.bytes);
  }

  void walk_pool(const BlockPool& pool) {
    const FreeList& list = pool.free_;
    // Bins without a mask bit are skipped: a block in one would be found missing at the end.
    for (std::size_t word = 0; word < FreeList::kWords; ++word)
      for (std::uint64_t rest = list.mask_[word]; rest != 0; rest &= rest - 1)
        walk_bin(pool, word * 64 + FreeList::lowest_bit(rest));
    for (std::size_t word = 0; word < FreeList::kWords; ++word)
      expect((list.summary_[word / 64] >> (word % 64) & 1) == (list.mask_[word] != 0 ? 1u : 0u),
             "the summary tells which mask words are set");
  }

  void walk_bin(const BlockPool& pool, std::size_t bin) {
    const Block* before = nullptr;
    expect(pool.free_.heads_[bin] != nullptr, "masks tell which bins hold blocks");
    for (const Block* block = pool.free_.heads_[bin]; block != nullptr; before = block, block = block->list_after) {
      expect(block->list_before == before, "free lists are linked both ways");
      expect(FreeList::bin_of(block->bytes) == bin, "a free block is in the bin of its size");
      expect(block->pool == &pool, "a free block is in the list of its own pool");
      expect(free_.erase(block) == 1, "a listed block is free, and listed once");
    }
  }

  void walk_pending() {
    for (const Block* block = allocator_.pending_.first(); block != nullptr; block = block->list_after)
      expect(pending_.erase(block) == 1, "a block waiting for streams is pending, and waits once");
  }

  void walk_counters() {
    const Statistics& counted = allocator_.state_.statistics;
    expect(num_runs_ == num_expandable_, "every expandable segment is a run of a range");
    expect(free_.empty(), "every free block is in a free list");
    expect(pending_.empty(), "every pending block waits for a stream");
    const std::size_t num_allocated = expected_.all.allocations.current;
    expect(allocator_.live_.size() == num_allocated, "every live pointer has a block");
    expect(expected_.all.active_bytes.current + free_bytes_ == segment_bytes_, "all reserved bytes are accounted for");
    for (const auto& [figures, expected] : {std::pair{&counted.all, &expected_.all},
                                            {&counted.small, &expected_.small},
                                            {&counted.large, &expected_.large}})
      for (Counter Figures::* figure : Figures::kAll()) check(figures->*figure, expected->*figure);
    check(counted.oversize_allocations, expected_.oversize_allocations);
    check(counted.oversize_segments, expected_.oversize_segments);
  }

  void check(const Counter& counted, const Counter& expected) {
    expect(counted.current == expected.current, "counts of blocks and segments, and their bytes, are exact");
    expect(counted.peak >= counted.current, "a peak is at least the current value");
    expect(counted.increased >= counted.peak, "what was added is at least the peak");
    expect(counted.increased - counted.decreased == counted.current, "what was added less what was taken is there");
  }

  const CachingAllocator& allocator_;
  std::string broken_;
  std::unordered_map<const BlockPool*, const Arena*> arenas_;
  std::unordered_set<const Block*> free_;
  std::unordered_set<const Block*> pending_;
  Statistics expected_;  // its current values
  std::size_t free_bytes_ = 0;
  std::size_t segment_bytes_ = 0;
  std::size_t num_expandable_ = 0;
  std::size_t num_runs_ = 0;
};

std::string first_broken_invariant(const CachingAllocator& allocator) { return InvariantWalk(allocator).run(); }

}  // namespace vt::cuda
