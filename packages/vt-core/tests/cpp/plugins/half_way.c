/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin that registers an op and then fails: nothing of it may remain. */
#include <vt/abi/vt.h>

VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  info->host_major = VT_PLUGIN_HOST_MAJOR;
  info->host_minor = VT_PLUGIN_HOST_MINOR;
  info->name = "half_way";
  info->version = "1.0";
  const VtDispatchApi* dispatch = NULL;
  const VtObjectApi* object = NULL;
  if (host->get_interface(VT_DISPATCH_API_NAME, 1, 0, (const void**)&dispatch) != 0) return -1;
  if (host->get_interface(VT_OBJECT_API_NAME, 1, 0, (const void**)&object) != 0) return -1;
  const VtOpDef def = {sizeof(VtOpDef), 0, "example_half(Tensor self) -> Tensor", NULL};
  if (dispatch->define_op(host->plugin, &def, NULL) != 0) return -1;
  object->set_error(VT_ERROR_RUNTIME, "half_way: gave up after one op");
  return -1;
}
