// SPDX-License-Identifier: Apache-2.0
// What an allocator did: a ring of its latest events, and observers that are told of each. Knows no driver.
//
// Note [History]
// - An event is noted under the allocator's lock, after what it tells of. Observers run there: they must be quick, and call
//   neither the allocator nor anything that takes a lock under which memory is allocated.
// - What was running is named by a context: a number that a hook gives and can put into words. The hook may run Python, so it
//   is asked before the lock is taken, or after.
// - While nobody listens, a request costs one load more.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "../runtime/driver.hpp"
#include "pool_id.hpp"

namespace vt::cuda {

enum class MemoryAction : std::int32_t {
  kAllocate,
  kFreeRequested,
  kFreeCompleted,  // its memory serves others from now on
  kSegmentAllocate,
  kSegmentFree,
  kSegmentMap,  // a range of addresses got memory, or lost it
  kSegmentUnmap,
  kSnapshot,
  kOutOfMemory,
};

struct MemoryEvent {
  MemoryAction action;
  const void* address;
  std::size_t bytes;  // as requested; of a segment, its size; of a snapshot, what is reserved
  RawStream stream;
  PoolId pool;
  std::uint64_t context = 0;
  std::size_t free_bytes = 0;  // on the device; out of memory only
  std::int64_t time_us = 0;    // since 1970; filled in by `note`
};

// Names what is running, and puts such a name into one line. Both may be null.
struct ContextHook {
  std::uint64_t (*capture)(void* arg) = nullptr;
  void (*describe)(void* arg, std::uint64_t context, char* text, std::size_t text_bytes) = nullptr;
  void* arg = nullptr;
};

struct HistoryOptions {
  bool is_on = false;
  std::size_t max_events = 0;         // kept; older ones are overwritten
  bool has_block_contexts = false;    // blocks remember what allocated them
  bool has_event_contexts = false;    // so do events
  bool has_free_contexts = false;     // frees have contexts of their own, instead of those of their allocations
  std::uint32_t skipped_actions = 0;  // bit n: MemoryAction n
  ContextHook hook{};
};

using MemoryObserver = void (*)(void* arg, const MemoryEvent& event);

// All members but `is_on` and the contexts are for whoever holds the allocator's lock.
class History {
 public:
  bool is_on() const noexcept { return is_on_.load(std::memory_order_relaxed); }

  // Without the lock.
  std::uint64_t capture_allocation() const noexcept { return capture(wants_allocation_); }
  std::uint64_t capture_free() const noexcept { return capture(wants_free_); }
  std::string describe(std::uint64_t context) const;

  void set_options(const HistoryOptions& options, bool clear);
  void note(MemoryEvent event);

  std::uint64_t add_observer(MemoryObserver observer, void* arg);
  void remove_observer(std::uint64_t number) noexcept;

  std::vector<MemoryEvent> events() const;  // oldest first

 private:
  struct Observer {
    std::uint64_t number;
    MemoryObserver observer;
    void* arg;
  };

  std::uint64_t capture(const std::atomic<bool>& wanted) const noexcept;
  void update() noexcept;

  std::atomic<bool> is_on_{false};
  std::atomic<bool> wants_allocation_{false};
  std::atomic<bool> wants_free_{false};
  std::atomic<decltype(ContextHook::capture)> capture_{nullptr};
  std::atomic<decltype(ContextHook::describe)> describe_{nullptr};
  std::atomic<void*> hook_arg_{nullptr};
  HistoryOptions options_;
  std::vector<MemoryEvent> events_;
  std::size_t next_ = 0;  // to be overwritten once the ring is full
  std::vector<Observer> observers_;
  std::uint64_t num_observers_ = 0;  // ever
};

}  // namespace vt::cuda
