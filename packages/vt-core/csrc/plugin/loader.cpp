// SPDX-License-Identifier: Apache-2.0
// Opens a plugin's library, checks it, runs its entry point and commits or drops what it registered.
#include "plugin/loader.hpp"

#include <dlfcn.h>
#include <pthread.h>
#include <sys/stat.h>
#include <vt/cpp/error.hpp>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>

#include "dispatch/registry.hpp"
#include "runtime/thread_state.hpp"

namespace vt::core {

namespace {

// Serialises loads. Held while an entry point runs, which may load further plugins, so it is recursive; entry points must
// not wait for other threads.
std::recursive_mutex& load_mutex() {
  static std::recursive_mutex* mutex = [] {
    // A child of fork has no thread that could unlock it.
    pthread_atfork(nullptr, nullptr, [] { new (&load_mutex()) std::recursive_mutex; });
    return new std::recursive_mutex;
  }();
  return *mutex;
}

[[noreturn]] void fail_load(const std::string& path, const std::string& why) {
  fail(VT_ERROR_IMPORT, "load_plugin: cannot load '" + path + "': " + why);
}

std::string checked_path(const std::string& path) {
  char resolved[PATH_MAX];
  if (!realpath(path.c_str(), resolved)) fail_load(path, std::strerror(errno));
  struct stat status;
  if (stat(resolved, &status) != 0) fail_load(path, std::strerror(errno));
  if (!S_ISREG(status.st_mode)) fail_load(path, "it is not a regular file");
  if (status.st_mode & S_IWOTH) fail_load(path, "anyone may write to it; remove the write permission for others");
  return resolved;
}

// Runs the entry point. A C++ exception that crosses the border is an error like any other.
int run_entry(VtPluginInitFn entry, const VtPluginHost& host, VtPluginInfo& info, std::string& thrown) {
  try {
    return entry(&host, &info);
  } catch (const std::exception& error) {
    thrown = std::string("its entry point threw: ") + error.what();
  } catch (...) {
    thrown = "its entry point threw an unknown exception";
  }
  return -1;
}

std::string take_message() {
  ThreadError& error = thread_state().error;
  const std::string message = error.kind == VT_ERROR_NONE ? "its entry point failed without an error" : error.message;
  if (error.cause && error.release_cause) error.release_cause(error.cause);
  error.cause = nullptr;
  error.kind = VT_ERROR_NONE;
  return message;
}

std::string check_info(const VtPluginInfo& info) {
  if (info.host_major != VT_PLUGIN_HOST_MAJOR || info.host_minor > VT_PLUGIN_HOST_MINOR)
    return "it was made for plugin host " + std::to_string(info.host_major) + "." + std::to_string(info.host_minor) +
           ", this vt-core " VT_CORE_VERSION " provides " + std::to_string(VT_PLUGIN_HOST_MAJOR) + "." +
           std::to_string(VT_PLUGIN_HOST_MINOR) + "; install the plugin's release for this vt-core";
  if (!info.name || !*info.name || !info.version) return "it does not say its name and version";
  return "";
}

// Runs an entry point and commits or drops what it registered. The load mutex is held.
void install(VtPluginInitFn entry, const std::string& path) {
  Registry& registry = Registry::instance();
  auto plugin = std::make_unique<VtPlugin>();
  plugin->path = path;
  const VtPluginHost host{
      {sizeof(VtPluginHost), VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR, 0, nullptr}, vt_get_interface, plugin.get()};
  VtPluginInfo info{};
  info.struct_size = sizeof(VtPluginInfo);
  std::string why;
  const int status = run_entry(entry, host, info, why);
  if (why.empty()) why = check_info(info);  // a wrong version explains whatever else went wrong
  if (why.empty() && status != 0) why = take_message();
  if (!why.empty()) {
    take_message();
    // The library stays mapped: it may have started threads or kept pointers into itself.
    fail_load(path, why);
  }
  if (registry.find_plugin(info.name))
    fail_load(path, std::string("a plugin called '") + info.name + "' is loaded already");
  plugin->name = info.name;
  plugin->version = info.version;
  registry.commit(std::move(plugin));
}

}  // namespace

void load_plugin(const std::string& path) {
  const std::string resolved = checked_path(path);
  std::lock_guard lock(load_mutex());
  Registry& registry = Registry::instance();
  if (registry.find_plugin(resolved)) return;

  void* library = dlopen(resolved.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char* why = dlerror();
    fail_load(path, why ? why : "the dynamic linker gave no reason");
  }
  const auto entry = reinterpret_cast<VtPluginInitFn>(dlsym(library, VT_PLUGIN_ENTRY));
  if (!entry) {
    dlclose(library);
    fail_load(path, "it has no entry point " VT_PLUGIN_ENTRY);
  }

  install(entry, resolved);
}

void add_plugin(VtPluginInitFn entry) {
  std::lock_guard lock(load_mutex());
  if (!entry) fail(VT_ERROR_VALUE, "add_plugin: the entry point is NULL");
  install(entry, "(in this process)");
}

void unload_plugin(const std::string& name) {
  std::lock_guard lock(load_mutex());
  VtPlugin* plugin = Registry::instance().find_plugin(name);
  if (!plugin) fail(VT_ERROR_VALUE, "unload_plugin: no plugin is called '" + name + "'");
  if (plugin->path.empty())
    fail(VT_ERROR_VALUE, "unload_plugin: '" + name + "' is part of the core and cannot be unloaded");
  Registry::instance().withdraw(plugin);
}

}  // namespace vt::core
