// SPDX-License-Identifier: Apache-2.0
// Memory of the simulated driver: address space with reuse, and a record of who touched what, ordered by what.
//
// Note [Order by vector clocks]
// Actors are the host (0) and each stream. An operation carries the clock that its stream had when it was enqueued: all that
// is ordered before it by stream order, event waits and host waits. Two accesses to one byte of which one writes must be
// ordered by these clocks, whatever order the queues happened to run in; otherwise it is a race and is reported.
//
// Note [Simulated virtual memory]
// Behind the addresses of plain allocations a device has others, to be reserved. Memory that is mapped there shares the
// capacity with these allocations, and is used as they are, by the devices with access, across its pages too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace vt::cuda {

class VectorClock {
 public:
  std::uint64_t at(std::size_t actor) const noexcept { return actor < ticks_.size() ? ticks_[actor] : 0; }
  void tick(std::size_t actor);
  void join(const VectorClock& other);

 private:
  std::vector<std::uint64_t> ticks_;
};

enum class SimReportKind { kRace, kUseAfterFree, kBadFree, kBadHandle, kBadMap, kNoAccess, kDeadlock, kLeak };

struct SimReport {
  SimReportKind kind;
  std::string message;
};

// Who accesses, and what it is ordered after.
struct SimActor {
  std::size_t id;
  const VectorClock& clock;
  const char* operation;
  int device;  // that accesses; SimMemory::kHost for the host
};

// One address space per device plus pinned host memory. Not thread-safe: the simulated driver holds its lock.
class SimMemory {
 public:
  // Each device has `virtual_bytes` of addresses to be reserved.
  SimMemory(int num_devices, std::size_t capacity_bytes, std::size_t virtual_bytes);
  SimMemory(const SimMemory&) = delete;
  SimMemory& operator=(const SimMemory&) = delete;
  ~SimMemory();

  static constexpr int kHost = -1;

  // Null when full. The lowest free address is taken, so freed addresses come back soon.
  void* allocate(int device, std::size_t bytes, std::uint64_t host_tick);
  // False, with a report, when the pointer is not a live allocation of this device.
  bool free(int device, void* pointer, const SimActor& host);

  // Null when no such addresses are left; the lowest are taken.
  void* reserve(int device, std::size_t bytes);
  // 0 when full.
  std::uint64_t create(int device, std::size_t bytes);
  // These are false, with a report, when the range is not one that was reserved, the memory not one that was created and not
  // released, or it is mapped, not mapped, or not as a whole.
  bool unreserve(int device, void* address, std::size_t bytes);
  bool release(std::uint64_t memory);
  bool map(void* address, std::size_t bytes, std::uint64_t memory, std::uint64_t host_tick);
  bool set_access(int device, void* address, std::size_t bytes);
  bool unmap(void* address, std::size_t bytes, const SimActor& host);

  // False, with a report, when the range is not live memory that existed when the operation was enqueued.
  bool access(const void* pointer, std::size_t bytes, bool write, const SimActor& actor);
  bool tracks(const void* pointer) const noexcept;

  const void* base(int device) const noexcept { return reinterpret_cast<const void*>(space(device).base); }
  std::size_t address_bytes() const noexcept { return capacity_bytes_ + virtual_bytes_; }  // of a device
  std::size_t live_bytes(int device) const noexcept { return space(device).live_bytes; }
  std::size_t num_live(int device) const noexcept { return space(device).live.size(); }
  std::size_t num_reserved(int device) const noexcept { return space(device).reserved.size(); }
  std::size_t num_mapped(int device) const noexcept { return space(device).mapped.size(); }
  std::size_t num_memories() const noexcept { return memories_.size(); }  // not released, or mapped
  std::size_t capacity_bytes() const noexcept { return capacity_bytes_; }

  const std::vector<SimReport>& reports() const noexcept { return reports_; }
  void report(SimReportKind kind, std::string message) { reports_.push_back({kind, std::move(message)}); }

 private:
  using Address = std::uintptr_t;
  struct Allocation {
    Address end;
    std::uint64_t born;  // host tick
  };
  struct Mapping {
    Address end;
    std::uint64_t born;
    std::uint64_t memory;
    std::uint64_t devices;  // a bit for each with access
  };
  struct Memory {
    int device;
    std::size_t bytes;
    bool is_released = false;
    std::size_t num_mappings = 0;
  };
  struct Space {
    Address base = 0;
    std::map<Address, Address> free;  // begin -> end
    std::map<Address, Allocation> live;
    std::size_t live_bytes = 0;             // of allocations and of memory
    std::map<Address, Address> unreserved;  // begin -> end
    std::map<Address, Address> reserved;
    std::map<Address, Mapping> mapped;
  };
  struct Access {
    std::size_t actor;
    std::uint64_t tick;
    const char* operation;
  };
  struct Span {  // bytes with the same history
    Address end;
    bool written = false;
    Access write{};
    std::vector<Access> reads;  // since the write
  };

  Space& space(int device) { return spaces_[static_cast<std::size_t>(device + 1)]; }
  const Space& space(int device) const { return spaces_[static_cast<std::size_t>(device + 1)]; }
  const Allocation* allocation_of(Address address) const noexcept;
  Space* space_of(Address address) noexcept;
  bool is_mapped(Space& space, Address begin, Address end) const noexcept;  // all of it
  bool access_mapped(Space& space, Address begin, Address end, bool write, const SimActor& actor);
  void drop_if_unused(std::uint64_t memory);
  void split_history(Address address);
  void forget_history(Address begin, Address end);
  void check_history(Address begin, Address end, bool write, const SimActor& actor);
  void note_access(Address begin, Address end, bool write, const SimActor& actor);

  std::size_t capacity_bytes_;
  std::size_t virtual_bytes_;
  std::vector<Space> spaces_;  // host first, then devices
  std::unordered_map<std::uint64_t, Memory> memories_;
  std::uint64_t num_created_ = 0;  // ever
  std::map<Address, Span> history_;
  std::vector<SimReport> reports_;
};

}  // namespace vt::cuda
