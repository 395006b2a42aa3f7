// SPDX-License-Identifier: Apache-2.0
// The caching allocator of host memory: thread-local lists for small blocks, a bounded shared cache for large ones.
#pragma once

#include <vt/abi/alloc.h>

#include <algorithm>
#include <bit>

#include "thread_state.hpp"

namespace vt::core {

// Note [Host memory]
// A block is 64-byte aligned and as long as its class: powers of two from 64 bytes to 64 KiB, then eight steps per
// doubling. Small blocks live in the free lists of threads. A large block that is freed goes to one cache that all threads
// share, bounded in bytes, the oldest block leaving first. Blocks of 4 MiB and more are mapped on their own, aligned and
// advised for huge pages: reusing them is what spares a large fresh result its page faults.

namespace detail {

void* allocate_large(uint64_t nbytes);
void free_large(void* data, uint64_t nbytes) noexcept;
void report_bytes(ThreadState& state) noexcept;

constexpr int small_class(uint64_t nbytes) noexcept { return std::bit_width((nbytes - 1) >> 6); }
constexpr uint64_t small_class_bytes(int index) noexcept { return uint64_t{64} << index; }
static_assert(small_class(1) == 0 && small_class(64) == 0 && small_class(65) == 1);
static_assert(small_class(kMaxSmallBytes) == kNumSmallClasses - 1);

// Each list keeps at most 512 KiB and 512 blocks.
constexpr int64_t small_class_capacity(int index) noexcept {
  return std::min<int64_t>(512, static_cast<int64_t>((512 * 1024) >> (index + 6)));
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

// 64-byte aligned memory, NULL for zero bytes. Throws OUT_OF_MEMORY naming the bytes asked for.
inline void* allocate_host(uint64_t nbytes) {
  if (nbytes - 1 >= kMaxSmallBytes) [[unlikely]]  // zero wraps round
    return detail::allocate_large(nbytes);
  ThreadState& state = thread_state();
  const int index = detail::small_class(nbytes);
  void* block = state.data_blocks[static_cast<size_t>(index)].pop();
  if (!block) [[unlikely]]
    block = allocate_block(detail::small_class_bytes(index));
  state.num_allocations.add(1);
  detail::count_bytes(state, static_cast<int64_t>(nbytes));
  return block;
}

// `nbytes` as asked for. Any thread may free.
inline void free_host(void* data, uint64_t nbytes) noexcept {
  if (nbytes - 1 >= kMaxSmallBytes) [[unlikely]]
    return detail::free_large(data, nbytes);
  ThreadState& state = thread_state();
  const int index = detail::small_class(nbytes);
  state.num_frees.add(1);
  detail::count_bytes(state, -static_cast<int64_t>(nbytes));
  if (!kCacheBlocks || !state.data_blocks[static_cast<size_t>(index)].push(data, detail::small_class_capacity(index)))
      [[unlikely]]
    free_block(data);
}

// Gives the calling thread's lists and the shared cache back to the system.
void trim_host() noexcept;

// peak_bytes is exact for large blocks and up to 1 MiB per thread short for small ones (detail::kReportBytes).
VtAllocStats host_stats();

}  // namespace vt::core
