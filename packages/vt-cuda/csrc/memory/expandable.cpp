// SPDX-License-Identifier: Apache-2.0
// Where expandable segments grow and shrink: Note [Expandable segments].
#include "expandable.hpp"

#include <algorithm>
#include <utility>

#include "../runtime/status.hpp"
#include "arena.hpp"
#include "segments.hpp"

namespace vt::cuda {
namespace {

// The driver takes about as long for a large page as for a small one, so much memory at once is mapped in eighths.
std::size_t page_bytes_for(BlockKind kind, std::size_t growth_bytes) noexcept {
  const std::size_t least = page_bytes(kind);
  return std::clamp(round_up(growth_bytes / 8, kSegmentUnit), least, 8 * least);
}

}  // namespace

std::optional<ExpandableRange::Stretch> ExpandableRange::cheapest(std::size_t bytes) const noexcept {
  std::optional<Stretch> best;
  for (std::size_t index = 0; index <= runs.size(); ++index) {
    if (gap(index).begin == gap(index).end) continue;
    const std::optional<Stretch> found = stretch_from(index, bytes);
    if (found && (!best || found->new_bytes < best->new_bytes)) best = found;
  }
  return best;
}

std::optional<ExpandableRange::Stretch> ExpandableRange::stretch_from(std::size_t index,
                                                                      std::size_t bytes) const noexcept {
  Stretch found{.gap = index};
  const Block* before = index == 0 ? nullptr : runs[index - 1]->last;
  std::byte* reached = gap(index).begin;
  std::size_t missing = bytes;
  if (before != nullptr && may_take(before)) missing -= std::min(missing, before->bytes);
  for (; index <= runs.size(); ++index) {
    const Gap next = gap(index);
    const std::size_t mapped = std::min(round_up(missing, kSegmentUnit), static_cast<std::size_t>(next.end - reached));
    found.new_bytes += mapped;
    found.end = reached + mapped;
    missing -= std::min(missing, mapped);
    if (missing == 0) return found;
    if (index == runs.size() || !may_take(runs[index]->first)) return std::nullopt;
    const Segment& run = *runs[index];
    missing -= std::min(missing, run.first->bytes);
    if (missing == 0) return found;
    if (run.first != run.last) return std::nullopt;
    reached = run.end();
  }
  return std::nullopt;
}

bool Segments::has_virtual_memory() {
  if (has_virtual_memory_) return *has_virtual_memory_;
  std::size_t granularity = 0;
  const Status status = driver_.mem_granularity(driver_.self, device_, &granularity);
  if (status != kNotSupported) check(driver_, status, "ask for virtual memory");
  has_virtual_memory_ = status == kSuccess && kSegmentUnit % granularity == 0;
  return *has_virtual_memory_;
}

Block* Segments::grow(std::size_t bytes, std::size_t step_bytes, BlockPool& pool, Arena& arena, std::uint64_t context) {
  ExpandableRange* range = nullptr;
  std::optional<ExpandableRange::Stretch> stretch;
  for (const auto& candidate : ranges_) {
    if (candidate->pool != &pool) continue;
    const auto found = candidate->cheapest(bytes);
    if (!found || (stretch && stretch->new_bytes <= found->new_bytes)) continue;
    range = candidate.get();
    stretch = found;
  }
  if (range == nullptr) {
    range = reserve_addresses(bytes, pool, arena);
    if (range == nullptr) return nullptr;
    stretch = range->cheapest(bytes);
  }
  return map(*range, *stretch, step_bytes, context);
}

// Takes the stretch, and more behind it up to a multiple of the step.
Block* Segments::map(ExpandableRange& range, const ExpandableRange::Stretch& stretch, std::size_t step_bytes,
                     std::uint64_t context) {
  struct Piece {
    std::byte* address;
    std::size_t bytes;
    std::unique_ptr<Segment> segment;
  };
  if (stretch.new_bytes == 0) return range.runs[stretch.gap - 1]->last;  // it was left to larger requests
  std::vector<Piece> pieces;
  const std::size_t more = (step_bytes - stretch.new_bytes % step_bytes) % step_bytes;
  std::size_t new_bytes = 0;
  for (std::size_t index = stretch.gap; index <= range.runs.size(); ++index) {
    const ExpandableRange::Gap gap = range.gap(index);
    if (gap.begin >= stretch.end) break;
    std::byte* end = std::min(gap.end, stretch.end);
    if (end == stretch.end) end += std::min(more, static_cast<std::size_t>(gap.end - end));
    pieces.push_back({gap.begin, static_cast<std::size_t>(end - gap.begin), std::make_unique<Segment>()});
    new_bytes += pieces.back().bytes;
  }
  const std::size_t reserved = reserved_bytes();
  if (reserved > limit_ || new_bytes > limit_ - reserved) return nullptr;
  if (new_bytes > kSharedLargeSegment && new_bytes > device_memory().free_bytes) return nullptr;  // before many calls
  state_.records.reserve(pieces.size() + 1);
  all_.reserve(all_.size() + pieces.size());
  range.runs.reserve(range.runs.size() + pieces.size());
  const BlockKind kind = range.pool->kind();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Status status =
        range.addresses.map(pieces[i].address, pieces[i].bytes, page_bytes_for(kind, pieces[i].bytes), devices_);
    if (status == kSuccess) continue;
    while (i-- > 0) (void)range.addresses.unmap(pieces[i].address, pieces[i].bytes);
    if (status == kMemoryAllocation) return nullptr;
    throw_status(driver_, status, "map memory");
  }
  // From here on nothing fails.
  const std::size_t num_runs = range.runs.size();
  Block* grown = nullptr;
  for (Piece& piece : pieces) {
    *piece.segment = Segment{.address = piece.address,
                             .bytes = piece.bytes,
                             .first = nullptr,
                             .num_busy = 0,
                             .arena = range.arena,
                             .kind = kind,
                             .stream = range.pool->stream(),
                             .context = context,
                             .range = &range};
    note(MemoryAction::kSegmentMap, *piece.segment, piece.address, piece.bytes);
    grown = attach(range, std::move(piece.segment));
  }
  state_.statistics.increase(&Figures::reserved_bytes, kind, new_bytes);
  state_.statistics.num_raw_allocs += pieces.size();
  count_runs(kind, num_runs, range.runs.size());
  return grown;
}

ExpandableRange* Segments::reserve_addresses(std::size_t bytes, BlockPool& pool, Arena& arena) {
  const std::size_t total_bytes = device_memory().total_bytes;
  if (bytes > total_bytes) return nullptr;
  // Blocks of all kinds that are there together cannot take more; of small ones there is seldom much.
  std::size_t wanted = pool.kind() == BlockKind::kSmall ? total_bytes / 8 : total_bytes;
  ranges_.reserve(ranges_.size() + 1);
  auto range = std::make_unique<ExpandableRange>(driver_, device_, pool, arena);
  for (;; wanted /= 2) {
    const Status status = range->addresses.reserve(round_up(std::max(wanted, bytes), kSegmentUnit));
    if (status == kSuccess) {
      ranges_.push_back(std::move(range));
      return ranges_.back().get();
    }
    if (status != kMemoryAllocation) throw_status(driver_, status, "reserve addresses");
    if (wanted <= bytes) return nullptr;
  }
}

Segments::DeviceMemory Segments::device_memory() const {
  DeviceMemory memory{};
  check(driver_, driver_.mem_info(driver_.self, device_, &memory.free_bytes, &memory.total_bytes), "map memory");
  return memory;
}

// A free block that holds the whole of the new segment.
Block* Segments::attach(ExpandableRange& range, std::unique_ptr<Segment> segment) noexcept {
  Segment& added = hold(std::move(segment));
  range.pool->add(&added);
  const auto place =
      std::upper_bound(range.runs.begin(), range.runs.end(), added.address,
                       [](const std::byte* address, const Segment* run) { return address < run->address; });
  const auto index = static_cast<std::size_t>(range.runs.insert(place, &added) - range.runs.begin());
  if (index + 1 < range.runs.size() && range.runs[index + 1]->address == added.end())
    (void)join(added, *range.runs[index + 1]);
  if (index > 0 && range.runs[index - 1]->end() == added.address) return join(*range.runs[index - 1], added);
  return added.first;
}

// Makes one segment of two that meet. Returns the block that holds the first of the right one.
Block* Segments::join(Segment& left, Segment& right) noexcept {
  Block* last = left.last;
  Block* first = right.first;
  BlockPool::uncount(last);
  BlockPool::uncount(first);
  for (Block* block = first; block != nullptr; block = block->after) block->segment = &left;
  last->after = first;
  first->before = last;
  left.last = right.last;
  left.bytes += right.bytes;
  left.num_busy += right.num_busy;
  std::erase(left.range->runs, &right);
  drop(right);
  const bool merges =
      last->state == BlockState::kFree && first->state == BlockState::kFree && last->pool == first->pool;
  if (merges) last->pool->merge(last, first);
  BlockPool::recount(last);
  if (merges) return last;
  BlockPool::recount(first);
  return first;
}

// Makes a segment of its own from the block on, which is not the first.
void Segments::divide(Block& first, std::unique_ptr<Segment> segment) noexcept {
  Segment& left = *first.segment;
  const bool was_idle = left.num_busy == 0;
  Segment& right = hold(std::move(segment));
  Block* last = first.before;
  BlockPool::uncount(last);
  BlockPool::uncount(&first);
  const std::size_t index = right.index;
  right = left;
  right.index = index;
  right.address = first.address;
  right.bytes = static_cast<std::size_t>(left.end() - first.address);
  right.first = &first;
  right.num_busy = 0;
  for (Block* block = &first; block != nullptr; block = block->after) {
    block->segment = &right;
    right.num_busy += block->state != BlockState::kFree ? 1 : 0;
  }
  left.bytes -= right.bytes;
  left.last = last;
  left.num_busy -= right.num_busy;
  last->after = first.before = nullptr;
  for (Segment* half : {&left, &right})
    if (half->num_busy == 0 && !was_idle) half->idle_since = ++state_.num_idled;
  std::vector<Segment*>& runs = left.range->runs;
  runs.insert(std::find(runs.begin(), runs.end(), &left) + 1, &right);
  BlockPool::recount(last);
  BlockPool::recount(&first);
}

void Segments::unmap_pages(Block& block, std::size_t keep_bytes) {
  if (reserved_bytes() <= keep_bytes) return;
  ExpandableRange& range = *block.segment->range;
  std::byte* const end = range.addresses.border_before(block.end());
  std::byte* begin = range.addresses.border_after(block.address);
  if (begin >= end) return;
  const std::size_t excess = reserved_bytes() - keep_bytes;
  if (excess < static_cast<std::size_t>(end - begin)) begin = range.addresses.border_before(end - excess);
  const auto bytes = static_cast<std::size_t>(end - begin);
  std::unique_ptr<Segment> parts[2] = {std::make_unique<Segment>(), std::make_unique<Segment>()};
  state_.records.reserve(2);
  all_.reserve(all_.size() + 2);
  range.runs.reserve(range.runs.size() + 2);
  check(driver_, range.addresses.unmap(begin, bytes), "unmap cached memory");
  // From here on nothing fails.
  const std::size_t num_runs = range.runs.size();
  Block* gone = &block;
  if (block.address < begin) gone = block.pool->divide(&block, static_cast<std::size_t>(begin - block.address));
  if (end < gone->end()) (void)gone->pool->divide(gone, bytes);
  if (gone->after != nullptr) divide(*gone->after, std::move(parts[0]));
  if (gone->before != nullptr) divide(*gone, std::move(parts[1]));
  Segment& segment = *gone->segment;
  note(MemoryAction::kSegmentUnmap, segment, begin, bytes);
  std::erase(range.runs, &segment);
  gone->pool->forget(gone);
  const BlockKind kind = segment.kind;
  drop(segment);
  state_.statistics.decrease(&Figures::reserved_bytes, kind, bytes);
  ++state_.statistics.num_raw_frees;
  count_runs(kind, num_runs, range.runs.size());
}

void Segments::count_runs(BlockKind kind, std::size_t before, std::size_t after) noexcept {
  if (after > before) state_.statistics.increase(&Figures::segments, kind, after - before);
  if (after < before) state_.statistics.decrease(&Figures::segments, kind, before - after);
}

void Segments::release_addresses() {
  for (std::size_t i = ranges_.size(); i-- > 0;) {
    if (!ranges_[i]->runs.empty()) continue;
    check(driver_, ranges_[i]->addresses.release(), "release addresses");
    std::swap(ranges_[i], ranges_.back());
    ranges_.pop_back();
  }
}

void Segments::give_access(int device) {
  if (std::find(devices_.begin(), devices_.end(), device) != devices_.end()) return;
  devices_.reserve(devices_.size() + 1);
  for (const auto& range : ranges_)
    for (const Segment* run : range->runs)
      check(driver_, range->addresses.set_access(device, run->address, run->bytes), "give access to a peer");
  devices_.push_back(device);
}

}  // namespace vt::cuda
