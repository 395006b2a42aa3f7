// SPDX-License-Identifier: Apache-2.0
// Address spaces and access history of the simulated driver.
#include "sim_memory.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <new>

namespace vt::cuda {
namespace {

constexpr std::size_t kAlignment = 512;

std::string access_name(bool write) { return write ? "write" : "read"; }

}  // namespace

void VectorClock::tick(std::size_t actor) {
  if (ticks_.size() <= actor) ticks_.resize(actor + 1);
  ++ticks_[actor];
}

void VectorClock::join(const VectorClock& other) {
  if (ticks_.size() < other.ticks_.size()) ticks_.resize(other.ticks_.size());
  for (std::size_t i = 0; i < other.ticks_.size(); ++i) ticks_[i] = std::max(ticks_[i], other.ticks_[i]);
}

SimMemory::SimMemory(int num_devices, std::size_t capacity_bytes)
    : capacity_bytes_(capacity_bytes), spaces_(static_cast<std::size_t>(num_devices) + 1) {
  for (Space& space : spaces_) {
    void* base =
        mmap(nullptr, capacity_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) throw std::bad_alloc();
    space.base = reinterpret_cast<Address>(base);
    space.free[space.base] = space.base + capacity_bytes;
  }
}

SimMemory::~SimMemory() {
  for (Space& space : spaces_) munmap(reinterpret_cast<void*>(space.base), capacity_bytes_);
}

void* SimMemory::allocate(int device, std::size_t bytes, std::uint64_t host_tick) {
  if (bytes == 0 || bytes > capacity_bytes_) return nullptr;
  const std::size_t taken = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  Space& space = this->space(device);
  for (const auto& [begin, end] : space.free) {
    if (end - begin < taken) continue;
    const Address address = begin;
    const Address rest_end = end;
    space.free.erase(address);
    if (address + taken < rest_end) space.free[address + taken] = rest_end;
    space.live[address] = {address + taken, host_tick};
    space.live_bytes += taken;
    forget_history(address, address + taken);
    return reinterpret_cast<void*>(address);
  }
  return nullptr;
}

bool SimMemory::free(int device, void* pointer, const SimActor& host) {
  Space& space = this->space(device);
  const auto found = space.live.find(reinterpret_cast<Address>(pointer));
  if (found == space.live.end()) {
    report(SimReportKind::kBadFree, "free of a pointer that is not a live allocation");
    return false;
  }
  const auto [address, allocation] = *found;
  check_history(address, allocation.end, true, host);
  space.live.erase(found);
  space.live_bytes -= allocation.end - address;
  auto hole = space.free.emplace(address, allocation.end).first;
  if (const auto after = std::next(hole); after != space.free.end() && after->first == hole->second) {
    hole->second = after->second;
    space.free.erase(after);
  }
  if (hole != space.free.begin()) {
    const auto before = std::prev(hole);
    if (before->second == hole->first) {
      before->second = hole->second;
      space.free.erase(hole);
    }
  }
  return true;
}

bool SimMemory::access(const void* pointer, std::size_t bytes, bool write, const SimActor& actor) {
  if (bytes == 0) return true;
  const Address begin = reinterpret_cast<Address>(pointer);
  const Allocation* allocation = allocation_of(begin);
  if (allocation == nullptr || begin + bytes > allocation->end || allocation->born > actor.clock.at(0)) {
    report(SimReportKind::kUseAfterFree, std::string(actor.operation) + ": " + access_name(write) + " of " +
                                             std::to_string(bytes) + " bytes outside of memory live when enqueued");
    return false;
  }
  check_history(begin, begin + bytes, write, actor);
  note_access(begin, begin + bytes, write, actor);
  return true;
}

bool SimMemory::tracks(const void* pointer) const noexcept {
  const Address address = reinterpret_cast<Address>(pointer);
  return std::any_of(spaces_.begin(), spaces_.end(), [&](const Space& space) {
    return address >= space.base && address < space.base + capacity_bytes_;
  });
}

const SimMemory::Allocation* SimMemory::allocation_of(Address address) const noexcept {
  for (const Space& space : spaces_) {
    auto after = space.live.upper_bound(address);
    if (after == space.live.begin()) continue;
    const Allocation& allocation = std::prev(after)->second;
    if (address < allocation.end) return &allocation;
  }
  return nullptr;
}

void SimMemory::split_history(Address address) {
  auto after = history_.upper_bound(address);
  if (after == history_.begin()) return;
  const auto span = std::prev(after);
  if (span->first == address || span->second.end <= address) return;
  Span upper = span->second;
  span->second.end = address;
  history_.emplace(address, std::move(upper));
}

void SimMemory::forget_history(Address begin, Address end) {
  split_history(begin);
  split_history(end);
  history_.erase(history_.lower_bound(begin), history_.lower_bound(end));
}

void SimMemory::check_history(Address begin, Address end, bool write, const SimActor& actor) {
  const auto ordered = [&](const Access& earlier) {
    return earlier.actor == actor.id || earlier.tick <= actor.clock.at(earlier.actor);
  };
  const auto race = [&](const Access& earlier, bool earlier_write) {
    report(SimReportKind::kRace, std::string(actor.operation) + ": " + access_name(write) + " by actor " +
                                     std::to_string(actor.id) + " is not ordered after the " +
                                     access_name(earlier_write) + " of " + earlier.operation + " by actor " +
                                     std::to_string(earlier.actor));
  };
  auto span = history_.upper_bound(begin);
  if (span != history_.begin() && std::prev(span)->second.end > begin) --span;
  for (; span != history_.end() && span->first < end; ++span) {
    const Span& past = span->second;
    if (past.written && !ordered(past.write)) race(past.write, true);
    if (!write) continue;
    for (const Access& read : past.reads)
      if (!ordered(read)) race(read, false);
  }
}

void SimMemory::note_access(Address begin, Address end, bool write, const SimActor& actor) {
  const Access access{actor.id, actor.clock.at(actor.id), actor.operation};
  if (write) {
    forget_history(begin, end);
    history_.emplace(begin, Span{end, true, access, {}});
    return;
  }
  split_history(begin);
  split_history(end);
  Address next = begin;
  for (auto span = history_.lower_bound(begin); next < end; ++span) {
    if (span == history_.end() || span->first > next) {
      const Address gap_end = span == history_.end() ? end : std::min(end, span->first);
      span = history_.emplace(next, Span{gap_end, false, {}, {}}).first;
    }
    std::vector<Access>& reads = span->second.reads;
    std::erase_if(reads, [&](const Access& read) { return read.actor == actor.id; });
    reads.push_back(access);
    next = span->second.end;
  }
}

}  // namespace vt::cuda
