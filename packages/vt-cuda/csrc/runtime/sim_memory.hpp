// SPDX-License-Identifier: Apache-2.0
// Memory of the simulated driver: address space with reuse, and a record of who touched what, ordered by what.
//
// Note [Order by vector clocks]
// Actors are the host (0) and each stream. An operation carries the clock that its stream had when it was enqueued: all that
// is ordered before it by stream order, event waits and host waits. Two accesses to one byte of which one writes must be
// ordered by these clocks, whatever order the queues happened to run in; otherwise it is a race and is reported.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
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

enum class SimReportKind { kRace, kUseAfterFree, kBadFree, kBadHandle, kDeadlock, kLeak };

struct SimReport {
  SimReportKind kind;
  std::string message;
};

// Who accesses, and what it is ordered after.
struct SimActor {
  std::size_t id;
  const VectorClock& clock;
  const char* operation;
};

// One address space per device plus pinned host memory. Not thread-safe: the simulated driver holds its lock.
class SimMemory {
 public:
  SimMemory(int num_devices, std::size_t capacity_bytes);
  SimMemory(const SimMemory&) = delete;
  SimMemory& operator=(const SimMemory&) = delete;
  ~SimMemory();

  static constexpr int kHost = -1;

  // Null when full. The lowest free address is taken, so freed addresses come back soon.
  void* allocate(int device, std::size_t bytes, std::uint64_t host_tick);
  // False, with a report, when the pointer is not a live allocation of this device.
  bool free(int device, void* pointer, const SimActor& host);

  // False, with a report, when the range is not inside a live allocation that existed when the operation was enqueued.
  bool access(const void* pointer, std::size_t bytes, bool write, const SimActor& actor);
  bool tracks(const void* pointer) const noexcept;

  const void* base(int device) const noexcept { return reinterpret_cast<const void*>(space(device).base); }
  std::size_t live_bytes(int device) const noexcept { return space(device).live_bytes; }
  std::size_t num_live(int device) const noexcept { return space(device).live.size(); }
  std::size_t capacity_bytes() const noexcept { return capacity_bytes_; }

  const std::vector<SimReport>& reports() const noexcept { return reports_; }
  void report(SimReportKind kind, std::string message) { reports_.push_back({kind, std::move(message)}); }

 private:
  using Address = std::uintptr_t;
  struct Allocation {
    Address end;
    std::uint64_t born;  // host tick
  };
  struct Space {
    Address base = 0;
    std::map<Address, Address> free;  // begin -> end
    std::map<Address, Allocation> live;
    std::size_t live_bytes = 0;
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
  void split_history(Address address);
  void forget_history(Address begin, Address end);
  void check_history(Address begin, Address end, bool write, const SimActor& actor);
  void note_access(Address begin, Address end, bool write, const SimActor& actor);

  std::size_t capacity_bytes_;
  std::vector<Space> spaces_;  // host first, then devices
  std::map<Address, Span> history_;
  std::vector<SimReport> reports_;
};

}  // namespace vt::cuda
