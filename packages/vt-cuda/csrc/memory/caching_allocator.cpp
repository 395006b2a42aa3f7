// SPDX-License-Identifier: Apache-2.0
// The public calls of the caching allocator and its way when memory is short.
#include "caching_allocator.hpp"

#include <algorithm>

#include "../runtime/device.hpp"
#include "../runtime/status.hpp"

namespace vt::cuda {
namespace {

void reject_per_thread_stream(const char* op, RawStream stream) {
  if (reinterpret_cast<std::uintptr_t>(stream) != kPerThreadStream) return;
  throw Error(ErrorKind::kValue, std::string(op) +
                                     ": got CUDA's per-thread default stream, expected one stream for all threads; "
                                     "create a stream or pass handle 1 for the legacy default stream");
}

}  // namespace

CachingAllocator::CachingAllocator(const Driver& driver, int device)
    : driver_(driver), device_(device), events_(driver, device), segments_(driver, device, statistics_) {}

CachingAllocator::~CachingAllocator() {
  if (!segments_.all().empty()) (void)driver_.device_synchronize(driver_.self, device_);
}

DevicePtr CachingAllocator::allocate(std::size_t bytes, StreamView stream) {
  if (bytes == 0) return nullptr;
  if (stream.device() != device_) [[unlikely]]
    check_stream("allocate", stream);
  const std::size_t rounded = block_bytes(bytes);
  const std::scoped_lock lock(lock_);
  records_.reserve(2);
  live_.reserve(1);
  Arena& arena = captures_.empty() ? ordinary_ : arena_of(stream);
  Home& home = this->home(arena, stream.raw());
  Block* block = home.pool(block_kind(rounded)).take(rounded);
  if (block == nullptr) [[unlikely]]
    block = take_slow(arena, home, rounded, bytes);
  block->requested_bytes = bytes;
  live_.insert(block);
  statistics_.allocations.increase(1);
  statistics_.allocated_bytes.increase(block->bytes);
  statistics_.requested_bytes.increase(bytes);
  return block->address;
}

void CachingAllocator::free(DevicePtr pointer) {
  if (pointer == nullptr) return;
  const std::scoped_lock lock(lock_);
  Block* block = live_block("free", pointer);
  const bool used_elsewhere = !block->uses.empty();
  if (used_elsewhere) [[unlikely]] {
    const DeviceGuard guard(driver_, device_);  // the legacy default stream is that of the current device
    PendingFrees::record(block, [this](StreamView stream) { return is_captured(stream); });
  }
  live_.erase(block);
  statistics_.allocations.decrease(1);
  statistics_.allocated_bytes.decrease(block->bytes);
  statistics_.requested_bytes.decrease(block->requested_bytes);
  if (!used_elsewhere) [[likely]] {
    block->pool->give_back(block);
    return;
  }
  statistics_.pending_bytes.increase(block->bytes);
  pending_.add(block);
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

void CachingAllocator::release_cached() {
  const std::scoped_lock lock(lock_);
  reclaim();
  release_idle_segments();
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

void CachingAllocator::remove_limit() { set_limit(Segments::kNoLimit); }

Statistics CachingAllocator::statistics() const {
  const std::scoped_lock lock(lock_);
  return statistics_;
}

void CachingAllocator::reset_peaks() {
  const std::scoped_lock lock(lock_);
  for (Counter* counter : {&statistics_.allocations, &statistics_.allocated_bytes, &statistics_.requested_bytes,
                           &statistics_.pending_bytes, &statistics_.reserved_bytes, &statistics_.segments})
    counter->reset_peak();
}

std::size_t CachingAllocator::usable_bytes(DevicePtr pointer) const {
  const std::scoped_lock lock(lock_);
  return live_block("usable bytes", pointer)->bytes;
}

Home& CachingAllocator::home(Arena& arena, RawStream stream) {
  if (Home* found = arena.find(stream)) [[likely]]
    return *found;
  reject_per_thread_stream("allocate", stream);
  return arena.add(records_, stream);
}

Block* CachingAllocator::take_slow(Arena& arena, Home& home, std::size_t bytes, std::size_t requested_bytes) {
  BlockPool& pool = home.pool(block_kind(bytes));
  const std::size_t preferred = preferred_segment_bytes(bytes);
  const std::size_t smallest = smallest_segment_bytes(bytes);
  if (!pending_.empty() || !retired_.empty()) {
    collect_pending();
    adopt_retired();
    if (Block* block = pool.take(bytes)) return block;
  }
  if (Block* block = take_from_new_segment(arena, pool, preferred, bytes)) return block;
  if (smallest < preferred)
    if (Block* block = take_from_new_segment(arena, pool, smallest, bytes)) return block;
  ++statistics_.num_reclaims;
  reclaim();
  if (Block* block = pool.take(bytes)) return block;
  release_idle_segments();
  if (Block* block = take_from_new_segment(arena, pool, preferred, bytes)) return block;
  if (smallest < preferred)
    if (Block* block = take_from_new_segment(arena, pool, smallest, bytes)) return block;
  if (Block* block = take_from_any_pool(arena, home, bytes)) return block;
  throw_out_of_memory(requested_bytes, bytes);
}

Block* CachingAllocator::take_from_new_segment(Arena& arena, BlockPool& pool, std::size_t segment_bytes,
                                               std::size_t bytes) {
  records_.reserve(2);
  Segment* segment = segments_.create(segment_bytes, arena);
  if (segment == nullptr) return nullptr;
  pool.add(segment);
  return pool.take(bytes);
}

// Only right after `reclaim`: the host has seen all earlier work of the quiet streams end. The home's own stream needs no
// waiting.
Block* CachingAllocator::take_from_any_pool(Arena& arena, Home& home, std::size_t bytes) {
  records_.reserve(1);
  for (const auto& other : arena.homes) {
    if (other.get() != &home && !other->is_quiet) continue;
    for (BlockPool* pool : {&other->small, &other->large}) {
      Block* block = pool->take(bytes);
      if (block == nullptr) continue;
      block->pool = &home.pool(block_kind(bytes));
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
  pending_.collect([this](Block* block) {
    statistics_.pending_bytes.decrease(block->bytes);
    block->pool->give_back(block);
  });
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
  collect_pending();
  adopt_retired();
}

void CachingAllocator::release_idle_segments() {
  segments_.release_idle(
      [this](const Segment& segment) {
        if (segment.arena != &ordinary_) return false;
        for (const Block* block = segment.first; block != nullptr; block = block->after)
          for (const auto& home : ordinary_.homes)
            if ((block->pool == &home->small || block->pool == &home->large) && !home->is_quiet) return false;
        return true;
      },
      [](Block* block) { block->pool->forget(block); });
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

void CachingAllocator::throw_out_of_memory(std::size_t requested_bytes, std::size_t bytes) {
  ++statistics_.num_out_of_memory;
  std::string message = "allocate: device " + std::to_string(device_) + " is out of memory: got a request of " +
                        std::to_string(requested_bytes) + " bytes (a segment of " +
                        std::to_string(smallest_segment_bytes(bytes)) + "); allocated " +
                        std::to_string(statistics_.allocated_bytes.current) + ", reserved " +
                        std::to_string(statistics_.reserved_bytes.current);
  if (segments_.limit() != Segments::kNoLimit) message += ", limit " + std::to_string(segments_.limit());
  std::size_t free_bytes = 0;
  std::size_t total_bytes = 0;
  if (driver_.mem_info(driver_.self, device_, &free_bytes, &total_bytes) == kSuccess)
    message += ", free on the device " + std::to_string(free_bytes) + " of " + std::to_string(total_bytes);
  throw Error(ErrorKind::kOutOfMemory, message + "; free tensors, use smaller batches or raise the limit");
}

}  // namespace vt::cuda
