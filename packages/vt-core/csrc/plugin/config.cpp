// SPDX-License-Identifier: Apache-2.0
// Gathers version, processor, threads, devices, plugins and settings into one text.
#include "plugin/config.hpp"

#include <vt/cpp/error.hpp>

#include "abi/tables.hpp"
#include "dispatch/registry.hpp"
#include "plugin/settings.hpp"
#include "runtime/thread_state.hpp"

namespace vt::core {

namespace {

const char* instruction_set() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return "x86-64-v4";
  if (__builtin_cpu_supports("x86-64-v3")) return "x86-64-v3";
  return "x86-64-v2";
}

}  // namespace

const char* show_config() noexcept {
  std::string& text = thread_state().text;
  const int status = guard([&] {
    text = "vt-core " VT_CORE_VERSION "\n";
    text += std::string("processor: ") + instruction_set() + ", " + std::to_string(alloc_api()->num_threads()) +
            " threads\n";
    for (const int32_t type : {int32_t{kDLCPU}, int32_t{kDLCUDA}})
      text += std::string("device ") + stream_api()->device_name(type) + ": " +
              std::to_string(stream_api()->device_count(type)) + "\n";
    for (const VtPlugin* plugin : Registry::instance().plugins())
      text += "plugin " + plugin->name + " " + plugin->version +
              (plugin->path.empty() ? "" : " (" + plugin->path + ")") + "\n";
    visit_settings(
        [](const VtSetting* setting, void* out) {
          if (setting->value)
            static_cast<std::string*>(out)->append(std::string("setting ") + setting->name + "=" + setting->value +
                                                   "\n");
          return 0;
        },
        &text);
  });
  return status == 0 ? text.c_str() : nullptr;
}

}  // namespace vt::core
