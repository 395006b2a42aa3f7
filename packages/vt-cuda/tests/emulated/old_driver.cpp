// SPDX-License-Identifier: Apache-2.0
// A machine whose NVIDIA driver is older than what the package was built for.
#include "driver.hpp"
#include "runtime/real_driver.hpp"

namespace vt::cuda {

const Driver& real_driver() noexcept {
  static const Driver old = [] {
    Driver table = emulated_driver();
    table.device_count = [](void*, int* count) { return *count = 0, kInsufficientDriver; };
    table.driver_version = [](void*, int* version) { return *version = 12020, kSuccess; };
    return table;
  }();
  return old;
}

}  // namespace vt::cuda
