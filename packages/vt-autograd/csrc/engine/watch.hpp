// SPDX-License-Identifier: Apache-2.0
// Watchers: how many observers and saved-tensor hooks there are in the process, which is what recording asks first.
#pragma once

#include <atomic>
#include <cstdint>

namespace vt::autograd {

// Note [Watching costs nothing when nobody does]
// A recorded call reads this one counter and nothing else. Who is counted: each observer, and each pushed pair of
// saved-tensor hooks of any thread. Only when it is not zero are the lists behind it looked at.
inline std::atomic<uint32_t> num_watchers{0};

inline bool is_watched() noexcept { return num_watchers.load(std::memory_order_relaxed) != 0; }

}  // namespace vt::autograd
