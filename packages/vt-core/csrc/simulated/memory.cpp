// SPDX-License-Identifier: Apache-2.0
// Memory of the simulated devices: reuse in stream order, and the search for unordered accesses.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include <vt/cpp/error.hpp>

#include "simulation.hpp"

namespace vt::simulated {
namespace {

constexpr int kFreshByte = 0xFF;

}  // namespace

// Free memory may serve work of the stream it was allocated on at once; uses by other streams must be done.
bool Simulation::is_reusable(const Block& block, size_t stream, uint64_t nbytes) const {
  return block.is_free && block.stream == stream && block.nbytes == nbytes &&
         std::ranges::all_of(block.uses, [&](const Mark& use) { return streams_[use.stream].done >= use.number; });
}

void* Simulation::allocate(size_t stream, uint64_t nbytes) {
  if (nbytes == 0) return nullptr;
  {
    const std::lock_guard lock(mutex_);
    for (auto& [address, block] : blocks_) {
      if (!is_reusable(block, stream, nbytes)) continue;
      for (const Mark& use : block.uses) streams_[stream].clock.join(use.clock);  // the allocator saw them done
      block.uses.clear();
      block.is_free = false;
      return reinterpret_cast<void*>(address);
    }
  }
  // Not the host allocator's, whose blocks in use are counted: what the device frees is kept.
  constexpr uint64_t kAlignment = 64;
  void* data = std::aligned_alloc(kAlignment, (nbytes + kAlignment - 1) / kAlignment * kAlignment);
  if (!data) throw std::bad_alloc();
  std::memset(data, kFreshByte, nbytes);
  const std::lock_guard lock(mutex_);
  blocks_[reinterpret_cast<uintptr_t>(data)] = {nbytes, stream, false, {}, {}};
  return data;
}

// The memory stays mapped: pending work may still use it.
void Simulation::free(void* data) {
  const std::lock_guard lock(mutex_);
  const auto block = blocks_.find(reinterpret_cast<uintptr_t>(data));
  if (block != blocks_.end()) block->second.is_free = true;
}

void Simulation::record_use(void* data, size_t stream) {
  Mark use = mark(stream);
  const std::lock_guard lock(mutex_);
  const auto block = find_block(data);
  if (block != blocks_.end() && block->second.stream != stream) block->second.uses.push_back(std::move(use));
}

Simulation::Blocks::iterator Simulation::find_block(const void* data) {
  const auto address = reinterpret_cast<uintptr_t>(data);
  auto after = blocks_.upper_bound(address);
  if (after == blocks_.begin()) return blocks_.end();
  const auto block = std::prev(after);
  return address < block->first + block->second.nbytes ? block : blocks_.end();
}

void Simulation::record_access(const Access& access, const std::string& name, size_t stream) {
  const auto found = find_block(access.data);
  if (access.nbytes == 0 || found == blocks_.end()) return;  // host memory is not tracked
  Block& block = found->second;
  const uint64_t begin = reinterpret_cast<uintptr_t>(access.data) - found->first;
  const Recorded now{name, stream, streams_[stream].enqueued, begin, begin + access.nbytes, access.is_write};
  const Clock& clock = streams_[stream].clock;

  const auto describe = [](const Recorded& a) {
    return a.name + (a.is_write ? " (writes" : " (reads") + " on stream " + std::to_string(a.stream) + ", number " +
           std::to_string(a.number) + ")";
  };
  const auto is_before = [&](const Recorded& a) { return clock.at(a.stream) >= a.number; };
  for (const Recorded& former : block.accesses) {
    const bool overlaps = former.begin < now.end && now.begin < former.end;
    const bool is_same_work = former.stream == now.stream && former.number == now.number;
    if (!overlaps || is_same_work || is_before(former) || !(former.is_write || now.is_write)) continue;
    std::string race = describe(now) + " is not ordered after " + describe(former);
    if (races_.empty() || races_.back() != race) races_.push_back(std::move(race));  // once for add(x, x)
  }
  // Who comes after this access also comes after those it covers, so they need not be kept.
  std::erase_if(block.accesses, [&](const Recorded& former) {
    return former.begin >= now.begin && former.end <= now.end && is_before(former) &&
           (now.is_write || !former.is_write);
  });
  block.accesses.push_back(now);
}

std::vector<std::string> Simulation::races() const {
  const std::lock_guard lock(mutex_);
  return races_;
}

void Simulation::clear_races() {
  const std::lock_guard lock(mutex_);
  races_.clear();
}

}  // namespace vt::simulated
