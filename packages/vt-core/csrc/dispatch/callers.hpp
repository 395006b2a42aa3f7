// SPDX-License-Identifier: Apache-2.0
// The name of what a thread's program called.
//
// Note [Callers]
// A device that makes the host wait in a debug mode names what its user called: the outermost operator. Threads keep it only
// while such a mode is on; otherwise a call pays for one load.
#pragma once

#include <atomic>
#include <cstdint>

namespace vt::core {

inline std::atomic<int32_t> num_caller_keepers{0};

inline bool callers_are_kept() noexcept { return num_caller_keepers.load(std::memory_order_relaxed) > 0; }

// Of the calling thread; null outside of calls.
const char*& caller() noexcept;

}  // namespace vt::core
