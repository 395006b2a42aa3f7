// SPDX-License-Identifier: Apache-2.0
// The list of declared settings.
#include "plugin/settings.hpp"

#include <pthread.h>
#include <vt/cpp/error.hpp>

#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>

namespace vt::core {

namespace {

struct Settings {
  std::mutex mutex;  // guards by_name
  std::map<std::string, std::string> by_name;
};

Settings& settings() {
  static Settings* instance = [] {
    // A child of fork must not inherit the mutex locked by a thread that it does not have.
    pthread_atfork([] { settings().mutex.lock(); }, [] { settings().mutex.unlock(); },
                   [] { settings().mutex.unlock(); });
    return new Settings;
  }();
  return *instance;
}

}  // namespace

void declare_setting(const char* name, const char* doc) {
  if (!name || !doc || std::strncmp(name, "VT_", 3) != 0)
    fail(VT_ERROR_VALUE, "declare_setting: a setting needs a text and a name that begins with VT_");
  std::lock_guard lock(settings().mutex);
  const auto [entry, added] = settings().by_name.emplace(name, doc);
  if (!added && entry->second != doc)
    fail(VT_ERROR_VALUE, std::string("declare_setting: '") + name + "' is declared with another meaning");
}

int visit_settings(VtVisitSettingFn visit, void* arg) noexcept {
  int status = 0;
  const int caught = guard([&] {
    std::map<std::string, std::string> copy;
    {
      std::lock_guard lock(settings().mutex);
      copy = settings().by_name;
    }
    for (const auto& [name, doc] : copy) {
      const VtSetting setting{sizeof(VtSetting), name.c_str(), std::getenv(name.c_str()), doc.c_str()};
      if ((status = visit(&setting, arg)) != 0) break;
    }
  });
  return caught != 0 ? caught : status;
}

}  // namespace vt::core
