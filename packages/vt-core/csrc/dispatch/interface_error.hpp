// SPDX-License-Identifier: Apache-2.0
// Texts of failed interface look-ups: what was asked for, what there is, which wheel to install.
#pragma once

#include <vt/abi/base.h>

#include <string>
#include <string_view>

namespace vt::core {

// The wheel that provides an interface.
inline std::string_view wheel_of(std::string_view interface) {
  constexpr std::string_view kOptional[][2] = {{"vt.autograd", "vt-autograd"},
                                               {"vt.cuda", "vt-cuda"},
                                               {"vt.cuda.runtime", "vt-cuda"},
                                               {"vt.device.cuda", "vt-cuda"},
                                               {"vt.fabric", "vt-fabric"}};
  for (const auto& [name, wheel] : kOptional)
    if (name == interface) return wheel;
  return "vt-core";
}

inline std::string version_mismatch(std::string_view name, unsigned major, unsigned minor, const VtTableHeader& found) {
  const std::string wheel(wheel_of(name));
  std::string text = std::string(name) + ": asked for version " + std::to_string(major) + "." + std::to_string(minor) +
                     ", the installed " + wheel + " provides " + std::to_string(found.major) + "." +
                     std::to_string(found.minor) + "; ";
  const bool too_old = found.major < major || (found.major == major && found.minor < minor);
  return text + (too_old ? "install a newer " + wheel
                         : "install the release of the asking package that was made for this " + wheel);
}

inline std::string missing_interface(std::string_view name) {
  if (wheel_of(name) == "vt-core" && !name.starts_with("vt."))
    return "get_interface: nothing is published as '" + std::string(name) + "'; load the plugin that provides it";
  return "get_interface: '" + std::string(name) + "' is not loaded; install and import " + std::string(wheel_of(name));
}

}  // namespace vt::core
