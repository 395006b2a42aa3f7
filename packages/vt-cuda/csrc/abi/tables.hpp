// SPDX-License-Identifier: Apache-2.0
// The tables that this plugin implements.
#pragma once

#include <vt/abi/cuda.h>

namespace vt::cuda {

const VtDeviceApi* device_api() noexcept;
const VtCudaApi* cuda_api() noexcept;

// Memory that allocate_pinned gave out, which copies need not stage.
bool is_pinned(const void* data, uint64_t nbytes);

}  // namespace vt::cuda
