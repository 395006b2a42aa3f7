/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin whose handshake the tests set at compile time: the host version it was built for and what it asks for. */
#include <vt/abi/vt.h>

#ifndef HOST_MAJOR
#define HOST_MAJOR VT_PLUGIN_HOST_MAJOR
#endif
#ifndef HOST_MINOR
#define HOST_MINOR VT_PLUGIN_HOST_MINOR
#endif
#ifndef ASK_NAME
#define ASK_NAME VT_TENSOR_API_NAME
#endif
#ifndef ASK_MAJOR
#define ASK_MAJOR VT_TENSOR_API_MAJOR
#endif
#ifndef ASK_MINOR
#define ASK_MINOR 0
#endif
#ifndef ENTRY
#define ENTRY vt_plugin_init
#endif

VT_EXPORT int ENTRY(const VtPluginHost* host, VtPluginInfo* info) {
  info->host_major = HOST_MAJOR;
  info->host_minor = HOST_MINOR;
  info->name = "handshake";
  info->version = "0.1.0";
  const void* table = NULL;
#ifdef DEFINE_OP
  const void* dispatch = NULL;
  const VtOpDef def = {sizeof(VtOpDef), VT_OP_FUNCTION, DEFINE_OP, NULL};
  const VtOp* op = NULL;
  if (host->get_interface(VT_DISPATCH_API_NAME, VT_DISPATCH_API_MAJOR, 0, &dispatch) != 0) return -1;
  if (((const VtDispatchApi*)dispatch)->define_op(host->plugin, &def, &op) != 0) return -1;
#endif
  return host->get_interface(ASK_NAME, ASK_MAJOR, ASK_MINOR, &table);
}
