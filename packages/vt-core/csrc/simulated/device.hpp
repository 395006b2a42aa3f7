// SPDX-License-Identifier: Apache-2.0
// The backend table of the simulated devices and the current streams of the calling thread.
#pragma once

#include <vt/abi/stream.h>

#include <cstddef>

namespace vt::simulated {

extern const VtDeviceApi kDevice;

// The stream of the simulation that work of this thread goes to.
size_t current_stream_index(int32_t device);

}  // namespace vt::simulated
