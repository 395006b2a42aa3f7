// SPDX-License-Identifier: Apache-2.0
// The entry point of libvt_simulated and its table vt.simulated.
#include <vt/abi/simulated.h>

#include <vt/cpp/error.hpp>

#include "device.hpp"
#include "kernels.hpp"
#include "simulation.hpp"

namespace vt::simulated {
namespace {

Simulation& simulation() { return Simulation::instance(); }

void seed(uint64_t seed) { simulation().seed(seed); }

int step(int32_t* ran) {
  *ran = 0;
  return guard([&] { *ran = simulation().step() ? 1 : 0; });
}

int step_all() {
  return guard([] { simulation().finish_all(); });
}

int64_t pending() { return simulation().pending(); }

int64_t num_races() { return static_cast<int64_t>(simulation().races().size()); }

const char* race(int64_t index) {
  thread_local std::string text;
  const std::vector<std::string> races = simulation().races();
  if (index < 0 || index >= static_cast<int64_t>(races.size())) return nullptr;
  text = races[static_cast<size_t>(index)];
  return text.c_str();
}

void clear_races() { simulation().clear_races(); }

void ignore_wait(int64_t nth) { simulation().ignore_wait(nth); }

constexpr VtSimulatedApi kApi = {
    {sizeof(VtSimulatedApi), VT_SIMULATED_API_MAJOR, VT_SIMULATED_API_MINOR, 0, nullptr},
    seed,
    step,
    step_all,
    pending,
    num_races,
    race,
    clear_races,
    ignore_wait,
};

}  // namespace
}  // namespace vt::simulated

extern "C" VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  *info = {sizeof(VtPluginInfo), VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR, "vt-simulated", "0.1.0"};
  if (vt::load_tables(host->get_interface) != 0) return -1;
  return vt::guard([&] {
    vt::check(vt::tables().stream->register_device(host->plugin, &vt::simulated::kDevice));
    vt::check(vt::tables().object->publish(host->plugin, "vt.device.sim", &vt::simulated::kDevice.header));
    vt::check(vt::tables().object->publish(host->plugin, VT_SIMULATED_API_NAME, &vt::simulated::kApi.header));
    vt::simulated::register_kernels(host->plugin);
  });
}
