// SPDX-License-Identifier: Apache-2.0
// The entries of the simulated driver's table for allocations and copies.
#include "sim_driver.hpp"
#include "sim_entries.hpp"

namespace vt::cuda {

// A friend of SimDriver.
struct SimMemoryEntries : SimEntry {
  static Status mem_alloc(void* self, int device, std::size_t bytes, DevicePtr* pointer) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!sim.has_device(device)) return kInvalidDevice;
    return allocate(sim, device, bytes, pointer);
  }

  static Status mem_free(void* self, int device, DevicePtr pointer) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!sim.has_device(device)) return kInvalidDevice;
    return free(sim, device, pointer);
  }

  // Memory is there at once; a free takes effect when its stream comes to it.
  static Status mem_alloc_async(void* self, int device, std::size_t bytes, RawStream raw, DevicePtr* pointer) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw);
    if (stream == nullptr || stream->device != device) return rejected(sim, "mem_alloc_async");
    return allocate(sim, device, bytes, pointer);
  }

  static Status mem_free_async(void* self, int device, DevicePtr pointer, RawStream raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw);
    if (stream == nullptr || stream->device != device) return rejected(sim, "mem_free_async");
    if (sim.fails(false)) return kLaunchFailure;
    sim.submit(*stream, "free", [&memory = sim.memory_, device, pointer](const SimActor& actor) {
      (void)memory.free(device, pointer, actor);
    });
    return kSuccess;
  }

  static Status mem_info(void* self, int device, std::size_t* free_bytes, std::size_t* total_bytes) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!sim.has_device(device)) return kInvalidDevice;
    *total_bytes = sim.memory_.capacity_bytes();
    *free_bytes = *total_bytes - sim.memory_.live_bytes(device);
    return kSuccess;
  }

  static Status host_alloc(void* self, std::size_t bytes, void** pointer) {
    std::unique_lock<std::mutex> lock;
    return allocate(locked(self, lock), SimMemory::kHost, bytes, pointer);
  }

  static Status host_free(void* self, void* pointer) {
    std::unique_lock<std::mutex> lock;
    return free(locked(self, lock), SimMemory::kHost, pointer);
  }

  static Status allocate(SimDriver& sim, int device, std::size_t bytes, void** pointer) {
    if (sim.fails(true)) return kMemoryAllocation;
    sim.host_clock_.tick(0);
    *pointer = sim.memory_.allocate(device, bytes, sim.host_clock_.at(0));
    return *pointer == nullptr ? kMemoryAllocation : kSuccess;
  }

  static Status free(SimDriver& sim, int device, void* pointer) {
    if (sim.fails(false)) return kLaunchFailure;
    sim.host_clock_.tick(0);
    return sim.memory_.free(device, pointer, SimActor{0, sim.host_clock_, "free", SimMemory::kHost}) ? kSuccess
                                                                                                     : kInvalidValue;
  }

  static Status memcpy_async(void* self, void* dst, const void* src, std::size_t bytes, CopyKind, RawStream raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw);
    if (stream == nullptr) return rejected(sim, "memcpy_async");
    if (sim.fails(false)) return kLaunchFailure;
    if (stream->capture != nullptr && stream->capture->invalidated) return kCaptureInvalidated;
    const bool tracked_dst = sim.memory_.tracks(dst);
    const bool tracked_src = sim.memory_.tracks(src);
    if (stream->capture != nullptr && !(tracked_dst && tracked_src)) {
      sim.memory_.report(SimReportKind::kUseAfterFree, "a captured copy keeps the address of pageable memory");
      return kInvalidValue;
    }
    std::vector<std::byte> staged;
    if (!tracked_src) {
      const auto* begin = static_cast<const std::byte*>(src);
      staged.assign(begin, begin + bytes);
    }
    sim.submit(*stream, "copy",
               [&memory = sim.memory_, dst, src, bytes, tracked_dst, tracked_src,
                staged = std::move(staged)](const SimActor& actor) {
                 if (tracked_src && !memory.access(src, bytes, false, actor)) return;
                 if (tracked_dst && !memory.access(dst, bytes, true, actor)) return;
                 if (bytes != 0) std::memmove(dst, tracked_src ? src : staged.data(), bytes);
               });
    if (tracked_dst) return kSuccess;
    ++sim.num_hidden_waits_;
    return wait_until(sim, VectorClock(stream->clock), [&] { return stream->queue.empty(); });
  }

  // Each side is accessed as by its own device.
  static Status memcpy_peer_async(void* self, DevicePtr dst, int dst_device, const void* src, int src_device,
                                  std::size_t bytes, RawStream raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw);
    if (stream == nullptr) return rejected(sim, "memcpy_peer_async");
    if (!sim.has_device(dst_device) || !sim.has_device(src_device)) return kInvalidDevice;
    if (sim.fails(false)) return kLaunchFailure;
    if (stream->capture != nullptr && stream->capture->invalidated) return kCaptureInvalidated;
    sim.submit(
        *stream, "copy between devices",
        [&memory = sim.memory_, dst, dst_device, src, src_device, bytes](const SimActor& actor) {
          const auto at = [&](int device) { return SimActor{actor.id, actor.clock, actor.operation, device}; };
          if (memory.access(src, bytes, false, at(src_device)) && memory.access(dst, bytes, true, at(dst_device)))
            std::memmove(dst, src, bytes);
        });
    return kSuccess;
  }

  static Status memset_async(void* self, DevicePtr dst, int value, std::size_t bytes, RawStream raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw);
    if (stream == nullptr) return rejected(sim, "memset_async");
    if (sim.fails(false)) return kLaunchFailure;
    if (stream->capture != nullptr && stream->capture->invalidated) return kCaptureInvalidated;
    sim.submit(*stream, "memset", [&memory = sim.memory_, dst, value, bytes](const SimActor& actor) {
      if (memory.access(dst, bytes, true, actor) && bytes != 0) std::memset(dst, value, bytes);
    });
    return kSuccess;
  }
};

void add_memory_entries(Driver& table) noexcept {
  table.mem_alloc = SimMemoryEntries::mem_alloc;
  table.mem_free = SimMemoryEntries::mem_free;
  table.mem_alloc_async = SimMemoryEntries::mem_alloc_async;
  table.mem_free_async = SimMemoryEntries::mem_free_async;
  table.mem_info = SimMemoryEntries::mem_info;
  table.host_alloc = SimMemoryEntries::host_alloc;
  table.host_free = SimMemoryEntries::host_free;
  table.memcpy_async = SimMemoryEntries::memcpy_async;
  table.memcpy_peer_async = SimMemoryEntries::memcpy_peer_async;
  table.memset_async = SimMemoryEntries::memset_async;
}

}  // namespace vt::cuda
