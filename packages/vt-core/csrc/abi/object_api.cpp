// SPDX-License-Identifier: Apache-2.0
// The vt.core.object table: the thread's error, published interfaces, plugins and settings.
#include <vt/cpp/error.hpp>

#include "abi/tables.hpp"
#include "dispatch/registry.hpp"
#include "plugin/config.hpp"
#include "plugin/loader.hpp"
#include "plugin/settings.hpp"
#include "runtime/thread_state.hpp"

namespace vt::core {

namespace {

void set_error_cause(int32_t kind, const char* message, void* cause, void (*release_cause)(void*)) {
  ThreadError& error = thread_state().error;
  if (error.cause && error.release_cause) error.release_cause(error.cause);
  error.kind = kind == VT_ERROR_NONE ? VT_ERROR_RUNTIME : kind;
  error.cause = cause;
  error.release_cause = release_cause;
  try {
    error.message = message ? message : "";
  } catch (const std::bad_alloc&) {
    error.message.clear();  // the kind still tells what happened
  }
}

int32_t take_error(VtError* out) {
  ThreadError& error = thread_state().error;
  if (error.kind == VT_ERROR_NONE) return 0;
  *out = {sizeof(VtError), error.kind, error.message.c_str(), error.cause, error.release_cause};
  error.kind = VT_ERROR_NONE;
  error.cause = nullptr;
  error.release_cause = nullptr;
  return 1;
}

int publish(VtPlugin* plugin, const char* name, const VtTableHeader* table) {
  return guard([&] {
    if (plugin)
      Registry::instance().add_interface(plugin, name, table);
    else
      Registry::instance().publish(name, table);
  });
}

int load_plugin_entry(const char* path) {
  return guard([&] {
    if (!path) fail(VT_ERROR_VALUE, "load_plugin: path is NULL");
    load_plugin(path);
  });
}

int unload_plugin_entry(const char* name) {
  return guard([&] {
    if (!name) fail(VT_ERROR_VALUE, "unload_plugin: name is NULL");
    unload_plugin(name);
  });
}

int visit_plugins(VtVisitPluginFn visit, void* arg) {
  int status = 0;
  const int caught = guard([&] {
    for (const VtPlugin* plugin : Registry::instance().plugins()) {
      const VtPluginInfo info{sizeof(VtPluginInfo), VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR, plugin->name.c_str(),
                              plugin->version.c_str()};
      if ((status = visit(&info, plugin->path.c_str(), arg)) != 0) break;
    }
  });
  return caught != 0 ? caught : status;
}

}  // namespace

const VtObjectApi* object_api() {
  static const VtObjectApi table = {
      .header = table_header<VtObjectApi>(VT_OBJECT_API_MINOR),
      .set_error = [](int32_t kind, const char* message) { set_error_cause(kind, message, nullptr, nullptr); },
      .set_error_cause = set_error_cause,
      .error_kind = [] { return thread_state().error.kind; },
      .take_error = take_error,
      .publish = publish,
      .get_interface = vt_get_interface,
      .load_plugin = load_plugin_entry,
      .unload_plugin = unload_plugin_entry,
      .visit_plugins = visit_plugins,
      .declare_setting = [](const char* name, const char* doc) { return guard([&] { declare_setting(name, doc); }); },
      .visit_settings = visit_settings,
      .show_config = show_config,
      .version = [] { return VT_CORE_VERSION; },
      .add_plugin = [](VtPluginInitFn entry) { return guard([&] { add_plugin(entry); }); },
  };
  return &table;
}

}  // namespace vt::core
