// SPDX-License-Identifier: Apache-2.0
// What every plugin's entry point does: check the host, say who it is, fetch the tables, register.
#pragma once

#include "error.hpp"

namespace vt {

// Body of vt_plugin_init. `register_all(VtPlugin*)` may throw; the host then forgets whatever it had registered.
template <class RegisterAll>
int init_plugin(const VtPluginHost* host, VtPluginInfo* info, const char* name, const char* version,
                RegisterAll&& register_all) noexcept {
  info->host_major = VT_PLUGIN_HOST_MAJOR;
  info->host_minor = VT_PLUGIN_HOST_MINOR;
  info->name = name;
  info->version = version;
  // The host refuses a plugin of another major version by what stands in info; its tables must not be touched.
  if (host->header.major != VT_PLUGIN_HOST_MAJOR) return -1;
  if (load_tables(host->get_interface) != 0) return -1;
  return guard([&] { register_all(host->plugin); });
}

}  // namespace vt
