// SPDX-License-Identifier: Apache-2.0
// Entries that take a device are given the GPU's number; the others go upstream as they are.
#include "logical_driver.hpp"

namespace vt::cuda {
namespace {

constexpr int kGpu = 0;

// The calling thread's current logical device.
thread_local int current_device = 0;

}  // namespace

struct LogicalEntries {
  static const LogicalDriver& layer(void* self) noexcept { return *static_cast<const LogicalDriver*>(self); }

  static bool has(void* self, int device) noexcept { return device >= 0 && device < layer(self).num_devices_; }

  template <auto Entry, class Result, class... Args>
  static Result pass(void* self, Args... args) {
    const Driver& upstream = layer(self).upstream_;
    return (upstream.*Entry)(upstream.self, args...);
  }

  template <auto Entry, class... Args>
  static Status on_gpu(void* self, int device, Args... args) {
    if (!has(self, device)) return kInvalidDevice;
    const Driver& upstream = layer(self).upstream_;
    return (upstream.*Entry)(upstream.self, kGpu, args...);
  }

  template <auto Entry, class Result, class... Args>
  static void install_pass(Driver& table, Result (*Driver::*)(void*, Args...)) {
    table.*Entry = &pass<Entry, Result, Args...>;
  }
  template <auto Entry>
  static void same(Driver& table) {
    install_pass<Entry>(table, Entry);
  }

  template <auto Entry, class... Args>
  static void install_on_gpu(Driver& table, Status (*Driver::*)(void*, int, Args...)) {
    table.*Entry = &on_gpu<Entry, Args...>;
  }
  template <auto Entry>
  static void of_device(Driver& table) {
    install_on_gpu<Entry>(table, Entry);
  }

  static Status device_count(void* self, int* count) {
    const Driver& upstream = layer(self).upstream_;
    const Status status = upstream.device_count(upstream.self, count);
    if (*count > 0) *count = layer(self).num_devices_;
    return status;
  }

  static Status set_device(void* self, int device) {
    const Status status = on_gpu<&Driver::set_device>(self, device);
    if (status == kSuccess) current_device = device;
    return status;
  }

  static Status get_device(void*, int* device) { return *device = current_device, kSuccess; }

  static Status function_set_shared_limit(void* self, RawFunction function, int device, std::uint32_t bytes) {
    if (!has(self, device)) return kInvalidDevice;
    const Driver& upstream = layer(self).upstream_;
    return upstream.function_set_shared_limit(upstream.self, function, kGpu, bytes);
  }

  static Status device_can_access_peer(void* self, int device, int peer, int* can) {
    if (!has(self, device) || !has(self, peer)) return kInvalidDevice;
    return *can = device != peer ? 1 : 0, kSuccess;
  }

  static Status device_enable_peer_access(void* self, int device, int peer) {
    return has(self, device) && has(self, peer) ? kSuccess : kInvalidDevice;
  }

  // Both are on the GPU.
  static Status memcpy_peer_async(void* self, DevicePtr dst, int dst_device, const void* src, int src_device,
                                  std::size_t bytes, RawStream stream) {
    if (!has(self, dst_device) || !has(self, src_device)) return kInvalidDevice;
    const Driver& upstream = layer(self).upstream_;
    return upstream.memcpy_async(upstream.self, dst, src, bytes, CopyKind::kDeviceToDevice, stream);
  }

  static void fill(Driver& table) {
    table.device_count = device_count;
    table.set_device = set_device;
    table.get_device = get_device;
    table.function_set_shared_limit = function_set_shared_limit;
    table.device_can_access_peer = device_can_access_peer;
    table.device_enable_peer_access = device_enable_peer_access;
    table.memcpy_peer_async = memcpy_peer_async;
    of_device<&Driver::device_properties>(table);
    of_device<&Driver::device_synchronize>(table);
    of_device<&Driver::device_native>(table);
    of_device<&Driver::mem_alloc>(table);
    of_device<&Driver::mem_free>(table);
    of_device<&Driver::mem_alloc_async>(table);
    of_device<&Driver::mem_free_async>(table);
    of_device<&Driver::mem_info>(table);
    of_device<&Driver::mem_granularity>(table);
    of_device<&Driver::mem_address_reserve>(table);
    of_device<&Driver::mem_address_free>(table);
    of_device<&Driver::mem_create>(table);
    of_device<&Driver::mem_set_access>(table);
    of_device<&Driver::stream_priority_range>(table);
    of_device<&Driver::stream_create>(table);
    of_device<&Driver::event_create>(table);
    of_device<&Driver::event_import>(table);
    same<&Driver::status_name>(table);
    same<&Driver::mem_release>(table);
    same<&Driver::mem_map>(table);
    same<&Driver::mem_unmap>(table);
    same<&Driver::host_alloc>(table);
    same<&Driver::host_free>(table);
    same<&Driver::memcpy_async>(table);
    same<&Driver::memset_async>(table);
    same<&Driver::stream_destroy>(table);
    same<&Driver::stream_query>(table);
    same<&Driver::stream_synchronize>(table);
    same<&Driver::stream_wait_event>(table);
    same<&Driver::stream_priority>(table);
    same<&Driver::event_destroy>(table);
    same<&Driver::event_record>(table);
    same<&Driver::event_query>(table);
    same<&Driver::event_synchronize>(table);
    same<&Driver::event_elapsed>(table);
    same<&Driver::event_export>(table);
    same<&Driver::module_load>(table);
    same<&Driver::module_unload>(table);
    same<&Driver::module_get_function>(table);
    same<&Driver::function_attributes>(table);
    same<&Driver::launch_function>(table);
    same<&Driver::launch_host_function>(table);
    same<&Driver::driver_version>(table);
    same<&Driver::runtime_version>(table);
    same<&Driver::stream_capture_state>(table);
    same<&Driver::stream_begin_capture>(table);
    same<&Driver::stream_end_capture>(table);
    same<&Driver::stream_capture_info>(table);
    same<&Driver::graph_node_count>(table);
    same<&Driver::graph_destroy>(table);
    same<&Driver::graph_instantiate>(table);
    same<&Driver::graph_launch>(table);
    same<&Driver::graph_exec_destroy>(table);
  }
};

LogicalDriver::LogicalDriver(const Driver& upstream, int num_devices) noexcept
    : upstream_(upstream), num_devices_(num_devices), table_{} {
  table_.struct_size = sizeof(Driver);
  table_.self = this;
  LogicalEntries::fill(table_);
}

}  // namespace vt::cuda
