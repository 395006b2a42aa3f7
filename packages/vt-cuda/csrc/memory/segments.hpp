// SPDX-License-Identifier: Apache-2.0
// The segment layer: raw memory from the driver, under a limit, counted. What is expandable of it is in expandable.cpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "../runtime/driver.hpp"
#include "block.hpp"
#include "block_pool.hpp"
#include "expandable.hpp"
#include "options.hpp"
#include "statistics.hpp"

namespace vt::cuda {

class Segments {
 public:
  Segments(const Driver& driver, int device, AllocatorState& state)
      : driver_(driver), device_(device), state_(state), devices_{device} {}
  Segments(const Segments&) = delete;
  Segments& operator=(const Segments&) = delete;
  ~Segments();  // gives back what is left; the caller has waited for its work

  // Null when the limit or the device's memory does not allow it; throws for any other failure.
  Segment* create(std::size_t bytes, const BlockPool& pool, Arena& arena, SegmentSource& source, std::uint64_t context,
                  std::size_t raw_bytes);

  // Whether segments can be expandable on this device. Asked of the driver once.
  bool has_virtual_memory();
  // A free block of at least `bytes` of the pool, for which expandable segments grow, by a multiple of the step where there
  // is room. Null and throws as `create` does. With it a record for a split is reserved.
  Block* grow(std::size_t bytes, std::size_t step_bytes, BlockPool& pool, Arena& arena, std::uint64_t context);
  // Lets a peer use memory of expandable segments, that to come too.
  void give_access(int device);

  // Gives back cached memory until at most `keep_bytes` are reserved: segments without a busy block, those idle longest first,
  // then whole pages of expandable ones. Only where `is_over` says of all free blocks concerned that the host has seen the end
  // of all work on them. When the driver fails it throws, with what it failed for still in place.
  template <class IsOver>
  void release_idle(std::size_t keep_bytes, IsOver&& is_over) {
    std::vector<Segment*> idle;
    for (const auto& segment : all_)
      if (segment->num_busy == 0 && all_over(*segment, is_over)) idle.push_back(segment.get());
    std::sort(idle.begin(), idle.end(),
              [](const Segment* a, const Segment* b) { return a->idle_since < b->idle_since; });
    for (Segment* segment : idle) {
      if (reserved_bytes() <= keep_bytes) break;
      if (segment->range == nullptr)
        release(*segment);
      else
        trim(*segment, keep_bytes, is_over);
    }
    for (const auto& range : ranges_) {
      const std::vector<Segment*> runs = range->runs;  // trimming adds to the original
      for (auto run = runs.rbegin(); run != runs.rend() && reserved_bytes() > keep_bytes; ++run)
        trim(**run, keep_bytes, is_over);
    }
    release_addresses();
  }

  // Gives back one segment without a busy block; what `release_idle` says holds.
  void release(Segment& segment);

  std::size_t reserved_bytes() const noexcept { return state_.statistics.all.reserved_bytes.current; }
  std::size_t limit() const noexcept { return limit_; }
  void set_limit(std::size_t bytes) noexcept { limit_ = bytes; }
  const std::vector<std::unique_ptr<Segment>>& all() const noexcept { return all_; }
  const std::vector<std::unique_ptr<ExpandableRange>>& ranges() const noexcept { return ranges_; }

 private:
  template <class IsOver>
  static bool all_over(const Segment& segment, IsOver&& is_over) {
    for (const Block* block = segment.first; block != nullptr; block = block->after)
      if (!is_over(*block)) return false;
    return true;
  }

  // Unmaps whole pages, those of high addresses first.
  template <class IsOver>
  void trim(Segment& run, std::size_t keep_bytes, IsOver&& is_over) {
    const auto may_go = [&](const Block* block) {
      return block != nullptr && block->state == BlockState::kFree && is_over(*block);
    };
    for (Block* block = run.first; block != nullptr; block = block->after)
      while (may_go(block) && may_go(block->after)) block->pool->absorb_other(block);
    for (Block* block = run.last; block != nullptr;) {
      Block* before = block->before;
      if (may_go(block)) unmap_pages(*block, keep_bytes);
      block = before;
    }
  }

  struct DeviceMemory {
    std::size_t free_bytes;
    std::size_t total_bytes;
  };
  DeviceMemory device_memory() const;
  Block* map(ExpandableRange& range, const ExpandableRange::Stretch& stretch, std::size_t step_bytes,
             std::uint64_t context);
  ExpandableRange* reserve_addresses(std::size_t bytes, BlockPool& pool, Arena& arena);
  Block* attach(ExpandableRange& range, std::unique_ptr<Segment> segment) noexcept;
  Block* join(Segment& left, Segment& right) noexcept;
  void divide(Block& first, std::unique_ptr<Segment> segment) noexcept;
  void unmap_pages(Block& block, std::size_t keep_bytes);
  void count_runs(BlockKind kind, std::size_t before, std::size_t after) noexcept;
  void release_addresses();

  Segment& hold(std::unique_ptr<Segment> segment) noexcept;  // there is room for it
  void drop(Segment& segment) noexcept;
  void note(MemoryAction action, const Segment& segment, const std::byte* address, std::size_t bytes);

  const Driver& driver_;
  int device_;
  AllocatorState& state_;
  std::size_t limit_ = kNoLimit;
  std::optional<bool> has_virtual_memory_;
  std::vector<int> devices_;  // that may use memory of ranges
  std::vector<std::unique_ptr<ExpandableRange>> ranges_;
  std::vector<std::unique_ptr<Segment>> all_;
};

}  // namespace vt::cuda
