// SPDX-License-Identifier: Apache-2.0
// The one exported symbol, and what the library does when it is called for the first time.
#include <vt/cpp/error.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "abi/host_api.hpp"
#include "abi/tables.hpp"
#include "dispatch/autocast.hpp"
#include "dispatch/registry.hpp"
#include "fft/api.hpp"
#include "linalg/api.hpp"
#include "linalg/library.hpp"
#include "ops/ops.hpp"
#include "runtime/device.hpp"
#include "runtime/defaults.hpp"
#include "runtime/live.hpp"
#include "runtime/settings.hpp"
#include "runtime/thread_state.hpp"

namespace vt::core {

namespace {

void publish_core_tables(Registry& registry) {
  registry.publish(VT_OBJECT_API_NAME, &object_api()->header);
  registry.publish(VT_TENSOR_API_NAME, &tensor_api()->header);
  registry.publish(VT_DISPATCH_API_NAME, &dispatch_api()->header);
  registry.publish(VT_AUTOCAST_API_NAME, &autocast_api()->header);
  registry.publish(VT_ITER_API_NAME, &iter_api()->header);
  registry.publish(VT_ALLOC_API_NAME, &alloc_api()->header);
  registry.publish(VT_STREAM_API_NAME, &stream_api()->header);
  registry.publish(VT_RNG_API_NAME, &rng_api()->header);
  registry.publish(VT_FILE_API_NAME, &file_api()->header);
  registry.publish(VT_DLPACK_API_NAME, &dlpack_api()->header);
  registry.publish(VT_HOST_API_NAME, &host_api()->header);
  registry.publish(kLapackApiName, &lapack_api()->header);
  registry.publish(kDefaultsApiName, &defaults_api()->header);
  registry.publish(kFftApiName, &fft_api()->header);
  registry.publish(kLiveApiName, &live_api()->header);
}

// Core's own ops go the way of every plugin's.
void initialize() {
  Registry& registry = Registry::instance();
  vt::detail::loaded_tables.get_interface = vt_get_interface;
  vt::detail::loaded_tables.object = object_api();
  vt::detail::loaded_tables.tensor = tensor_api();
  vt::detail::loaded_tables.dispatch = dispatch_api();
  vt::detail::loaded_tables.iter = iter_api();
  vt::detail::loaded_tables.alloc = alloc_api();
  vt::detail::loaded_tables.stream = stream_api();
  vt::detail::loaded_tables.rng = rng_api();
  vt::detail::loaded_tables.file = file_api();
  vt::detail::loaded_tables.dlpack = dlpack_api();
  publish_core_tables(registry);
  install_device_backend(&kCpuDevice);
  install_device_backend(&kMetaDevice);
  declare_runtime_settings();
  lapack::declare_settings();
  auto plugin = std::make_unique<VtPlugin>();
  plugin->name = "vt-core";
  plugin->version = VT_CORE_VERSION;
  register_ops(plugin.get());
  register_autocast(plugin.get());
  registry.commit(std::move(plugin));
}

}  // namespace

// Starts the library once. A start that failed is not tried again, since it may have published half of its tables: every
// later call reports the same reason.
void start() {
  static std::mutex mutex;  // guards failure
  static std::string failure;
  static std::atomic<bool> ready{false};
  if (ready.load(std::memory_order_acquire)) [[likely]]
    return;
  const std::lock_guard lock(mutex);
  if (ready.load(std::memory_order_relaxed)) return;
  if (failure.empty()) {
    try {
      initialize();
      ready.store(true, std::memory_order_release);
      return;
    } catch (const ErrorIsSet&) {
      failure = "libvt_core failed to start: " + thread_state().error.message;
    } catch (const std::exception& error) {
      failure = std::string("libvt_core failed to start: ") + error.what();
    }
  }
  fail(VT_ERROR_IMPORT, failure);
}

}  // namespace vt::core

int vt_get_interface(const char* name, uint16_t major, uint16_t min_minor, const void** table) {
  // guard() needs it to report a failed start. Written once: any thread may call, and others read it.
  [[maybe_unused]] static const VtObjectApi* const object = vt::detail::loaded_tables.object = vt::core::object_api();
  return vt::guard([&] {
    vt::core::start();
    const void* found = vt::core::Registry::instance().interface(name, major, min_minor);
    if (!table) vt::fail(VT_ERROR_VALUE, "get_interface: table is NULL");
    *table = found;
  });
}
