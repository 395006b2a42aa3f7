// SPDX-License-Identifier: Apache-2.0
// The table of the simulated driver, and its entries for devices and versions.
#include "sim_entries.hpp"

#include <algorithm>
#include <cstdio>

#include "sim_driver.hpp"

namespace vt::cuda {

// A friend of SimDriver. As in all groups of entries, each locks it, checks its handles and does one thing.
struct SimDeviceEntries : SimEntry {
  static Status device_count(void* self, int* count) {
    *count = static_cast<SimDriver*>(self)->options_.num_devices;
    return kSuccess;
  }

  static Status device_properties(void* self, int device, DeviceProperties* properties) {
    auto& sim = *static_cast<SimDriver*>(self);
    if (!sim.has_device(device)) return kInvalidDevice;
    *properties = DeviceProperties{};
    std::snprintf(properties->name, sizeof properties->name, "Simulated device %d", device);
    properties->compute_major = 9;
    properties->sm_count = 4;
    properties->max_shared_bytes_per_block = 227 * 1024;
    properties->total_bytes = sim.options_.capacity_bytes;
    return kSuccess;
  }

  static Status set_device(void* self, int device) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!sim.has_device(device)) return kInvalidDevice;
    sim.current_device_[std::this_thread::get_id()] = device;
    return kSuccess;
  }

  static Status get_device(void* self, int* device) {
    std::unique_lock<std::mutex> lock;
    *device = locked(self, lock).current_device_[std::this_thread::get_id()];
    return kSuccess;
  }

  static Status device_synchronize(void* self, int device) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    bool captured = false;
    for (const auto& capture : sim.captures_)
      if (capture->graph.device == device) captured = capture->invalidated = true;
    if (captured) return kCaptureUnsupported;
    if (sim.fails(false)) return kLaunchFailure;
    VectorClock clock = sim.retired_clocks_[device];
    for (const auto& stream : sim.streams_)
      if (stream->device == device) clock.join(stream->clock);
    return wait_until(sim, clock, [&] {
      return std::all_of(sim.streams_.begin(), sim.streams_.end(),
                         [&](const auto& stream) { return stream->device != device || stream->queue.empty(); });
    });
  }

  static Status device_can_access_peer(void* self, int device, int peer, int* can) {
    auto& sim = *static_cast<SimDriver*>(self);
    if (!sim.has_device(device) || !sim.has_device(peer)) return kInvalidDevice;
    *can = device != peer ? 1 : 0;
    return kSuccess;
  }

  static Status device_enable_peer_access(void* self, int device, int peer) {
    int can = 0;
    const Status status = device_can_access_peer(self, device, peer, &can);
    return status != kSuccess ? status : can != 0 ? kSuccess : kInvalidDevice;
  }

  static Status device_native(void*, int device, int* native) {
    *native = device;
    return kSuccess;
  }

  static const char* status_name(void*, Status status) {
    switch (status) {
      case kInvalidValue: return "cudaErrorInvalidValue";
      case kMemoryAllocation: return "cudaErrorMemoryAllocation";
      case kInvalidHandle: return "cudaErrorInvalidResourceHandle";
      case kIllegalAddress: return "cudaErrorIllegalAddress";
      case kLaunchFailure: return "cudaErrorLaunchFailure";
      default: return nullptr;
    }
  }

  static Status driver_version(void*, int* version) {
    *version = 13000;
    return kSuccess;
  }

  static Status runtime_version(void*, int* version) {
    *version = 13000;
    return kSuccess;
  }
};

Driver sim_table(SimDriver& driver) noexcept {
  Driver table{};
  table.struct_size = sizeof(Driver);
  table.self = &driver;
  table.device_count = SimDeviceEntries::device_count;
  table.device_properties = SimDeviceEntries::device_properties;
  table.set_device = SimDeviceEntries::set_device;
  table.get_device = SimDeviceEntries::get_device;
  table.device_synchronize = SimDeviceEntries::device_synchronize;
  table.device_can_access_peer = SimDeviceEntries::device_can_access_peer;
  table.device_enable_peer_access = SimDeviceEntries::device_enable_peer_access;
  table.device_native = SimDeviceEntries::device_native;
  table.status_name = SimDeviceEntries::status_name;
  table.driver_version = SimDeviceEntries::driver_version;
  table.runtime_version = SimDeviceEntries::runtime_version;
  add_memory_entries(table);
  add_stream_entries(table);
  add_module_entries(table);
  add_graph_entries(table);
  add_virtual_entries(table);
  return table;
}

}  // namespace vt::cuda
