/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin that asks for a newer minor version of an interface than there is. */
#include <vt/abi/vt.h>

VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  info->host_major = VT_PLUGIN_HOST_MAJOR;
  info->host_minor = VT_PLUGIN_HOST_MINOR;
  info->name = "newer_minor";
  info->version = "1.0";
  const void* table = NULL;
  return host->get_interface(VT_TENSOR_API_NAME, VT_TENSOR_API_MAJOR, VT_TENSOR_API_MINOR + 7, &table);
}
