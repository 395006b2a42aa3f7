// SPDX-License-Identifier: Apache-2.0
// A plugin whose entry point lets a C++ exception out.
#include <vt/abi/object.h>

#include <stdexcept>

extern "C" VT_EXPORT int vt_plugin_init(const VtPluginHost*, VtPluginInfo* info) {
  info->host_major = VT_PLUGIN_HOST_MAJOR;
  info->host_minor = VT_PLUGIN_HOST_MINOR;
  info->name = "throws";
  info->version = "1.0";
  throw std::runtime_error("from inside the plugin");
}
