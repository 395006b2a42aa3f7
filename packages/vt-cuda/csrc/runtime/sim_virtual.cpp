// SPDX-License-Identifier: Apache-2.0
// Virtual memory of the simulated driver: the entries of Note [Virtual memory] in driver.hpp.
#include "sim_driver.hpp"
#include "sim_entries.hpp"

namespace vt::cuda {
namespace {

constexpr std::size_t kGranularity = std::size_t{2} << 20;

}  // namespace

// A friend of SimDriver. Calls that may need tables of the device fail as allocations do.
struct SimVirtualEntries : SimEntry {
  static bool is_granular(const void* address, std::size_t bytes) {
    return bytes != 0 && bytes % kGranularity == 0 && address != nullptr;
  }

  static Status mem_granularity(void* self, int device, std::size_t* bytes) {
    const auto& sim = *static_cast<SimDriver*>(self);
    if (!sim.has_device(device)) return kInvalidDevice;
    if (sim.options_.virtual_factor == 0) return kNotSupported;
    *bytes = kGranularity;
    return kSuccess;
  }

  static Status mem_address_reserve(void* self, int device, std::size_t bytes, DevicePtr* address) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!sim.has_device(device)) return kInvalidDevice;
    if (sim.options_.virtual_factor == 0) return kNotSupported;
    if (bytes == 0 || bytes % kGranularity != 0) return kInvalidValue;
    if (sim.fails(true)) return kMemoryAllocation;
    *address = sim.memory_.reserve(device, bytes);
    return *address == nullptr ? kMemoryAllocation : kSuccess;
  }

  static Status mem_address_free(void* self, int device, DevicePtr address, std::size_t bytes) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!sim.has_device(device)) return kInvalidDevice;
    if (sim.fails(false)) return kLaunchFailure;
    return sim.memory_.unreserve(device, address, bytes) ? kSuccess : kInvalidValue;
  }

  static Status mem_create(void* self, int device, std::size_t bytes, RawMemory* memory) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!sim.has_device(device)) return kInvalidDevice;
    if (sim.options_.virtual_factor == 0) return kNotSupported;
    if (bytes == 0 || bytes % kGranularity != 0) return kInvalidValue;
    if (sim.fails(true)) return kMemoryAllocation;
    *memory = sim.memory_.create(device, bytes);
    return *memory == 0 ? kMemoryAllocation : kSuccess;
  }

  // One that fails has released all the same: the failure is of work that was enqueued before.
  static Status mem_release(void* self, RawMemory memory) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    const bool fails = sim.fails(false);
    if (!sim.memory_.release(memory)) return kInvalidValue;
    return fails ? kLaunchFailure : kSuccess;
  }

  static Status mem_map(void* self, DevicePtr address, std::size_t bytes, RawMemory memory) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!is_granular(address, bytes)) return kInvalidValue;
    if (sim.fails(true)) return kMemoryAllocation;
    sim.host_clock_.tick(0);
    return sim.memory_.map(address, bytes, memory, sim.host_clock_.at(0)) ? kSuccess : kInvalidValue;
  }

  static Status mem_set_access(void* self, int device, DevicePtr address, std::size_t bytes) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!sim.has_device(device)) return kInvalidDevice;
    if (!is_granular(address, bytes)) return kInvalidValue;
    if (sim.fails(true)) return kMemoryAllocation;
    return sim.memory_.set_access(device, address, bytes) ? kSuccess : kInvalidValue;
  }

  static Status mem_unmap(void* self, DevicePtr address, std::size_t bytes) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!is_granular(address, bytes)) return kInvalidValue;
    if (sim.fails(false)) return kLaunchFailure;
    sim.host_clock_.tick(0);
    const SimActor host{0, sim.host_clock_, "unmap", SimMemory::kHost};
    return sim.memory_.unmap(address, bytes, host) ? kSuccess : kInvalidValue;
  }
};

void add_virtual_entries(Driver& table) noexcept {
  table.mem_granularity = SimVirtualEntries::mem_granularity;
  table.mem_address_reserve = SimVirtualEntries::mem_address_reserve;
  table.mem_address_free = SimVirtualEntries::mem_address_free;
  table.mem_create = SimVirtualEntries::mem_create;
  table.mem_release = SimVirtualEntries::mem_release;
  table.mem_map = SimVirtualEntries::mem_map;
  table.mem_set_access = SimVirtualEntries::mem_set_access;
  table.mem_unmap = SimVirtualEntries::mem_unmap;
}

}  // namespace vt::cuda
