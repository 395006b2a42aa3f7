// SPDX-License-Identifier: Apache-2.0
// The debug mode that warns of waits of the host, or refuses them.
//
// Note [Host waits]
// Operators enqueue and return; a few must wait for the device, since their caller wants elements: item(), copies to the host,
// nonzero. Before such a wait they ask here, so that a program whose steps should not wait can have it proved. Whoever waits
// is named by the operator or method that the program called (Note [Callers] in vt-core's dispatcher). What a program asks for
// by name, synchronize and elapsed_time, is no surprise to it and always allowed. A copy from pageable memory too large for a
// command counts as a wait whether its buffer happens to be free or not: the answer depends on the program alone.
#pragma once

#include <vt/abi/cuda_runtime.h>

#include <atomic>

namespace vt::cuda {

namespace detail {
inline std::atomic<int32_t> chosen_sync_debug_mode{VT_CUDA_SYNC_DEFAULT};
[[gnu::cold]] void report_host_wait(const char* what);
}  // namespace detail

inline int32_t sync_debug_mode() noexcept { return detail::chosen_sync_debug_mode.load(std::memory_order_relaxed); }

// Throws for a mode that there is none of, and for WARN without a function.
void set_sync_debug_mode(int32_t mode, VtCudaWarnFn warn, void* arg);

// Before the host waits; `what` says why. Throws when the wait is refused, and nothing has been enqueued then.
inline void before_host_wait(const char* what) {
  if (sync_debug_mode() != VT_CUDA_SYNC_DEFAULT) [[unlikely]]
    detail::report_host_wait(what);
}

}  // namespace vt::cuda
