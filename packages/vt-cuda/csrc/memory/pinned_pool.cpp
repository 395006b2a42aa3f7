// SPDX-License-Identifier: Apache-2.0
// Blocks of pinned memory by size, and the events of their copies.
#include "pinned_pool.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <string>

#include "../runtime/device.hpp"
#include "../runtime/status.hpp"

namespace vt::cuda {

PinnedPool::~PinnedPool() {
  for (const auto& [address, block] : blocks_) (void)driver_.host_free(driver_.self, block->data);
}

void* PinnedPool::allocate(std::size_t bytes) {
  if (bytes > std::numeric_limits<std::size_t>::max() / 4)
    throw Error(ErrorKind::kOutOfMemory, "allocate pinned memory: got " + std::to_string(bytes) + " bytes");
  const std::size_t block_bytes = std::bit_ceil(std::max(bytes, kMinBlockBytes));
  const std::scoped_lock lock(mutex_);
  Block* block = take_cached(block_bytes);
  if (block == nullptr) {
    void* data = nullptr;
    Status status = driver_.host_alloc(driver_.self, block_bytes, &data);
    if (status == kMemoryAllocation) {
      release_cached_locked();
      status = driver_.host_alloc(driver_.self, block_bytes, &data);
    }
    check(driver_, status, "allocate pinned memory");
    try {
      auto made = std::make_unique<Block>();
      block = made.get();
      block->data = data;
      block->bytes = block_bytes;
      std::vector<Block*>& kept = cached_[block_bytes];
      const auto is_same_size = [&](const auto& entry) { return entry.second->bytes == block_bytes; };
      kept.reserve(static_cast<std::size_t>(std::count_if(blocks_.begin(), blocks_.end(), is_same_size)) + 1);
      blocks_.emplace(reinterpret_cast<std::uintptr_t>(data), std::move(made));
    } catch (...) {
      (void)driver_.host_free(driver_.self, data);
      throw;
    }
    ++statistics_.num_raw_allocations;
  }
  block->num_holders = 1;
  statistics_.allocated_bytes += block->bytes;
  ++statistics_.num_allocations;
  return block->data;
}

void PinnedPool::free(void* data) noexcept { let_go(data); }

void PinnedPool::let_go(void* data) noexcept {
  const std::scoped_lock lock(mutex_);
  Block* block = find(data);
  if (block == nullptr || --block->num_holders > 0) return;
  statistics_.allocated_bytes -= block->bytes;
  statistics_.cached_bytes += block->bytes;
  cached_.find(block->bytes)->second.push_back(block);
}

bool PinnedPool::owns(const void* data, std::size_t bytes) const {
  const std::scoped_lock lock(mutex_);
  const Block* block = find(data);
  if (block == nullptr) return false;
  const std::size_t offset = reinterpret_cast<std::uintptr_t>(data) - reinterpret_cast<std::uintptr_t>(block->data);
  return bytes <= block->bytes - offset;
}

void PinnedPool::record_use(const void* data, StreamView stream) {
  const std::scoped_lock lock(mutex_);
  Block* block = find(data);
  if (block == nullptr) return;
  const DeviceGuard guard(driver_, stream.device());
  // A later event of a stream stands for the earlier ones.
  for (Use& use : block->uses)
    if (use.stream == stream.raw()) return use.event->record(stream);
  block->uses.push_back({stream.raw(), events(stream.device()).acquire()});
  block->uses.back().event->record(stream);
}

void* PinnedPool::hold(const void* data) {
  const std::scoped_lock lock(mutex_);
  Block* block = find(data);
  if (block == nullptr) return nullptr;
  ++block->num_holders;
  return block->data;
}

void PinnedPool::release_cached() {
  const std::scoped_lock lock(mutex_);
  release_cached_locked();
}

PinnedStatistics PinnedPool::statistics() const {
  const std::scoped_lock lock(mutex_);
  return statistics_;
}

// The block that `data` lies in; null when there is none, or nobody has it.
PinnedPool::Block* PinnedPool::find(const void* data) const {
  auto after = blocks_.upper_bound(reinterpret_cast<std::uintptr_t>(data));
  if (after == blocks_.begin()) return nullptr;
  Block* block = std::prev(after)->second.get();
  const std::uintptr_t offset = reinterpret_cast<std::uintptr_t>(data) - std::prev(after)->first;
  return offset < block->bytes && block->num_holders > 0 ? block : nullptr;
}

PinnedPool::Block* PinnedPool::take_cached(std::size_t bytes) {
  const auto kept = cached_.find(bytes);
  if (kept == cached_.end()) return nullptr;
  // Those freed first are the likeliest to be idle.
  for (auto at = kept->second.begin(); at != kept->second.end(); ++at) {
    Block* block = *at;
    if (!is_idle(*block)) continue;
    kept->second.erase(at);
    statistics_.cached_bytes -= block->bytes;
    return block;
  }
  return nullptr;
}

bool PinnedPool::is_idle(Block& block) {
  const auto has_passed = [](const Use& use) { return use.event->ready(); };
  if (!std::all_of(block.uses.begin(), block.uses.end(), has_passed)) return false;
  block.uses.clear();
  return true;
}

void PinnedPool::release_cached_locked() {
  for (auto& [bytes, kept] : cached_) {
    for (auto at = kept.begin(); at != kept.end();) {
      Block* block = *at;
      if (!is_idle(*block)) {
        ++at;
        continue;
      }
      at = kept.erase(at);
      statistics_.cached_bytes -= bytes;
      void* const data = block->data;
      blocks_.erase(reinterpret_cast<std::uintptr_t>(data));
      check(driver_, driver_.host_free(driver_.self, data), "free pinned memory");
    }
  }
}

EventPool& PinnedPool::events(int device) { return events_.try_emplace(device, driver_, device).first->second; }

}  // namespace vt::cuda
