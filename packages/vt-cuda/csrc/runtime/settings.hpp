// SPDX-License-Identifier: Apache-2.0
// The environment variables that this package reads.
#pragma once

namespace vt::cuda {

// Declares each of them to vt-core, which lists them for the user.
void declare_settings();

// VT_CUDA_LOGICAL_DEVICES, or 0 when it is unset: Note [Logical devices]. A malformed value is reported on the first call.
int setting_logical_devices();

// VT_FILL_MEMORY, which vt-core declares and reports when it is malformed: whether device memory is filled with NaN, too.
bool setting_fill_memory();

}  // namespace vt::cuda
