// SPDX-License-Identifier: Apache-2.0
// The table vt.cuda: native streams, timing, modules and launches, memory figures.
#include <algorithm>
#include <map>
#include <string>

#include "../backend.hpp"
#include "../runtime/status.hpp"
#include "border.hpp"
#include "tables.hpp"

struct VtCudaFunction {
  VtCudaModule* module;
  vt::cuda::RawFunction raw;
  std::atomic<uint32_t> shared_limit;  // dynamic shared memory that the driver allows it so far
};

struct VtCudaModule {
  int device;
  vt::cuda::RawModule raw;
  std::mutex mutex;  // guards functions
  std::map<std::string, std::unique_ptr<VtCudaFunction>> functions;
};

namespace vt::cuda {
namespace {

// What a block gets without asking.
constexpr uint32_t kDefaultSharedBytes = 48 * 1024;

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

int elapsed_ms(int32_t, VtEvent start, VtEvent end, float* out) {
  return border([&] {
    if (start == 0 || end == 0)
      throw Error(ErrorKind::kValue, "elapsed time: got no event, expected two recorded ones");
    const auto* first = reinterpret_cast<const NumberedEvent*>(start);
    const auto* last = reinterpret_cast<const NumberedEvent*>(end);
    last->event.synchronize();
    *out = first->event.elapsed_ms(last->event);
  });
}

int load_module(int32_t device, const void* image, size_t nbytes, VtCudaModule** out) {
  return border([&] {
    const Driver& driver = context(device).device.driver();
    const DeviceGuard guard(driver, device);
    auto module = std::make_unique<VtCudaModule>();
    module->device = device;
    check(driver, driver.module_load(driver.self, image, nbytes, &module->raw), "load module");
    *out = module.release();
  });
}

void unload_module(VtCudaModule* module) {
  if (module == nullptr) return;
  const Driver& driver = Backend::instance().driver();
  (void)driver.module_unload(driver.self, module->raw);
  delete module;
}

int get_function(VtCudaModule* module, const char* name, VtCudaFunction** out) {
  return border([&] {
    const std::scoped_lock lock(module->mutex);
    std::unique_ptr<VtCudaFunction>& slot = module->functions[name];
    if (!slot) {
      const Driver& driver = Backend::instance().driver();
      RawFunction raw = nullptr;
      check(driver, driver.module_get_function(driver.self, module->raw, name, &raw),
            (std::string("get function '") + name + "'").c_str());
      slot = std::make_unique<VtCudaFunction>(module, raw, kDefaultSharedBytes);
    }
    *out = slot.get();
  });
}

int launch(VtCudaFunction* function, const VtCudaLaunch* launch) {
  return border([&] {
    const int device = function->module->device;
    const DeviceContext& c = context(device);
    const Driver& driver = c.device.driver();
    const DeviceGuard guard(driver, device);
    if (launch->shared_bytes > function->shared_limit.load(std::memory_order_relaxed)) {
      check(driver, driver.function_set_shared_limit(driver.self, function->raw, device, launch->shared_bytes),
            "launch");
      function->shared_limit.store(launch->shared_bytes, std::memory_order_relaxed);
    }
    LaunchConfig config{};
    std::copy_n(launch->grid, 3, config.grid);
    std::copy_n(launch->block, 3, config.block);
    config.shared_bytes = launch->shared_bytes;
    config.programmatic = launch->flags & VT_CUDA_LAUNCH_PROGRAMMATIC;
    config.stream = c.stream(launch->stream).raw();
    check(driver, driver.launch_function(driver.self, function->raw, &config, launch->params), "launch");
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

// Pinned memory that is out: first byte -> size. The mutex guards it.
struct PinnedMemory {
  std::mutex mutex;
  std::map<std::uintptr_t, uint64_t> sizes;
};
PinnedMemory& pinned_memory() {
  static auto* const pinned = new PinnedMemory;  // lives on, as the backend does
  return *pinned;
}

int allocate_pinned(uint64_t nbytes, void** out) {
  return border([&] {
    const Driver& driver = context(0).device.driver();
    void* data = nullptr;
    if (nbytes > 0) {
      check(driver, driver.host_alloc(driver.self, nbytes, &data), "allocate pinned memory");
      PinnedMemory& pinned = pinned_memory();
      const std::scoped_lock lock(pinned.mutex);
      pinned.sizes[reinterpret_cast<std::uintptr_t>(data)] = nbytes;
    }
    *out = data;
  });
}

void free_pinned(void* data) {
  if (data == nullptr) return;
  PinnedMemory& pinned = pinned_memory();
  {
    const std::scoped_lock lock(pinned.mutex);
    pinned.sizes.erase(reinterpret_cast<std::uintptr_t>(data));
  }
  const Driver& driver = Backend::instance().driver();
  (void)driver.host_free(driver.self, data);
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

bool is_pinned(const void* data, uint64_t nbytes) {
  PinnedMemory& pinned = pinned_memory();
  const std::scoped_lock lock(pinned.mutex);
  const auto begin = reinterpret_cast<std::uintptr_t>(data);
  auto after = pinned.sizes.upper_bound(begin);
  if (after == pinned.sizes.begin()) return false;
  --after;
  return begin + nbytes <= after->first + after->second;
}

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
