// SPDX-License-Identifier: Apache-2.0
// Memory that runs out on request: every allocation of the process, those of the loaded libraries too, comes through here.
#pragma once

#include <cstdint>

namespace vt::autograd::test {

// How the calling thread's allocations fail: the nth from now (1 is the next one), then no more or all that follow.
enum class Failing { kOnce, kForEver };

void fail_allocation(int64_t nth, Failing failing) noexcept;
// Allocations work again. Returns whether one has failed.
bool stop_failing() noexcept;

// Blocks of the whole process that have not been freed.
int64_t live_blocks() noexcept;

}  // namespace vt::autograd::test
