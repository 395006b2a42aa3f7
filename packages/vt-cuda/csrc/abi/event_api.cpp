// SPDX-License-Identifier: Apache-2.0
// The entries of vt.cuda for events, and what it tells of streams.
#include <cstring>

#include "../backend.hpp"
#include "../runtime/status.hpp"
#include "border.hpp"
#include "runtime_api.hpp"

namespace vt::cuda {
namespace {

DeviceContext& context(int32_t device) { return Backend::instance().context(device); }

constexpr bool is_same(VtCudaEventFlags flag, EventFlags known) {
  return static_cast<uint32_t>(flag) == static_cast<uint32_t>(known);
}
static_assert(is_same(VT_CUDA_EVENT_TIMING, kEventTiming) && is_same(VT_CUDA_EVENT_BLOCKING, kEventBlocking) &&
              is_same(VT_CUDA_EVENT_INTERPROCESS, kEventInterprocess));
static_assert(sizeof(VtCudaEventHandle) == sizeof(IpcEventHandle));

VtEvent number(NumberedEvent* event) noexcept { return reinterpret_cast<VtEvent>(event); }

}  // namespace

NumberedEvent& event_of(VtEvent event) {
  if (event == 0) throw Error(ErrorKind::kValue, "event: got 0, expected an event; create one first");
  return *reinterpret_cast<NumberedEvent*>(event);
}

int elapsed_ms(int32_t, VtEvent start, VtEvent end, float* out) {
  return border([&] {
    const NumberedEvent& first = event_of(start);
    const NumberedEvent& last = event_of(end);
    if (!first.was_recorded || !last.was_recorded)
      throw Error(ErrorKind::kCuda, "elapsed time: an event was not recorded; record both before they are compared");
    last.event.synchronize();
    *out = first.event.elapsed_ms(last.event);
  });
}

int create_event(int32_t device, uint32_t flags, VtEvent* out) {
  return border([&] {
    constexpr uint32_t kKnown = VT_CUDA_EVENT_TIMING | VT_CUDA_EVENT_BLOCKING | VT_CUDA_EVENT_INTERPROCESS;
    if ((flags & ~kKnown) != 0)
      throw Error(ErrorKind::kValue,
                  "create event: got flags " + std::to_string(flags) + ", expected VtCudaEventFlags");
    if ((flags & VT_CUDA_EVENT_TIMING) != 0 && (flags & VT_CUDA_EVENT_INTERPROCESS) != 0)
      throw Error(ErrorKind::kValue,
                  "create event: an event of several processes cannot measure time; ask for one of both");
    DeviceContext& c = context(device);
    if (flags == VT_CUDA_EVENT_TIMING) {
      *out = number(c.acquire_event());
      return;
    }
    const Driver& driver = c.device.driver();
    *out = number(new NumberedEvent{device, Event(driver, device, flags), false});
  });
}

int synchronize_event(VtEvent event) {
  return border([&] {
    const NumberedEvent& known = event_of(event);
    known.event.synchronize();
    context(known.device).index_errors.raise();
  });
}

int export_event(VtEvent event, VtCudaEventHandle* out) {
  return border([&] {
    const IpcEventHandle handle = event_of(event).event.export_handle();
    std::memcpy(out, &handle, sizeof handle);
  });
}

int import_event(int32_t device, const VtCudaEventHandle* handle, VtEvent* out) {
  return border([&] {
    IpcEventHandle given;
    std::memcpy(&given, handle, sizeof given);
    const Driver& driver = context(device).device.driver();
    *out = number(new NumberedEvent{device, Event(driver, device, given), false});
  });
}

int query_stream(int32_t device, VtStream stream, int32_t* done) {
  return border([&] { *done = context(device).stream(stream).ready() ? 1 : 0; });
}

int stream_priority(int32_t device, VtStream stream, int32_t* out) {
  return border([&] {
    const DeviceContext& c = context(device);
    const Driver& driver = c.device.driver();
    int priority = 0;
    check(driver, driver.stream_priority(driver.self, c.stream(stream).raw(), &priority), "stream priority");
    *out = priority;
  });
}

}  // namespace vt::cuda
