// SPDX-License-Identifier: Apache-2.0
// The vt.fabric table of this library.
#pragma once

#include <vt/abi/fabric.h>

namespace vt::fabric {

const VtFabricApi* fabric_api();

}  // namespace vt::fabric
