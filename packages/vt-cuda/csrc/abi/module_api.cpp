// SPDX-License-Identifier: Apache-2.0
// The entries of vt.cuda for code: images, their kernels and launches.
#include <algorithm>
#include <map>
#include <string>

#include "../backend.hpp"
#include "../runtime/status.hpp"
#include "border.hpp"
#include "runtime_api.hpp"

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

}  // namespace

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

int function_attributes(VtCudaFunction* function, VtCudaFunctionAttributes* out) {
  return border([&] {
    const Driver& driver = Backend::instance().driver();
    const DeviceGuard guard(driver, function->module->device);
    FunctionAttributes known{};
    check(driver, driver.function_attributes(driver.self, function->raw, &known), "function attributes");
    write_known(out, VtCudaFunctionAttributes{out->struct_size, known.max_threads_per_block, known.num_registers,
                                              known.local_bytes, known.shared_bytes, known.constant_bytes,
                                              known.binary_version, known.ptx_version});
  });
}

}  // namespace vt::cuda
