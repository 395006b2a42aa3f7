// SPDX-License-Identifier: Apache-2.0
// The table vt.cuda, and its entries for native streams, memory figures and counters.
#include <algorithm>

#include "../backend.hpp"
#include "../runtime/status.hpp"
#include "border.hpp"
#include "tables.hpp"

namespace vt::cuda {
namespace {

DeviceContext& context(int32_t device) { return Backend::instance().context(device); }

void* native_stream(int32_t device, VtStream stream) {
  void* native = nullptr;
  border([&] { native = context(device).stream(stream).raw(); });
  return native;
}

int wrap_stream(int32_t device, void* native, VtStream* out) {
  return border([&] {
    const DeviceContext& c = context(device);
    // CUDA's own name for its legacy default stream is null, or the handle 1.
    const std::uintptr_t handle = native == nullptr ? 1 : reinterpret_cast<std::uintptr_t>(native);
    *out = c.number_of(c.stream(handle));
  });
}

int mem_get_info(int32_t device, uint64_t* free_bytes, uint64_t* total_bytes) {
  return border([&] {
    const Driver& driver = context(device).device.driver();
    std::size_t free = 0;
    std::size_t total = 0;
    check(driver, driver.mem_info(driver.self, device, &free, &total), "memory info");
    *free_bytes = free;
    *total_bytes = total;
  });
}

int memory_stats(int32_t device, VtCudaMemoryStats* out) {
  return border([&] {
    const Statistics s = context(device).allocator.statistics();
    *out = VtCudaMemoryStats{sizeof(VtCudaMemoryStats),
                             0,
                             s.all.allocated_bytes.current,
                             s.all.allocated_bytes.peak,
                             s.all.reserved_bytes.current,
                             s.all.reserved_bytes.peak,
                             s.all.allocations.increased,
                             s.all.allocations.decreased,
                             s.num_raw_allocs,
                             s.num_raw_frees,
                             s.num_reclaims,
                             s.num_out_of_memory};
  });
}

int empty_cache(int32_t device) {
  return border([&] { context(device).allocator.release_cached(); });
}

void counters(VtCudaCounters* out) {
  const DriverCounters c = Backend::instance().counting().counters();
  *out = VtCudaCounters{sizeof(VtCudaCounters), 0, c.launches, c.host_waits, c.copies, c.raw_allocs};
}

int driver_version(int32_t* out) {
  return border([&] {
    const Driver& driver = Backend::instance().driver();
    int version = 0;
    check(driver, driver.driver_version(driver.self, &version), "driver version");
    if (version == 0) throw Error(ErrorKind::kUnavailable, "cuda: no CUDA driver was found; install the NVIDIA driver");
    *out = version;
  });
}

}  // namespace

const VtCudaApi* cuda_api() noexcept {
  static const VtCudaApi table = {
      {sizeof(VtCudaApi), VT_CUDA_API_MAJOR, VT_CUDA_API_MINOR, 0, nullptr},
      device_api(),
      native_stream,
      wrap_stream,
      elapsed_ms,
      load_module,
      unload_module,
      get_function,
      launch,
      mem_get_info,
      memory_stats,
      empty_cache,
      allocate_pinned,
      free_pinned,
      counters,
      driver_version,
      new_graph_pool,
      create_graph,
      destroy_graph,
      begin_capture,
      end_capture,
      replay_graph,
      reset_graph,
      graph_info,
      idle_stream,
  };
  return &table;
}

}  // namespace vt::cuda
