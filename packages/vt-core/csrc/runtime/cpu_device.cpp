// SPDX-License-Identifier: Apache-2.0
// The backends of CPU devices, whose work is done when a call returns, and of meta devices, which hold no contents.
#include <cstdio>
#include <cstring>

#include <unistd.h>

#include <vt/cpp/error.hpp>

#include "device.hpp"
#include "host_allocator.hpp"
#include "settings.hpp"
#include "thread_pool.hpp"

namespace vt::core {
namespace {

// A CPU device has one stream, 0, and events that are always done.
constexpr VtEvent kDoneEvent = 1;

constexpr int64_t kCopyGrainBytes = 1 << 20;

int32_t cpu_count() { return setting_cpu_devices(); }
int32_t meta_count() { return 1; }

void check_stream(VtStream stream) {
  if (stream != 0)
    fail(VT_ERROR_VALUE,
         "stream: no such stream: got " + std::to_string(stream) + ", expected 0, the only one of this device");
}

int cpu_properties(int32_t device, VtDeviceProperties* out) {
  return guard([&] {
    check_device({kDLCPU, device});
    *out = {};
    out->struct_size = sizeof(VtDeviceProperties);
    out->num_multiprocessors = static_cast<uint32_t>(setting_num_threads());
    out->total_bytes = static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
    std::snprintf(out->name, sizeof(out->name), "CPU");
  });
}

int meta_properties(int32_t device, VtDeviceProperties* out) {
  return guard([&] {
    check_device({kMetaType, device});
    *out = {};
    out->struct_size = sizeof(VtDeviceProperties);
    std::snprintf(out->name, sizeof(out->name), "meta");
  });
}

int cpu_allocate(int32_t device, uint64_t nbytes, VtStream stream, void** out) {
  return guard([&] {
    check_device({kDLCPU, device});
    check_stream(stream);
    *out = allocate_host(nbytes);
  });
}

void cpu_free(int32_t, void* data, uint64_t nbytes) { free_host(data, nbytes); }

int meta_allocate(int32_t device, uint64_t, VtStream, void** out) {
  return guard([&] {
    check_device({kMetaType, device});
    *out = nullptr;
  });
}

void meta_free(int32_t, void*, uint64_t) {}

int no_record_use(int32_t, void*, VtStream) { return 0; }

int cpu_copy(int32_t, void* dst, DLDevice dst_device, const void* src, DLDevice src_device, uint64_t nbytes, VtStream,
             uint32_t) {
  return guard([&] {
    if (dst_device.device_type != kDLCPU || src_device.device_type != kDLCPU)
      fail(VT_ERROR_DEVICE_MISMATCH, "copy: the CPU backend copies host memory only: got " + device_text(src_device) +
                                         " to " + device_text(dst_device));
    parallel_for(0, static_cast<int64_t>(nbytes), kCopyGrainBytes, [&](int64_t begin, int64_t end) {
      std::memcpy(static_cast<char*>(dst) + begin, static_cast<const char*>(src) + begin,
                  static_cast<size_t>(end - begin));
    });
  });
}

int meta_copy(int32_t, void*, DLDevice dst_device, const void*, DLDevice src_device, uint64_t, VtStream, uint32_t) {
  return guard([&] {
    if (dst_device.device_type != kMetaType)
      fail(VT_ERROR_NOT_IMPLEMENTED, "copy: a meta tensor has no contents to copy: got " + device_text(src_device) +
                                         " to " + device_text(dst_device));
  });
}

int current_stream(int32_t, VtStream* out) {
  *out = 0;
  return 0;
}
int set_current_stream(int32_t, VtStream stream) {
  return guard([&] { check_stream(stream); });
}
int create_stream(int32_t, int32_t, VtStream* out) {
  *out = 0;
  return 0;
}
int synchronize_stream(int32_t, VtStream stream) {
  return guard([&] { check_stream(stream); });
}
int synchronize(int32_t) { return 0; }
int create_event(int32_t, VtEvent* out) {
  *out = kDoneEvent;
  return 0;
}
void destroy_event(int32_t, VtEvent) {}
int record_event(int32_t, VtEvent, VtStream stream) {
  return guard([&] { check_stream(stream); });
}
int wait_event(int32_t, VtStream stream, VtEvent) {
  return guard([&] { check_stream(stream); });
}
int query_event(int32_t, VtEvent, int32_t* done) {
  *done = 1;
  return 0;
}
int capture_state(int32_t, VtStream, int32_t* out) {
  *out = 0;
  return 0;
}

constexpr VtTableHeader kHeader = {sizeof(VtDeviceApi), VT_DEVICE_API_MAJOR, VT_DEVICE_API_MINOR, 0, nullptr};

}  // namespace

constexpr VtDeviceApi kCpuDevice = {
    kHeader,
    kDLCPU,
    0,
    "cpu",
    cpu_count,
    cpu_properties,
    cpu_allocate,
    cpu_free,
    no_record_use,
    cpu_copy,
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

constexpr VtDeviceApi kMetaDevice = {
    kHeader,       VT_DEVICE_TYPE_META, 0,
    "meta",        meta_count,          meta_properties,
    meta_allocate, meta_free,           no_record_use,
    meta_copy,     current_stream,      set_current_stream,
    create_stream, synchronize_stream,  synchronize,
    create_event,  destroy_event,       record_event,
    wait_event,    query_event,         capture_state,
};

}  // namespace vt::core
