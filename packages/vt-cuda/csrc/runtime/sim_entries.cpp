// SPDX-License-Identifier: Apache-2.0
// The entries of the simulated driver's table, one by one.
#include "sim_entries.hpp"

#include <algorithm>
#include <cstdio>

#include "sim_driver.hpp"

namespace vt::cuda {

// A friend of SimDriver: each entry locks it, checks its handles and does one thing.
struct SimEntries : SimEntry {
  // A captured stream does not run: a call that asks how far it is ends the capture.
  static bool disturbs(SimDriver::StreamState& stream) {
    if (stream.capture == nullptr) return false;
    stream.capture->invalidated = true;
    return true;
  }

  static SimCapture* find_capture(SimDriver& sim, std::uint64_t id) {
    for (const auto& capture : sim.captures_)
      if (capture->id == id) return capture.get();
    return nullptr;
  }

  // An event of a capture has no time at which it is ready.
  static bool is_captured(SimDriver& sim, const SimDriver::EventState& event) {
    if (event.captured.capture == 0) return false;
    if (SimCapture* capture = find_capture(sim, event.captured.capture)) capture->invalidated = true;
    return true;
  }

  // Steps until `done`, then orders the host after `clock`.
  template <class Done>
  static Status wait_until(SimDriver& sim, const VectorClock& clock, Done done) {
    while (!done()) {
      if (sim.step_locked()) continue;
      sim.memory_.report(SimReportKind::kDeadlock, "the host waits for work that can never run");
      return kLaunchFailure;
    }
    sim.host_clock_.join(clock);
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

  static Status stream_priority_range(void* self, int device, int* least, int* greatest) {
    if (!static_cast<SimDriver*>(self)->has_device(device)) return kInvalidDevice;
    *least = 0;
    *greatest = -5;
    return kSuccess;
  }

  static Status stream_create(void* self, int device, int, RawStream* raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!sim.has_device(device)) return kInvalidDevice;
    if (sim.fails(true)) return kMemoryAllocation;
    SimDriver::StreamState& state = sim.add_stream(device);
    *raw = reinterpret_cast<RawStream>(&state);
    sim.stream_handles_[*raw] = &state;
    return kSuccess;
  }

  static Status stream_destroy(void* self, RawStream raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw);
    if (stream == nullptr || stream->capture != nullptr) return rejected(sim, "stream_destroy");
    sim.stream_handles_.erase(raw);
    stream->destroyed = true;
    if (stream->queue.empty()) sim.retire(*stream);
    return kSuccess;
  }

  static Status stream_query(void* self, RawStream raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw);
    if (stream == nullptr) return rejected(sim, "stream_query");
    if (disturbs(*stream)) return kCaptureUnsupported;
    if (!stream->queue.empty()) return kNotReady;
    sim.host_clock_.join(stream->clock);
    return kSuccess;
  }

  static Status stream_synchronize(void* self, RawStream raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw);
    if (stream == nullptr) return rejected(sim, "stream_synchronize");
    if (disturbs(*stream)) return kCaptureUnsupported;
    if (sim.fails(false)) return kLaunchFailure;
    return wait_until(sim, stream->clock, [&] { return stream->queue.empty(); });
  }

  static Status stream_wait_event(void* self, RawStream raw_stream, RawEvent raw_event) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw_stream);
    SimDriver::EventState* event = sim.find(raw_event);
    if (stream == nullptr || event == nullptr) return rejected(sim, "stream_wait_event");
    if (event->captured.capture != 0) return wait_in_capture(sim, raw_stream, *stream, *event);
    if (event->latest == nullptr) return kSuccess;
    if (stream->capture != nullptr) {
      stream->capture->invalidated = true;
      return kCaptureIsolation;
    }
    sim.enqueue(*stream, "wait").awaited = event->latest;
    stream->clock.join(event->latest->clock);
    return kSuccess;
  }

  // The stream joins the capture of the event, unless it is there already.
  static Status wait_in_capture(SimDriver& sim, RawStream raw, SimDriver::StreamState& stream,
                                const SimDriver::EventState& event) {
    SimCapture* capture = find_capture(sim, event.captured.capture);
    if (capture == nullptr) return rejected(sim, "stream_wait_event for an event of a capture that has ended");
    if (capture->invalidated) return kCaptureInvalidated;
    if (stream.capture != nullptr && stream.capture != capture) {
      stream.capture->invalidated = capture->invalidated = true;
      return kCaptureMerge;
    }
    if (stream.capture == nullptr) {
      stream.capture = capture;
      stream.lane = capture->add_lane(raw);
    }
    capture->add_wait(stream.lane, event.captured.number);
    return kSuccess;
  }

  static Status event_create(void* self, int device, std::uint32_t flags, RawEvent* raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (!sim.has_device(device)) return kInvalidDevice;
    if (sim.fails(true)) return kMemoryAllocation;
    auto state = std::make_unique<SimDriver::EventState>();
    state->device = device;
    state->timing = (flags & kEventTiming) != 0;
    *raw = reinterpret_cast<RawEvent>(state.get());
    sim.events_[*raw] = std::move(state);
    return kSuccess;
  }

  static Status event_destroy(void* self, RawEvent raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    return sim.events_.erase(raw) == 1 ? kSuccess : rejected(sim, "event_destroy");
  }

  static Status event_record(void* self, RawEvent raw_event, RawStream raw_stream) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::StreamState* stream = sim.find(raw_stream);
    SimDriver::EventState* event = sim.find(raw_event);
    if (stream == nullptr || event == nullptr || stream->device != event->device) return rejected(sim, "event_record");
    if (sim.fails(false)) return kLaunchFailure;
    event->captured = {};
    if (SimCapture* capture = stream->capture) {
      if (capture->invalidated) return kCaptureInvalidated;
      event->captured = {capture->id, capture->add_mark(stream->lane)};
      return kSuccess;
    }
    SimDriver::Operation& operation = sim.enqueue(*stream, "record");
    operation.record = std::make_shared<SimDriver::Record>();
    operation.record->clock = operation.clock;
    operation.record->actor = stream->actor;
    event->latest = operation.record;
    return kSuccess;
  }

  static Status event_query(void* self, RawEvent raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::EventState* event = sim.find(raw);
    if (event == nullptr) return rejected(sim, "event_query");
    if (is_captured(sim, *event)) return kCapturedEvent;
    if (sim.fails(false)) return kLaunchFailure;
    if (event->latest == nullptr) return kSuccess;
    SimDriver::Record& record = *event->latest;
    const bool host_knows = sim.host_clock_.at(record.actor) >= record.clock.at(record.actor);
    if (!record.done || (!host_knows && record.late_queries-- > 0)) return kNotReady;
    sim.host_clock_.join(record.clock);
    return kSuccess;
  }

  static Status event_synchronize(void* self, RawEvent raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::EventState* event = sim.find(raw);
    if (event == nullptr) return rejected(sim, "event_synchronize");
    if (is_captured(sim, *event)) return kCapturedEvent;
    if (sim.fails(false)) return kLaunchFailure;
    const std::shared_ptr<SimDriver::Record> record = event->latest;
    if (record == nullptr) return kSuccess;
    return wait_until(sim, record->clock, [&] { return record->done; });
  }

  // One step counts as one millisecond.
  static Status event_elapsed(void* self, RawEvent raw_start, RawEvent raw_end, float* milliseconds) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    SimDriver::EventState* start = sim.find(raw_start);
    SimDriver::EventState* end = sim.find(raw_end);
    if (start == nullptr || end == nullptr) return rejected(sim, "event_elapsed");
    if (!start->timing || !end->timing || !start->latest || !end->latest) return kInvalidHandle;
    if (!start->latest->done || !end->latest->done) return kNotReady;
    *milliseconds = static_cast<float>(end->latest->step) - static_cast<float>(start->latest->step);
    return kSuccess;
  }

  static Status module_load(void* self, const void* image, std::size_t, RawModule* raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    const auto found = sim.images_.find(image);
    if (found == sim.images_.end()) return kInvalidImage;
    auto module = std::make_unique<SimDriver::Module>(SimDriver::Module{found->second});
    *raw = reinterpret_cast<RawModule>(module.get());
    sim.modules_[*raw] = std::move(module);
    return kSuccess;
  }

  static Status module_unload(void* self, RawModule raw) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    return sim.modules_.erase(raw) == 1 ? kSuccess : rejected(sim, "module_unload");
  }

  static Status module_get_function(void* self, RawModule raw, const char* name, RawFunction* function) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    const auto module = sim.modules_.find(raw);
    if (module == sim.modules_.end()) return rejected(sim, "module_get_function");
    const auto kernel = module->second->kernels.find(name);
    if (kernel == module->second->kernels.end()) return kNotFound;
    *function = reinterpret_cast<RawFunction>(&kernel->second);
    return kSuccess;
  }

  static Status function_set_shared_limit(void* self, RawFunction, int device, std::uint32_t bytes) {
    if (!static_cast<SimDriver*>(self)->has_device(device)) return kInvalidDevice;
    return bytes <= 227 * 1024 ? kSuccess : kInvalidValue;
  }

  static Status launch_function(void* self, RawFunction function, const LaunchConfig* config, void** params) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    return launch(sim, *reinterpret_cast<const SimKernel*>(function), *config, params);
  }

  static Status launch_host_function(void* self, const void* symbol, const LaunchConfig* config, void** params) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    const auto found = sim.kernels_.find(symbol);
    return found == sim.kernels_.end() ? Status{98} : launch(sim, found->second, *config, params);
  }

  static Status stream_priority(void* self, RawStream stream, int* priority) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (sim.find(stream) == nullptr) return rejected(sim, "stream_priority");
    *priority = 0;
    return kSuccess;
  }

  // There is one process.
  static Status event_export(void*, RawEvent, IpcEventHandle*) { return kNotSupported; }
  static Status event_import(void*, int, const IpcEventHandle*, RawEvent*) { return kNotSupported; }

  static Status function_attributes(void*, RawFunction, FunctionAttributes* attributes) {
    *attributes = {1024, 0, 0, 0, 0, 90, 0};
    return kSuccess;
  }

  static Status runtime_version(void*, int* version) {
    *version = 13000;
    return kSuccess;
  }

  static Status driver_version(void*, int* version) {
    *version = 13000;
    return kSuccess;
  }

  static Status launch(SimDriver& sim, const SimKernel& kernel, const LaunchConfig& config, void** params) {
    SimDriver::StreamState* stream = sim.find(config.stream);
    if (stream == nullptr || stream->device != sim.current_device_[std::this_thread::get_id()])
      return rejected(sim, kernel.name);
    for (int axis = 0; axis < 3; ++axis)
      if (config.grid[axis] == 0 || config.block[axis] == 0) return kInvalidValue;
    if (sim.fails(false)) return kLaunchFailure;
    if (stream->capture != nullptr && stream->capture->invalidated) return kCaptureInvalidated;
    std::vector<std::vector<std::byte>> values;
    for (std::size_t i = 0; i < kernel.param_bytes.size(); ++i) {
      const auto* begin = static_cast<const std::byte*>(params[i]);
      values.emplace_back(begin, begin + kernel.param_bytes[i]);
    }
    sim.submit(*stream, kernel.name,
               [&memory = sim.memory_, body = kernel.body, config, values = std::move(values)](const SimActor& actor) {
                 SimLaunch launch(memory, actor, config, values);
                 body(launch);
               });
    return kSuccess;
  }
};

Driver sim_table(SimDriver& driver) noexcept {
  Driver table = {
      .struct_size = sizeof(Driver),
      .reserved = 0,
      .self = &driver,
      .status_name = SimEntries::status_name,
      .device_count = SimEntries::device_count,
      .device_properties = SimEntries::device_properties,
      .set_device = SimEntries::set_device,
      .get_device = SimEntries::get_device,
      .device_synchronize = SimEntries::device_synchronize,
      .mem_alloc = SimEntries::mem_alloc,
      .mem_free = SimEntries::mem_free,
      .mem_info = SimEntries::mem_info,
      .host_alloc = SimEntries::host_alloc,
      .host_free = SimEntries::host_free,
      .memcpy_async = SimEntries::memcpy_async,
      .memset_async = SimEntries::memset_async,
      .stream_priority_range = SimEntries::stream_priority_range,
      .stream_create = SimEntries::stream_create,
      .stream_destroy = SimEntries::stream_destroy,
      .stream_query = SimEntries::stream_query,
      .stream_synchronize = SimEntries::stream_synchronize,
      .stream_wait_event = SimEntries::stream_wait_event,
      .event_create = SimEntries::event_create,
      .event_destroy = SimEntries::event_destroy,
      .event_record = SimEntries::event_record,
      .event_query = SimEntries::event_query,
      .event_synchronize = SimEntries::event_synchronize,
      .event_elapsed = SimEntries::event_elapsed,
      .module_load = SimEntries::module_load,
      .module_unload = SimEntries::module_unload,
      .module_get_function = SimEntries::module_get_function,
      .function_set_shared_limit = SimEntries::function_set_shared_limit,
      .launch_function = SimEntries::launch_function,
      .launch_host_function = SimEntries::launch_host_function,
      .driver_version = SimEntries::driver_version,
      .stream_capture_state = nullptr,  // from here on in sim_graph.cpp
      .stream_begin_capture = nullptr,
      .stream_end_capture = nullptr,
      .stream_capture_info = nullptr,
      .graph_node_count = nullptr,
      .graph_destroy = nullptr,
      .graph_instantiate = nullptr,
      .graph_launch = nullptr,
      .graph_exec_destroy = nullptr,
      .mem_alloc_async = SimEntries::mem_alloc_async,
      .mem_free_async = SimEntries::mem_free_async,
      .device_can_access_peer = SimEntries::device_can_access_peer,
      .device_enable_peer_access = SimEntries::device_enable_peer_access,
      .device_native = SimEntries::device_native,
      .stream_priority = SimEntries::stream_priority,
      .event_export = SimEntries::event_export,
      .event_import = SimEntries::event_import,
      .function_attributes = SimEntries::function_attributes,
      .runtime_version = SimEntries::runtime_version,
      .mem_granularity = nullptr,  // from here on in sim_virtual.cpp
      .mem_address_reserve = nullptr,
      .mem_address_free = nullptr,
      .mem_create = nullptr,
      .mem_release = nullptr,
      .mem_map = nullptr,
      .mem_set_access = nullptr,
      .mem_unmap = nullptr,
      .memcpy_peer_async = SimEntries::memcpy_peer_async,
  };
  add_graph_entries(table);
  add_virtual_entries(table);
  return table;
}

}  // namespace vt::cuda
