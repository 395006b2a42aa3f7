// SPDX-License-Identifier: Apache-2.0
// Parallel loops over the process's own pool of threads.
#pragma once

#include <vt/abi/alloc.h>

#include <memory>
#include <type_traits>

#include <vt/cpp/error.hpp>

#include "thread_state.hpp"

namespace vt::core {

// Note [Parallel loops]
// A loop is cut into parts of one or more whole grains: every part but the last ends at begin + k * grain. A kernel that
// computes each grain by itself therefore gives the same result on any number of threads; a reduction takes the grain as
// its block and combines the blocks' results in order.
// The calling thread takes part. Workers are started by the first loop that needs them, spin briefly between loops and
// then sleep; a loop never waits for a worker that has not begun a part, so a busy machine slows it no more than it must.
// One loop at a time has the workers: a loop started meanwhile by another thread, or inside a loop, runs on its own thread.
// After fork the child starts workers of its own. Bodies must not call ops that depend on the caller's thread state.

int32_t num_threads();
// From 1 to 1024; throws VALUE otherwise. Takes effect for the next loop of any thread.
void set_num_threads(int32_t threads);

// Runs body over [begin, end). A body that returns non-zero stops the loop; its error moves to the calling thread.
int run_parallel(int64_t begin, int64_t end, int64_t grain, VtParallelFn body, void* arg);

// fn(begin, end) for parts of [begin, end). An exception of fn stops the loop and is thrown here, as ErrorIsSet when it
// came from another thread.
template <class Fn>
void parallel_for(int64_t begin, int64_t end, int64_t grain, Fn&& fn) {
  if (begin >= end) return;
  if (end - begin <= grain || thread_state().in_parallel_region) {
    fn(begin, end);
    return;
  }
  const VtParallelFn body = [](int64_t part_begin, int64_t part_end, void* arg) {
    return guard([&] { (*static_cast<std::remove_reference_t<Fn>*>(arg))(part_begin, part_end); });
  };
  auto* address = const_cast<std::remove_cv_t<std::remove_reference_t<Fn>>*>(std::addressof(fn));
  check(run_parallel(begin, end, grain, body, address));
}

}  // namespace vt::core
