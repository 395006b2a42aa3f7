// SPDX-License-Identifier: Apache-2.0
// The caching allocator of host memory: thread-local lists for small blocks, a bounded shared cache for large ones.
#pragma once

#include <vt/abi/alloc.h>

#include <algorithm>
#include <bit>

#include "thread_state.hpp"

namespace vt::core {

// Note [Host memory]
// A block is 64-byte aligned and as long as its class: multiples of 64 bytes up to 1 KiB (Note [Small blocks]), powers of
// two up to 64 KiB, then eight steps per doubling. Blocks up to 64 KiB wait in the free lists of threads. A large block that
// is freed goes to one cache that all threads share, bounded in bytes, the oldest block leaving first. Blocks of 4 MiB and
// more are mapped on their own, aligned and advised for huge pages: reusing them is what spares a large fresh result its
// page faults.

namespace detail {

// More than kMaxSmallBlockBytes, or none.
void* allocate_beyond(ThreadState& state, uint64_t nbytes);
void free_beyond(ThreadState& state, void* data, uint64_t nbytes) noexcept;
void report_bytes(ThreadState& state) noexcept;

constexpr int medium_class(uint64_t nbytes) noexcept { return std::bit_width((nbytes - 1) >> 11); }
constexpr uint64_t medium_class_bytes(int index) noexcept { return uint64_t{2048} << index; }
static_assert(medium_class(kMaxSmallBlockBytes + 1) == 0 && medium_class(2048) == 0 && medium_class(2049) == 1);
static_assert(medium_class(kMaxMediumBytes) == kNumMediumClasses - 1);

// Each list keeps at most 512 KiB.
constexpr int64_t medium_class_capacity(int index) noexcept {
  return static_cast<int64_t>((512 * 1024) >> (index + 11));
}

// A thread reports to the process's total in steps of this size, so that a hit writes nothing shared.
inline constexpr int64_t kReportBytes = 1 << 20;

inline void count_bytes(ThreadState& state, int64_t nbytes) noexcept {
  const int64_t unreported = state.unreported_bytes.get() + nbytes;
  state.unreported_bytes.set(unreported);
  if (static_cast<uint64_t>(unreported + kReportBytes) > static_cast<uint64_t>(2 * kReportBytes)) [[unlikely]]
    report_bytes(state);
}

}  // namespace detail

// What the statistics say of one block.
inline void count_allocation(ThreadState& state, uint64_t nbytes) noexcept {
  state.num_allocations.add(1);
  detail::count_bytes(state, static_cast<int64_t>(nbytes));
}
inline void count_free(ThreadState& state, uint64_t nbytes) noexcept {
  state.num_frees.add(1);
  detail::count_bytes(state, -static_cast<int64_t>(nbytes));
}

// 64-byte aligned memory, NULL for zero bytes. Throws OUT_OF_MEMORY naming the bytes asked for.
inline void* allocate_host(uint64_t nbytes) {
  ThreadState& state = thread_state();
  if (nbytes - 1 >= kMaxSmallBlockBytes) [[unlikely]]  // zero wraps round
    return detail::allocate_beyond(state, nbytes);
  void* block = state.take_small(block_class(nbytes));
  count_allocation(state, nbytes);
  return block;
}

// `nbytes` as asked for. Any thread may free.
inline void free_host(void* data, uint64_t nbytes) noexcept {
  ThreadState& state = thread_state();
  if (nbytes - 1 >= kMaxSmallBlockBytes) [[unlikely]]
    return detail::free_beyond(state, data, nbytes);
  count_free(state, nbytes);
  state.give_small(block_class(nbytes), data);
}

[[noreturn]] void fail_out_of_memory(uint64_t nbytes);

// Gives the calling thread's lists and the shared cache back to the system.
void trim_host() noexcept;

// peak_bytes is exact for large blocks and up to 1 MiB per thread short for small ones (detail::kReportBytes).
VtAllocStats host_stats();

}  // namespace vt::core
