// SPDX-License-Identifier: Apache-2.0
// Raw allocation and release of segments.
#include "segments.hpp"

#include <utility>

#include "../runtime/status.hpp"
#include "arena.hpp"

namespace vt::cuda {

Segments::~Segments() {
  for (const auto& segment : all_)
    if (segment->range == nullptr) (void)segment->source->free(segment->address, segment->raw_bytes, nullptr);
}

Segment* Segments::create(std::size_t bytes, const BlockPool& pool, Arena& arena, SegmentSource& source,
                          std::uint64_t context, std::size_t raw_bytes) {
  const std::size_t reserved = reserved_bytes();
  if (reserved > limit_ || bytes > limit_ - reserved) return nullptr;
  auto segment = std::make_unique<Segment>();
  all_.reserve(all_.size() + 1);
  DevicePtr pointer = nullptr;
  const Status status = source.allocate(raw_bytes, pool.stream(), &pointer);
  if (status == kMemoryAllocation) return nullptr;
  check(driver_, status, "allocate");
  *segment = Segment{.address = static_cast<std::byte*>(pointer),
                     .bytes = bytes,
                     .first = nullptr,
                     .num_busy = 0,
                     .raw_bytes = raw_bytes,
                     .arena = &arena,
                     .kind = pool.kind(),
                     .stream = pool.stream(),
                     .is_oversize = bytes >= state_.options.max_split_bytes,
                     .source = &source,
                     .context = context};
  Statistics& statistics = state_.statistics;
  statistics.increase(&Figures::reserved_bytes, segment->kind, bytes);
  statistics.increase(&Figures::segments, segment->kind, 1);
  ++statistics.num_raw_allocs;
  if (segment->is_oversize) statistics.oversize_segments.increase(1);
  note(MemoryAction::kSegmentAllocate, *segment, segment->address, bytes);
  return &hold(std::move(segment));
}

void Segments::release(Segment& segment) {
  const RawStream stream = segment.is_direct ? segment.first->pool->stream() : nullptr;
  check(driver_, segment.source->free(segment.address, segment.raw_bytes, stream), "release cached memory");
  for (Block* block = segment.first; block != nullptr;) {
    Block* after = block->after;
    block->pool->forget(block);
    block = after;
  }
  Statistics& statistics = state_.statistics;
  statistics.decrease(&Figures::reserved_bytes, segment.kind, segment.bytes);
  statistics.decrease(&Figures::segments, segment.kind, 1);
  ++statistics.num_raw_frees;
  if (segment.is_oversize) statistics.oversize_segments.decrease(1);
  note(MemoryAction::kSegmentFree, segment, segment.address, segment.bytes);
  drop(segment);
}

Segment& Segments::hold(std::unique_ptr<Segment> segment) noexcept {
  segment->index = all_.size();
  all_.push_back(std::move(segment));
  return *all_.back();
}

void Segments::drop(Segment& segment) noexcept {
  const std::size_t index = segment.index;
  std::swap(all_[index], all_.back());
  all_[index]->index = index;
  all_.pop_back();
}

void Segments::note(MemoryAction action, const Segment& segment, const std::byte* address, std::size_t bytes) {
  if (!state_.history.is_on()) [[likely]]
    return;
  state_.history.note({action, address, bytes, segment.stream, segment.arena->id, segment.context});
}

}  // namespace vt::cuda
