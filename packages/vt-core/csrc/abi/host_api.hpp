// SPDX-License-Identifier: Apache-2.0
// The vt.core.host table.
#pragma once

#include <vt/abi/host.h>

namespace vt::core {

const VtHostApi* host_api();

}  // namespace vt::core
