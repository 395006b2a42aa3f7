/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin compiled for another major version of the plugin host. */
#include <vt/abi/object.h>

VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  (void)host;
  info->host_major = VT_PLUGIN_HOST_MAJOR + 1;
  info->host_minor = 0;
  info->name = "wrong_major";
  info->version = "1.0";
  return 0;
}
