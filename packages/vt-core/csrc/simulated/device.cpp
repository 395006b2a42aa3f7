// SPDX-License-Identifier: Apache-2.0
// vt.device for the simulated devices.
#include "device.hpp"

#include <array>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>

#include <vt/cpp/error.hpp>

#include "simulation.hpp"

namespace vt::simulated {
namespace {

constexpr auto kType = static_cast<DLDeviceType>(VT_DEVICE_TYPE_SIMULATED);
constexpr uint64_t kTotalBytes = uint64_t{1} << 30;

thread_local std::array<VtStream, kNumDevices> current_streams{};

Simulation& simulation() { return Simulation::instance(); }

void check_index(int32_t device) {
  if (device < 0 || device >= kNumDevices)
    fail(VT_ERROR_VALUE, "sim: no such device: got index " + std::to_string(device) + ", expected 0 to " +
                             std::to_string(kNumDevices - 1));
}

// The simulation's number of a stream: each device's default stream, 0, is the one of its index.
size_t index_of(int32_t device, VtStream stream) {
  check_index(device);
  const size_t index = stream == 0 ? static_cast<size_t>(device) : static_cast<size_t>(stream);
  if ((stream != 0 && stream < kNumDevices) || !simulation().has_stream(index))
    fail(VT_ERROR_VALUE, "sim: no such stream: got " + std::to_string(stream) + "; make one with create_stream");
  return index;
}

struct Events {
  std::mutex mutex;  // guards all below
  std::map<VtEvent, Mark> marks;
  VtEvent last = 0;
};

Events& events() {
  static auto* instance = new Events;
  return *instance;
}

Mark mark_of(VtEvent event) {
  const std::lock_guard lock(events().mutex);
  const auto found = events().marks.find(event);
  if (found == events().marks.end()) fail(VT_ERROR_VALUE, "sim: no such event: got " + std::to_string(event));
  return found->second;
}

int32_t device_count() { return kNumDevices; }

int properties(int32_t device, VtDeviceProperties* out) {
  return guard([&] {
    check_index(device);
    *out = {};
    out->struct_size = sizeof(VtDeviceProperties);
    out->num_multiprocessors = 1;
    out->total_bytes = kTotalBytes;
    std::snprintf(out->name, sizeof(out->name), "simulated device");
  });
}

int allocate(int32_t device, uint64_t nbytes, VtStream stream, void** out) {
  return guard([&] { *out = simulation().allocate(index_of(device, stream), nbytes); });
}

void free_data(int32_t, void* data, uint64_t) { simulation().free(data); }

int record_use(int32_t device, void* data, VtStream stream) {
  return guard([&] { simulation().record_use(data, index_of(device, stream)); });
}

int copy(int32_t device, void* dst, DLDevice dst_device, const void* src, DLDevice src_device, uint64_t nbytes,
         VtStream stream, uint32_t flags) {
  return guard([&] {
    const size_t index = index_of(device, stream);
    const bool is_async = (flags & VT_COPY_ASYNC) != 0;
    const bool from_host = src_device.device_type != kType;
    const bool to_host = dst_device.device_type != kType;
    if (from_host && !is_async) {
      auto staged = std::make_shared<std::string>(static_cast<const char*>(src), nbytes);
      simulation().enqueue(index, "copy from host", {{dst, nbytes, true}},
                           [=] { std::memcpy(dst, staged->data(), nbytes); });
      return;
    }
    simulation().enqueue(index, "copy", {{src, nbytes, false}, {dst, nbytes, true}},
                         [=] { std::memcpy(dst, src, nbytes); });
    if (to_host && !is_async) simulation().finish(simulation().mark(index));
  });
}

int current_stream(int32_t device, VtStream* out) {
  return guard([&] {
    check_index(device);
    *out = current_streams[static_cast<size_t>(device)];
  });
}

int set_current_stream(int32_t device, VtStream stream) {
  return guard([&] {
    index_of(device, stream);
    current_streams[static_cast<size_t>(device)] = stream;
  });
}

int create_stream(int32_t device, int32_t, VtStream* out) {
  return guard([&] {
    check_index(device);
    *out = simulation().add_stream();
  });
}

int synchronize_stream(int32_t device, VtStream stream) {
  return guard([&] { simulation().finish(simulation().mark(index_of(device, stream))); });
}

int synchronize(int32_t device) {
  return guard([&] {
    check_index(device);
    simulation().finish_all();
  });
}

int create_event(int32_t device, VtEvent* out) {
  return guard([&] {
    check_index(device);
    const std::lock_guard lock(events().mutex);
    *out = ++events().last;
    events().marks[*out] = {};
  });
}

void destroy_event(int32_t, VtEvent event) {
  const std::lock_guard lock(events().mutex);
  events().marks.erase(event);
}

int record_event(int32_t device, VtEvent event, VtStream stream) {
  return guard([&] {
    mark_of(event);
    Mark mark = simulation().mark(index_of(device, stream));
    const std::lock_guard lock(events().mutex);
    events().marks[event] = std::move(mark);
  });
}

int wait_event(int32_t device, VtStream stream, VtEvent event) {
  return guard([&] { simulation().wait(index_of(device, stream), mark_of(event)); });
}

int query_event(int32_t, VtEvent event, int32_t* done) {
  return guard([&] { *done = simulation().observe(mark_of(event)) ? 1 : 0; });
}

int capture_state(int32_t, VtStream, int32_t* out) {
  *out = 0;
  return 0;
}

}  // namespace

constexpr VtDeviceApi kDevice = {
    {sizeof(VtDeviceApi), VT_DEVICE_API_MAJOR, VT_DEVICE_API_MINOR, 0, nullptr},
    VT_DEVICE_TYPE_SIMULATED,
    0,
    "sim",
    device_count,
    properties,
    allocate,
    free_data,
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

size_t current_stream_index(int32_t device) {
  check_index(device);
  return index_of(device, current_streams[static_cast<size_t>(device)]);
}

}  // namespace vt::simulated
