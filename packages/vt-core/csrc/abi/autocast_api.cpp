// SPDX-License-Identifier: Apache-2.0
// The table vt.core.autocast.
#include <vt/cpp/error.hpp>

#include "abi/tables.hpp"
#include "dispatch/autocast.hpp"

namespace vt::core {
namespace {

int get(int32_t device_type, VtAutocastState* out) {
  return guard([&] { *out = autocast_state(device_type); });
}

int set(int32_t device_type, const VtAutocastState* state) {
  return guard([&] { set_autocast_state(device_type, *state); });
}

}  // namespace

const VtAutocastApi* autocast_api() {
  static constexpr VtAutocastApi kTable = {table_header<VtAutocastApi>(VT_AUTOCAST_API_MINOR), get, set};
  return &kTable;
}

}  // namespace vt::core
