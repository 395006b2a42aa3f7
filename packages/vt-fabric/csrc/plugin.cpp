// SPDX-License-Identifier: Apache-2.0
// Entry point of libvt_fabric: publishes vt.fabric.
#include <vt/cpp/plugin.hpp>

#include "collective/fabric_api.hpp"

extern "C" VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  return vt::init_plugin(host, info, "vt-fabric", VT_FABRIC_VERSION, [](VtPlugin* plugin) {
    vt::check(vt::tables().object->publish(plugin, VT_FABRIC_API_NAME, &vt::fabric::fabric_api()->header));
  });
}
