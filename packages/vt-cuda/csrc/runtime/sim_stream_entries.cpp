// SPDX-License-Identifier: Apache-2.0
// The entries of the simulated driver's table for streams and events.
#include "sim_driver.hpp"
#include "sim_entries.hpp"

namespace vt::cuda {

// A friend of SimDriver.
struct SimStreamEntries : SimEntry {
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

  static Status stream_priority(void* self, RawStream stream, int* priority) {
    std::unique_lock<std::mutex> lock;
    SimDriver& sim = locked(self, lock);
    if (sim.find(stream) == nullptr) return rejected(sim, "stream_priority");
    *priority = 0;
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

  // There is one process.
  static Status event_export(void*, RawEvent, IpcEventHandle*) { return kNotSupported; }
  static Status event_import(void*, int, const IpcEventHandle*, RawEvent*) { return kNotSupported; }
};

void add_stream_entries(Driver& table) noexcept {
  table.stream_priority_range = SimStreamEntries::stream_priority_range;
  table.stream_create = SimStreamEntries::stream_create;
  table.stream_destroy = SimStreamEntries::stream_destroy;
  table.stream_query = SimStreamEntries::stream_query;
  table.stream_synchronize = SimStreamEntries::stream_synchronize;
  table.stream_wait_event = SimStreamEntries::stream_wait_event;
  table.stream_priority = SimStreamEntries::stream_priority;
  table.event_create = SimStreamEntries::event_create;
  table.event_destroy = SimStreamEntries::event_destroy;
  table.event_record = SimStreamEntries::event_record;
  table.event_query = SimStreamEntries::event_query;
  table.event_synchronize = SimStreamEntries::event_synchronize;
  table.event_elapsed = SimStreamEntries::event_elapsed;
  table.event_export = SimStreamEntries::event_export;
  table.event_import = SimStreamEntries::event_import;
}

}  // namespace vt::cuda
