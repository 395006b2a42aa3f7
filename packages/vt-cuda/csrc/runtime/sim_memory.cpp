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

using Holes = std::map<std::uintptr_t, std::uintptr_t>;  // begin -> end

// The lowest addresses that are free; 0 when there are none.
std::uintptr_t take_lowest(Holes& holes, std::size_t bytes) {
  for (const auto& [begin, end] : holes) {
    if (end - begin < bytes) continue;
    const std::uintptr_t address = begin;
    const std::uintptr_t rest_end = end;
    holes.erase(address);
    if (address + bytes < rest_end) holes[address + bytes] = rest_end;
    return address;
  }
  return 0;
}

void give_back(Holes& holes, std::uintptr_t begin, std::uintptr_t end) {
  auto hole = holes.emplace(begin, end).first;
  if (const auto after = std::next(hole); after != holes.end() && after->first == hole->second) {
    hole->second = after->second;
    holes.erase(after);
  }
  if (hole == holes.begin()) return;
  if (const auto before = std::prev(hole); before->second == hole->first) {
    before->second = hole->second;
    holes.erase(hole);
  }
}

}  // namespace

void VectorClock::tick(std::size_t actor) {
  if (ticks_.size() <= actor) ticks_.resize(actor + 1);
  ++ticks_[actor];
}

void VectorClock::join(const VectorClock& other) {
  if (ticks_.size() < other.ticks_.size()) ticks_.resize(other.ticks_.size());
  for (std::size_t i = 0; i < other.ticks_.size(); ++i) ticks_[i] = std::max(ticks_[i], other.ticks_[i]);
}

SimMemory::SimMemory(int num_devices, std::size_t capacity_bytes, std::size_t virtual_bytes)
    : capacity_bytes_(capacity_bytes),
      virtual_bytes_(virtual_bytes),
      spaces_(static_cast<std::size_t>(num_devices) + 1) {
  for (Space& space : spaces_) {
    void* base =
        mmap(nullptr, address_bytes(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) throw std::bad_alloc();
    space.base = reinterpret_cast<Address>(base);
    space.free[space.base] = space.base + capacity_bytes;
    space.unreserved[space.base + capacity_bytes] = space.base + address_bytes();
  }
}

SimMemory::~SimMemory() {
  for (Space& space : spaces_) munmap(reinterpret_cast<void*>(space.base), address_bytes());
}

void* SimMemory::allocate(int device, std::size_t bytes, std::uint64_t host_tick) {
  Space& space = this->space(device);
  if (bytes == 0 || bytes > capacity_bytes_ - space.live_bytes) return nullptr;
  const std::size_t taken = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  const Address address = take_lowest(space.free, taken);
  if (address == 0) return nullptr;
  space.live[address] = {address + taken, host_tick};
  space.live_bytes += taken;
  forget_history(address, address + taken);
  return reinterpret_cast<void*>(address);
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
  give_back(space.free, address, allocation.end);
  return true;
}

void* SimMemory::reserve(int device, std::size_t bytes) {
  Space& space = this->space(device);
  const Address address = bytes == 0 ? 0 : take_lowest(space.unreserved, bytes);
  if (address == 0) return nullptr;
  space.reserved[address] = address + bytes;
  return reinterpret_cast<void*>(address);
}

bool SimMemory::unreserve(int device, void* pointer, std::size_t bytes) {
  Space& space = this->space(device);
  const Address address = reinterpret_cast<Address>(pointer);
  const auto found = space.reserved.find(address);
  if (found == space.reserved.end() || found->second != address + bytes) {
    report(SimReportKind::kBadFree, "free of addresses that were not reserved, or not so many");
    return false;
  }
  const auto mapping = space.mapped.lower_bound(address);
  if (mapping != space.mapped.end() && mapping->first < found->second) {
    report(SimReportKind::kBadFree, "free of addresses that memory is mapped to");
    return false;
  }
  space.reserved.erase(found);
  give_back(space.unreserved, address, address + bytes);
  return true;
}

std::uint64_t SimMemory::create(int device, std::size_t bytes) {
  Space& space = this->space(device);
  if (bytes > capacity_bytes_ - space.live_bytes) return 0;
  space.live_bytes += bytes;
  memories_[++num_created_] = {device, bytes};
  return num_created_;
}

bool SimMemory::release(std::uint64_t memory) {
  const auto found = memories_.find(memory);
  if (found == memories_.end() || found->second.is_released) {
    report(SimReportKind::kBadHandle, "release of memory that was not created, or released before");
    return false;
  }
  found->second.is_released = true;
  drop_if_unused(memory);
  return true;
}

bool SimMemory::map(void* pointer, std::size_t bytes, std::uint64_t memory, std::uint64_t host_tick) {
  const Address begin = reinterpret_cast<Address>(pointer);
  Space* space = space_of(begin);
  const auto found = memories_.find(memory);
  const auto wrong = [&](const char* what) {
    report(SimReportKind::kBadMap, std::string("map: ") + what);
    return false;
  };
  if (found == memories_.end() || found->second.is_released) return wrong("the memory is not there");
  if (found->second.bytes != bytes) return wrong("a part of the memory, or more");
  if (space == nullptr) return wrong("addresses that were not reserved");
  const auto after = space->reserved.upper_bound(begin);
  if (after == space->reserved.begin() || std::prev(after)->second < begin + bytes)
    return wrong("addresses that were not reserved");
  const auto next = space->mapped.lower_bound(begin + bytes);
  if (next != space->mapped.begin() && std::prev(next)->second.end > begin)
    return wrong("addresses that memory is mapped to already");
  space->mapped[begin] = {begin + bytes, host_tick, memory, 0};
  ++found->second.num_mappings;
  forget_history(begin, begin + bytes);
  return true;
}

bool SimMemory::set_access(int device, void* pointer, std::size_t bytes) {
  const Address begin = reinterpret_cast<Address>(pointer);
  Space* space = space_of(begin);
  if (space == nullptr || !is_mapped(*space, begin, begin + bytes)) {
    report(SimReportKind::kBadMap, "set access: no memory is mapped, or not as a whole");
    return false;
  }
  for (auto mapping = space->mapped.find(begin); mapping != space->mapped.end() && mapping->first < begin + bytes;
       ++mapping)
    mapping->second.devices |= std::uint64_t{1} << device;
  return true;
}

bool SimMemory::unmap(void* pointer, std::size_t bytes, const SimActor& host) {
  const Address begin = reinterpret_cast<Address>(pointer);
  Space* space = space_of(begin);
  if (space == nullptr || !is_mapped(*space, begin, begin + bytes)) {
    report(SimReportKind::kBadMap, "unmap: no memory is mapped, or not as a whole");
    return false;
  }
  check_history(begin, begin + bytes, true, host);
  for (auto mapping = space->mapped.find(begin); mapping != space->mapped.end() && mapping->first < begin + bytes;) {
    --memories_.at(mapping->second.memory).num_mappings;
    drop_if_unused(mapping->second.memory);
    mapping = space->mapped.erase(mapping);
  }
  return true;
}

void SimMemory::drop_if_unused(std::uint64_t number) {
  const Memory& memory = memories_.at(number);
  if (!memory.is_released || memory.num_mappings != 0) return;
  space(memory.device).live_bytes -= memory.bytes;
  memories_.erase(number);
}

// Also that mappings begin and end with it.
bool SimMemory::is_mapped(Space& space, Address begin, Address end) const noexcept {
  for (auto mapping = space.mapped.find(begin); begin < end; ++mapping) {
    if (mapping == space.mapped.end() || mapping->first != begin || mapping->second.end > end) return false;
    begin = mapping->second.end;
  }
  return true;
}

bool SimMemory::access(const void* pointer, std::size_t bytes, bool write, const SimActor& actor) {
  if (bytes == 0) return true;
  const Address begin = reinterpret_cast<Address>(pointer);
  if (Space* space = space_of(begin); space != nullptr && begin >= space->base + capacity_bytes_)
    return access_mapped(*space, begin, begin + bytes, write, actor);
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

bool SimMemory::access_mapped(Space& space, Address begin, Address end, bool write, const SimActor& actor) {
  const std::string what =
      std::string(actor.operation) + ": " + access_name(write) + " of " + std::to_string(end - begin) + " bytes ";
  for (Address next = begin; next < end;) {
    const auto after = space.mapped.upper_bound(next);
    const Mapping* mapping = after == space.mapped.begin() ? nullptr : &std::prev(after)->second;
    if (mapping == nullptr || mapping->end <= next || mapping->born > actor.clock.at(0)) {
      report(SimReportKind::kUseAfterFree, what + "outside of memory mapped when enqueued");
      return false;
    }
    if (actor.device == kHost || (mapping->devices >> actor.device & 1) == 0) {
      report(SimReportKind::kNoAccess, what + "that the device was not given access to");
      return false;
    }
    next = mapping->end;
  }
  check_history(begin, end, write, actor);
  note_access(begin, end, write, actor);
  return true;
}

bool SimMemory::tracks(const void* pointer) const noexcept {
  const Address address = reinterpret_cast<Address>(pointer);
  return std::any_of(spaces_.begin(), spaces_.end(), [&](const Space& space) {
    return address >= space.base && address < space.base + address_bytes();
  });
}

SimMemory::Space* SimMemory::space_of(Address address) noexcept {
  for (Space& space : spaces_)
    if (address >= space.base && address < space.base + address_bytes()) return &space;
  return nullptr;
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
