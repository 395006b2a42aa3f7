// SPDX-License-Identifier: Apache-2.0
// Environment variables of the runtime: declared together, each read once.
#pragma once

#include <cstdint>

namespace vt::core {

// Declares the runtime's settings, so that they are listed before anything has read them.
void declare_runtime_settings();

// VT_CPU_DEVICES: how many logical CPU devices there are, 1 when unset.
int32_t setting_cpu_devices();
// VT_NUM_THREADS: threads of parallel loops, the number of usable cores when unset.
int32_t setting_num_threads();
// VT_FILL_MEMORY: whether host memory is filled with NaN as it is handed out and taken back, not when unset.
bool setting_fill_memory();

}  // namespace vt::core
