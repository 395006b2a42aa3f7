// SPDX-License-Identifier: Apache-2.0
// Loading plugins: shared libraries with a vt_plugin_init entry point, and parts of the process that have one.
#pragma once

#include <vt/abi/object.h>

#include <string>

namespace vt::core {

// Loads the library and commits what its entry point registered; a library that is loaded already is left alone. Throws
// IMPORT, after which the registry is as it was.
void load_plugin(const std::string& path);

// The same with an entry point that is in the process already. Throws IMPORT.
void add_plugin(VtPluginInitFn entry);

// Withdraws everything the plugin registered. Throws VALUE when no plugin has this name.
void unload_plugin(const std::string& name);

}  // namespace vt::core
