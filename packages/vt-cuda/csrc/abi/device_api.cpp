// SPDX-License-Identifier: Apache-2.0
// The table vt.device.cuda: memory, copies, streams and events.
#include <cstring>
#include <string>

#include "../backend.hpp"
#include "../runtime/status.hpp"
#include "../runtime/sync_debug.hpp"
#include "border.hpp"
#include "runtime_api.hpp"

namespace vt::cuda {
namespace {

DeviceContext& context(int32_t device) { return Backend::instance().context(device); }

int32_t count() {
  int32_t num = 0;
  // A driver that is there but broken counts as no device here; every other call says what is wrong with it.
  try {
    num = Backend::instance().count();
  } catch (const std::exception&) {}
  return num;
}

int properties(int32_t device, VtDeviceProperties* out) {
  return border([&] {
    const DeviceProperties& known = context(device).device.properties();
    VtDeviceProperties filled{};
    filled.struct_size = sizeof filled;
    filled.num_multiprocessors = static_cast<uint32_t>(known.sm_count);
    filled.total_bytes = known.total_bytes;
    std::memcpy(filled.name, known.name, sizeof filled.name);
    filled.capability_major = known.compute_major;
    filled.capability_minor = known.compute_minor;
    *out = filled;
  });
}

int allocate(int32_t device, uint64_t nbytes, VtStream stream, void** out) {
  return border([&] {
    DeviceContext& c = context(device);
    *out = c.allocator.allocate(nbytes, c.stream(stream));
  });
}

// A table's free cannot fail: memory that the driver refuses to take while the process ends stays with it.
void free_memory(int32_t device, void* data, uint64_t) {
  try {
    context(device).allocator.free(data);
  } catch (const std::exception&) {}
}

int record_use(int32_t device, void* data, VtStream stream) {
  return border([&] {
    DeviceContext& c = context(device);
    // Imported memory is ordered by whoever lent it.
    if (c.allocator.owns(data)) c.allocator.record_use(data, c.stream(stream));
  });
}

bool is_device(DLDevice device) noexcept { return device.device_type == kDLCUDA; }
bool is_pageable(DLDevice device, const void* data, uint64_t nbytes) {
  return device.device_type == kDLCPU && is_pinned(data, nbytes) == 0;
}

// What a capture cannot hold is refused before it is asked of the driver, so that the capture stays valid. Whoever knows
// the operator puts its name in the place of "capture": Note [Refusals in a capture] in vt-core's dispatcher.
void refuse_in_capture(const DeviceContext& c, StreamView stream, const char* what, const char* op = "capture") {
  if (c.allocator.capture_of(op, stream) == 0) [[likely]]
    return;
  throw Error(ErrorKind::kRuntime, std::string(op) + ": " + what);
}
constexpr char kCopyToHost[] =
    "cannot copy to pageable host memory while the stream is captured, as the host would have to wait; move it out of "
    "the captured region";
constexpr char kCopyFromHost[] =
    "cannot copy from pageable host memory while the stream is captured, as replays would read what is there then; "
    "make the tensor before, or copy from pinned memory that stays";
constexpr char kWait[] =
    "the host cannot wait for a stream that is being captured; move the wait out of the captured region";

// The host side of an enqueued copy must not serve another tensor before the copy is done.
void note_pinned_use(const DeviceContext& c, StreamView stream, const void* data) {
  if (const std::uint64_t capture = c.allocator.capture_of("copy", stream)) [[unlikely]] {
    if (CapturedPinned* pinned = c.captures.find(capture).pinned) pinned->keep(data);
    return;
  }
  Backend::instance().pinned().record_use(data, stream);
}

int copy(int32_t device, void* dst, DLDevice dst_device, const void* src, DLDevice src_device, uint64_t nbytes,
         VtStream stream, uint32_t flags) {
  return border([&] {
    DeviceContext& c = context(device);
    if (nbytes == 0) return;
    const StreamView on = c.stream(stream);
    const Driver& driver = c.device.driver();
    const DeviceGuard guard(driver, device);
    if (is_device(dst_device) && is_pageable(src_device, src, nbytes)) {
      refuse_in_capture(c, on, kCopyFromHost);
      if (nbytes > Staging::kInlineBytes)
        before_host_wait(
            "a copy of more than 64 KiB from pageable memory may wait for a buffer; copy from pinned memory "
            "with non_blocking=True");
      return c.staging.to_device(dst, src, nbytes, on);
    }
    if (is_device(src_device) && is_pageable(dst_device, dst, nbytes)) {
      refuse_in_capture(c, on, kCopyToHost);
      before_host_wait("elements are copied to the host; keep them on the device, or copy with non_blocking=True");
      c.staging.to_host(dst, src, nbytes, on);
      return c.index_errors.raise();
    }
    const CopyKind kind = is_device(dst_device) && is_device(src_device) ? CopyKind::kDeviceToDevice
                          : is_device(dst_device)                        ? CopyKind::kHostToDevice
                                                                         : CopyKind::kDeviceToHost;
    const bool waits = kind != CopyKind::kDeviceToDevice && (flags & VT_COPY_ASYNC) == 0;
    if (waits) {
      refuse_in_capture(c, on, kWait);
      before_host_wait("a copy from or to pinned memory ends before the call does; copy with non_blocking=True");
    }
    const int from = src_device.device_id;
    const int to = dst_device.device_id;
    const bool is_between = kind == CopyKind::kDeviceToDevice && from != to;
    if (is_between && !c.enable_peer(context(to == device ? from : to)))
      check(driver, driver.memcpy_peer_async(driver.self, dst, to, src, from, nbytes, on.raw()), "copy");
    else
      check(driver, driver.memcpy_async(driver.self, dst, src, nbytes, kind, on.raw()), "copy");
    // The host side of a pinned copy may be reused on return unless the caller promised to leave it alone.
    if (waits) {
      on.synchronize();
      c.index_errors.raise();
    } else if (kind != CopyKind::kDeviceToDevice) {
      note_pinned_use(c, on, kind == CopyKind::kHostToDevice ? src : dst);
    }
  });
}

int current_stream(int32_t device, VtStream* out) {
  return border([&] {
    const DeviceContext& c = context(device);
    *out = c.number_of(c.device.current_stream());
  });
}

int set_current_stream(int32_t device, VtStream stream) {
  return border([&] {
    const DeviceContext& c = context(device);
    c.device.set_current_stream(c.stream(stream));
  });
}

int create_stream(int32_t device, int32_t priority, VtStream* out) {
  return border([&] {
    DeviceContext& c = context(device);
    *out = c.number_of(c.device.stream_from_pool(priority < 0 ? StreamPriority::kHigh : StreamPriority::kNormal));
  });
}

int synchronize_stream(int32_t device, VtStream stream) {
  return border([&] {
    DeviceContext& c = context(device);
    refuse_in_capture(c, c.stream(stream), kWait, "synchronize");
    c.stream(stream).synchronize();
    c.index_errors.raise();
  });
}

int synchronize(int32_t device) {
  return border([&] {
    DeviceContext& c = context(device);
    if (c.allocator.num_captures() > 0)
      throw Error(
          ErrorKind::kRuntime,
          "synchronize: the host cannot wait for a device of which a stream is being captured; move the wait out of "
          "the captured region, or wait for a stream");
    c.device.synchronize();
    c.index_errors.raise();
  });
}

int create_event(int32_t device, VtEvent* out) {
  return border([&] { *out = reinterpret_cast<VtEvent>(context(device).acquire_event()); });
}

void destroy_event(int32_t, VtEvent event) {
  if (event == 0) return;
  auto* numbered = reinterpret_cast<NumberedEvent*>(event);
  if (!numbered->is_pooled) {
    delete numbered;
    return;
  }
  context(numbered->device).release_event(numbered);
}

int record_event(int32_t device, VtEvent event, VtStream stream) {
  return border([&] {
    const DeviceContext& c = context(device);
    const DeviceGuard guard(c.device.driver(), device);
    NumberedEvent& known = event_of(event);
    known.event.record(c.stream(stream));
    known.was_recorded = true;
  });
}

int wait_event(int32_t device, VtStream stream, VtEvent event) {
  return border([&] {
    const DeviceContext& c = context(device);
    const DeviceGuard guard(c.device.driver(), device);
    c.stream(stream).wait(event_of(event).event);
  });
}

int query_event(int32_t, VtEvent event, int32_t* done) {
  return border([&] { *done = event_of(event).event.ready() ? 1 : 0; });
}

int capture_state(int32_t device, VtStream stream, int32_t* out) {
  return border([&] {
    const DeviceContext& c = context(device);
    const Driver& driver = c.device.driver();
    CaptureState state = CaptureState::kNone;
    check(driver, driver.stream_capture_state(driver.self, c.stream(stream).raw(), &state), "capture state");
    *out = static_cast<int32_t>(state);
  });
}

constexpr VtDeviceApi kTable = {
    {sizeof(VtDeviceApi), VT_DEVICE_API_MAJOR, VT_DEVICE_API_MINOR, 0, nullptr},
    kDLCUDA,
    0,
    "cuda",
    count,
    properties,
    allocate,
    free_memory,
    record_use,
    copy,
    current_stream,
    set_current_stream,
    create_stream,
    synchronize_stream,
    synchronize,
    create_event,
    destroy_event,
    record_event,
    wait_event,
    query_event,
    capture_state,
};

}  // namespace

const VtDeviceApi* device_api() noexcept { return &kTable; }

}  // namespace vt::cuda
