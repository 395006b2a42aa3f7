/* SPDX-License-Identifier: Apache-2.0 */
/* vt.core.object: errors, published interfaces, plugins and settings. */
#ifndef VT_ABI_OBJECT_H_
#define VT_ABI_OBJECT_H_

#include "base.h"

VT_EXTERN_C_BEGIN

#define VT_OBJECT_API_NAME "vt.core.object"
#define VT_OBJECT_API_MAJOR 1
#define VT_OBJECT_API_MINOR 1

/* What a plugin's entry point gets. The entry point is `int vt_plugin_init(const VtPluginHost*, VtPluginInfo*)`: it fills
 * info first, then asks for the interfaces it needs, registers and publishes. A non-zero return undoes all of it. */
typedef struct VtPluginHost {
  VtTableHeader header;
  VtGetInterfaceFn get_interface;
  VtPlugin* plugin;
} VtPluginHost;

#define VT_PLUGIN_HOST_MAJOR 1
#define VT_PLUGIN_HOST_MINOR 0

typedef struct VtPluginInfo {
  uint32_t struct_size;
  uint16_t host_major; /* VT_PLUGIN_HOST_MAJOR and MINOR the plugin was compiled with */
  uint16_t host_minor;
  const char* name; /* static strings */
  const char* version;
} VtPluginInfo;

typedef int (*VtPluginInitFn)(const VtPluginHost* host, VtPluginInfo* info);
#define VT_PLUGIN_ENTRY "vt_plugin_init"

/* One environment variable that the stack reads, as listed by visit_settings. */
typedef struct VtSetting {
  uint32_t struct_size;
  const char* name;
  const char* value; /* NULL when unset */
  const char* doc;
} VtSetting;

typedef int (*VtVisitSettingFn)(const VtSetting* setting, void* arg);
typedef int (*VtVisitPluginFn)(const VtPluginInfo* info, const char* path, void* arg);

typedef struct VtObjectApi {
  VtTableHeader header;

  /* The calling thread's error. */
  void (*set_error)(int32_t kind, const char* message);
  void (*set_error_cause)(int32_t kind, const char* message, void* cause, void (*release_cause)(void* cause));
  int32_t (*error_kind)(void);
  /* Moves the error out and clears it; returns 0 and leaves `out` alone when there is none. */
  int32_t (*take_error)(VtError* out);

  /* Interfaces. publish is allowed only inside the plugin's entry point. get_interface is vt_get_interface. */
  int (*publish)(VtPlugin* plugin, const char* name, const VtTableHeader* table);
  VtGetInterfaceFn get_interface;

  /* Plugins. A path already loaded succeeds and changes nothing. unload withdraws the plugin's ops, kernels and derivative
   * rows; its library stays mapped and what it published stays. */
  int (*load_plugin)(const char* path);
  int (*unload_plugin)(const char* name);
  int (*visit_plugins)(VtVisitPluginFn visit, void* arg);

  /* Settings: every environment variable the stack reads, declared once with its meaning. */
  int (*declare_setting)(const char* name, const char* doc);
  int (*visit_settings)(VtVisitSettingFn visit, void* arg);

  /* A line per fact: version, instruction set, threads, devices, plugins, settings. Valid until the thread's next call. */
  const char* (*show_config)(void);
  const char* (*version)(void);

  /* 1.1: runs the entry point of a plugin that is part of the process already, as load_plugin does with a library's. */
  int (*add_plugin)(VtPluginInitFn entry);
} VtObjectApi;

VT_EXTERN_C_END

#endif /* VT_ABI_OBJECT_H_ */
