// SPDX-License-Identifier: Apache-2.0
// What an emulated thread asks of the driver that runs it.
#pragma once

#include <vector_types.h>

#include <cstddef>

// Note [Emulated warps]
// Lanes exchange values through a slot per lane and a barrier of the warp: every thread of the warp takes part in each exchange,
// whatever the mask; warps may go different ways. Threads run one at a time: an atomic is a read and a write.
namespace vt::cuda::emulated {

// Set by the driver before a thread runs on; one launch at a time.
extern uint3 block_index;
extern uint3 thread_index;
extern uint3 block_size;
extern uint3 grid_size;
// Each thread of a kernel that is launched as a dependent says that it has waited, first of all.
void note_wait();
// Lets the other threads of the block, or of the warp, come this far.
void synchronize_block();
void synchronize_warp();
// Gives the warp up to kGivenBytes bytes; what another lane gave is there until this thread gives again.
inline constexpr std::size_t kGivenBytes = 32;
void give(const void* bytes, std::size_t num_bytes);
const void* given(int lane);
// The memory of the block that its launch asks for.
void* dynamic_shared();
// Copies of the thread that are made when it waits for them.
void copy_later(void* to, const void* from, std::size_t num_bytes, std::size_t taken);
void end_copies();
void wait_for_copies(std::size_t num_pending);

}  // namespace vt::cuda::emulated
