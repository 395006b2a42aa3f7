// SPDX-License-Identifier: Apache-2.0
// The public calls of the caching allocator.
#include "caching_allocator.hpp"

#include <algorithm>

#include "../runtime/device.hpp"
#include "../runtime/status.hpp"

namespace vt::cuda {
namespace {

constexpr int kFill = 0xFF;

void reject_per_thread_stream(const char* op, RawStream stream) {
  if (reinterpret_cast<std::uintptr_t>(stream) != kPerThreadStream) return;
  throw Error(ErrorKind::kValue, std::string(op) +
                                     ": got CUDA's per-thread default stream, expected one stream for all threads; "
                                     "create a stream or pass handle 1 for the legacy default stream");
}

}  // namespace

CachingAllocator::CachingAllocator(const Driver& driver, int device, bool fills)
    : driver_(driver),
      device_(device),
      fills_(fills),
      events_(driver, device),
      driver_memory_(driver, device),
      segments_(driver, device, state_),
      ordinary_(0, driver_memory_) {}

CachingAllocator::~CachingAllocator() {
  if (!segments_.all().empty()) (void)driver_.device_synchronize(driver_.self, device_);
}

DevicePtr CachingAllocator::allocate(std::size_t bytes, StreamView stream) {
  if (bytes == 0) return nullptr;
  if (stream.device() != device_) [[unlikely]]
    check_stream("allocate", stream);
  Request request{block_bytes(bytes), bytes, 0};
  const bool is_watched = state_.history.is_on();
  if (is_watched) [[unlikely]]
    request.context = state_.history.capture_allocation();
  std::unique_ptr<Shortage> shortage;
  {
    const std::scoped_lock lock(lock_);
    state_.records.reserve(2);
    live_.reserve(1);
    Arena& arena = captures_.empty() && routes_.empty() ? ordinary_ : arena_of(stream);
    Home& home = this->home(arena, stream.raw());
    Block* block = home.pool(block_kind(request.bytes)).take(request.bytes);
    if (block == nullptr) [[unlikely]]
      block = take_slow(arena, home, request, shortage);
    if (block != nullptr) [[likely]] {
      if (fills_) [[unlikely]]
        fill_new(block, stream);
      block->requested_bytes = bytes;
      block->context = request.context;
      live_.insert(block);
      count_allocation(*block);
      if (is_watched) [[unlikely]]
        note(MemoryAction::kAllocate, *block, request.context);
      return block->address;
    }
  }
  throw Error(ErrorKind::kOutOfMemory, out_of_memory_message(device_, *shortage, [this](std::uint64_t context) {
                return state_.history.describe(context);
              }));
}

void CachingAllocator::free(DevicePtr pointer) {
  if (pointer == nullptr) return;
  const bool is_watched = state_.history.is_on();
  const std::uint64_t context = is_watched ? state_.history.capture_free() : 0;
  const std::scoped_lock lock(lock_);
  Block* block = live_block("free", pointer);
  const bool used_elsewhere = !block->uses.empty();
  if (used_elsewhere) [[unlikely]] {
    const DeviceGuard guard(driver_, device_);  // the legacy default stream is that of the current device
    PendingFrees::record(block, [this](StreamView stream) { return is_captured(stream); });
  }
  live_.erase(block);
  count_free(*block);
  if (is_watched) [[unlikely]]
    note(MemoryAction::kFreeRequested, *block, context);
  if (used_elsewhere) [[unlikely]]
    return pending_.add(block);
  if (fills_) [[unlikely]]
    fill_freed(*block);
  make_free(block, context);
}

void CachingAllocator::record_use(DevicePtr pointer, StreamView stream) {
  if (pointer == nullptr) return;
  check_stream("record use", stream);
  reject_per_thread_stream("record use", stream.raw());
  const std::scoped_lock lock(lock_);
  Block* block = live_block("record use", pointer);
  if (block->pool->stream() == stream.raw()) return;
  const auto same = [&](const StreamUse& use) { return use.stream == stream && !use.retired; };
  if (const auto use = std::find_if(block->uses.begin(), block->uses.end(), same); use != block->uses.end()) {
    use->recorded = false;
    return;
  }
  // The event is taken here, so that the free has nothing left to create.
  block->uses.reserve(block->uses.size() + 1);
  block->uses.push_back({stream, events_.acquire()});
}

bool CachingAllocator::owns(DevicePtr pointer) const {
  const std::scoped_lock lock(lock_);
  return live_.find(pointer) != nullptr;
}

void CachingAllocator::retire_stream(StreamView stream) {
  check_stream("retire stream", stream);
  const std::scoped_lock lock(lock_);
  const DeviceGuard guard(driver_, device_);
  const auto retire = [&](std::vector<StreamUse>& uses) {
    for (StreamUse& use : uses) {
      if (use.retired || !(use.stream == stream)) continue;
      if (!use.recorded) use.event->record(stream);
      use.recorded = use.retired = true;
    }
  };
  live_.for_each([&](Block& block) {
    for (StreamUse& use : block.uses)
      if (use.stream == stream) use.recorded = use.retired;
    retire(block.uses);
  });
  for (Block* block = pending_.first(); block != nullptr; block = block->list_after) retire(block->uses);
  const auto retire_homes = [&](Arena& arena) {
    retire(arena.replays);
    arena.recent = nullptr;
    for (const auto& home : arena.homes)
      if (home->stream == stream.raw()) home->retire();
  };
  retire_homes(ordinary_);
  for (const auto& arena : graph_arenas_) retire_homes(*arena);
  for (const auto& arena : retired_) retire_homes(*arena);
}

void CachingAllocator::release_cached(std::size_t keep_bytes) {
  const std::scoped_lock lock(lock_);
  reclaim();
  release_idle_segments(keep_bytes);
  events_.release_idle();
}

void CachingAllocator::set_limit(std::size_t bytes) {
  const std::scoped_lock lock(lock_);
  segments_.set_limit(bytes);
}

void CachingAllocator::set_limit_fraction(double fraction) {
  if (!(fraction > 0.0 && fraction <= 1.0))
    throw Error(ErrorKind::kValue, "set memory fraction: value is out of range: got " + std::to_string(fraction) +
                                       ", expected above 0 and at most 1; give a share of the device's memory");
  std::size_t free_bytes = 0;
  std::size_t total_bytes = 0;
  check(driver_, driver_.mem_info(driver_.self, device_, &free_bytes, &total_bytes), "set memory fraction");
  set_limit(static_cast<std::size_t>(fraction * static_cast<double>(total_bytes)));
}

void CachingAllocator::remove_limit() { set_limit(kNoLimit); }

std::size_t CachingAllocator::limit() const {
  const std::scoped_lock lock(lock_);
  return segments_.limit();
}

void CachingAllocator::set_options(const AllocatorOptions& options) {
  check_options(options);
  const std::scoped_lock lock(lock_);
  if (options.is_expandable() && !segments_.has_virtual_memory())
    throw Error(ErrorKind::kNotImplemented, "set allocator options: device " + std::to_string(device_) +
                                                " has no virtual memory, or its driver none, so segments cannot be "
                                                "expandable; use plain segments");
  // Blocks and segments count as oversize from their making on.
  state_.options = options;
}

void CachingAllocator::give_access(int device) {
  const std::scoped_lock lock(lock_);
  segments_.give_access(device);
}

void CachingAllocator::record_history(const HistoryOptions& options, bool clear) {
  const std::scoped_lock lock(lock_);
  state_.history.set_options(options, clear);
}

std::uint64_t CachingAllocator::add_observer(MemoryObserver observer, void* arg) {
  const std::scoped_lock lock(lock_);
  return state_.history.add_observer(observer, arg);
}

void CachingAllocator::remove_observer(std::uint64_t number) noexcept {
  const std::scoped_lock lock(lock_);
  state_.history.remove_observer(number);
}

Statistics CachingAllocator::statistics() const {
  const std::scoped_lock lock(lock_);
  return state_.statistics;
}

void CachingAllocator::reset_peaks() {
  const std::scoped_lock lock(lock_);
  state_.statistics.reset_peaks();
}

void CachingAllocator::reset_totals() {
  const std::scoped_lock lock(lock_);
  state_.statistics.reset_totals();
}

std::size_t CachingAllocator::usable_bytes(DevicePtr pointer) const {
  const std::scoped_lock lock(lock_);
  return live_block("usable bytes", pointer)->bytes;
}

Home& CachingAllocator::home(Arena& arena, RawStream stream) {
  if (Home* found = arena.find(stream)) [[likely]]
    return *found;
  reject_per_thread_stream("allocate", stream);
  return arena.add(state_, stream);
}

void CachingAllocator::count_allocation(Block& block) noexcept {
  Statistics& statistics = state_.statistics;
  const BlockKind kind = block.pool->kind();
  statistics.increase(&Figures::allocations, kind, 1);
  statistics.increase(&Figures::allocated_bytes, kind, block.bytes);
  statistics.increase(&Figures::requested_bytes, kind, block.requested_bytes);
  block.is_oversize = block.bytes >= state_.options.max_split_bytes;
  if (block.is_oversize) [[unlikely]]
    statistics.oversize_allocations.increase(1);
}

void CachingAllocator::count_free(const Block& block) noexcept {
  Statistics& statistics = state_.statistics;
  const BlockKind kind = block.pool->kind();
  statistics.decrease(&Figures::allocations, kind, 1);
  statistics.decrease(&Figures::allocated_bytes, kind, block.bytes);
  statistics.decrease(&Figures::requested_bytes, kind, block.requested_bytes);
  if (block.is_oversize) [[unlikely]]
    statistics.oversize_allocations.decrease(1);
}

// The end of a free: from now on the block serves others.
void CachingAllocator::make_free(Block* block, std::uint64_t context) {
  if (state_.history.is_on()) [[unlikely]]
    note(MemoryAction::kFreeCompleted, *block, context);
  Segment& segment = *block->segment;
  block->pool->give_back(block);
  if (!segment.is_direct || segment.num_busy != 0) [[likely]]
    return;
  // Should the driver fail now, the segment is as a cached one, and the next release tries again.
  try {
    segments_.release(segment);
  } catch (const Error&) {}
}

// A block that cannot be filled is free again.
void CachingAllocator::fill_new(Block* block, StreamView stream) {
  try {
    fill(*block, stream.raw());
  } catch (const Error&) {
    block->pool->give_back(block);
    throw;
  }
}

void CachingAllocator::fill_freed(const Block& block) noexcept {
  const RawStream stream = block.pool->stream();
  if (stream == nullptr || block.segment->arena != &ordinary_ || !captures_.empty()) return;
  // Should the driver fail now, the next call that needs it says so.
  try {
    fill(block, stream);
  } catch (const Error&) {}
}

void CachingAllocator::fill(const Block& block, RawStream stream) const {
  const std::size_t bytes = block.segment->is_direct ? block.segment->raw_bytes : block.bytes;
  const DeviceGuard guard(driver_, device_);
  check(driver_, driver_.memset_async(driver_.self, block.address, kFill, bytes, stream), "fill memory");
}

void CachingAllocator::note(MemoryAction action, const Block& block, std::uint64_t context) {
  state_.history.note({.action = action,
                       .address = block.address,
                       .bytes = block.requested_bytes,
                       .stream = block.pool->stream(),
                       .pool = block.segment->arena->id,
                       .context = context != 0 ? context : block.context});
}

Block* CachingAllocator::live_block(const char* op, DevicePtr pointer) const {
  Block* block = live_.find(pointer);
  if (block == nullptr) [[unlikely]]
    throw Error(ErrorKind::kValue, std::string(op) + ": got a pointer that is not a live allocation of device " +
                                       std::to_string(device_) +
                                       ", expected one from allocate; free each allocation once, by its first byte");
  return block;
}

void CachingAllocator::check_stream(const char* op, StreamView stream) const {
  if (stream.device() == device_) return;
  throw Error(ErrorKind::kValue, std::string(op) + ": got a stream of device " + std::to_string(stream.device()) +
                                     ", expected one of device " + std::to_string(device_) +
                                     "; use a stream of the allocator's device");
}

}  // namespace vt::cuda
