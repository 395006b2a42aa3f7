// SPDX-License-Identifier: Apache-2.0
// The entries of the simulated driver's table for modules and launches.
#include "sim_driver.hpp"
#include "sim_entries.hpp"

namespace vt::cuda {

// A friend of SimDriver.
struct SimModuleEntries : SimEntry {
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

  static Status function_attributes(void*, RawFunction, FunctionAttributes* attributes) {
    *attributes = {1024, 0, 0, 0, 0, 90, 0};
    return kSuccess;
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

void add_module_entries(Driver& table) noexcept {
  table.module_load = SimModuleEntries::module_load;
  table.module_unload = SimModuleEntries::module_unload;
  table.module_get_function = SimModuleEntries::module_get_function;
  table.function_set_shared_limit = SimModuleEntries::function_set_shared_limit;
  table.function_attributes = SimModuleEntries::function_attributes;
  table.launch_function = SimModuleEntries::launch_function;
  table.launch_host_function = SimModuleEntries::launch_host_function;
}

}  // namespace vt::cuda
