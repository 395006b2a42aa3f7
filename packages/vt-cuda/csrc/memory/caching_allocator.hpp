// SPDX-License-Identifier: Apache-2.0
// The caching allocator of one device: stream-ordered memory that is kept for reuse.
//
// Note [Stream order]
// A block belongs to the stream that it was allocated on. Freed, it serves later requests of that stream at once, as
// their work is enqueued after the work that used it. A stream that uses a block of another one says so by `record_use`; then
// the free takes effect when what that stream had enqueued by the free is done. Neither ever waits on the host.
//
// Note [When memory is short]
// Only when the driver or the limit refuses a segment does a request wait: for all work of the device, after which pending
// frees are over, segments without a busy block go back to the driver, and a free block of any stream may serve. What is
// left then is an out-of-memory error, and the allocator is as before.
//
// Layers, bottom up: sizes, free list and block pool (which know no driver), pending frees, segments, this face.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "../runtime/driver.hpp"
#include "../runtime/event.hpp"
#include "../runtime/stream.hpp"
#include "block_pool.hpp"
#include "pending_frees.hpp"
#include "pointer_map.hpp"
#include "segments.hpp"
#include "short_lock.hpp"
#include "statistics.hpp"

namespace vt::cuda {

// Safe to call from any thread. Every failed call leaves the allocator as it was, cached memory aside.
class CachingAllocator {
 public:
  // The driver must outlive the allocator.
  CachingAllocator(const Driver& driver, int device);
  // Waits for the device and gives all memory back, that still with callers too.
  ~CachingAllocator();

  // At least `bytes`, aligned to 512, for work enqueued on `stream` from now on; null for 0 bytes.
  [[nodiscard]] DevicePtr allocate(std::size_t bytes, StreamView stream);

  // Rejects what is not a live allocation: freed already, interior or foreign. Null is ignored.
  void free(DevicePtr pointer);

  // To be called once work that uses the block is enqueued, or about to be, on a stream other than its own.
  void record_use(DevicePtr pointer, StreamView stream);

  // Whether `pointer` is the first byte of a live allocation.
  bool owns(DevicePtr pointer) const;

  // To be called before a stream that the allocator has seen is destroyed, as another one may get its handle. Blocks that
  // belong to it serve other streams once memory is short; its uses of blocks end with what it has enqueued by now.
  void retire_stream(StreamView stream);

  // Waits for the device, then gives all segments without a busy block back to the driver.
  void release_cached();

  // Most bytes to hold from the driver; memory held already is kept.
  void set_limit(std::size_t bytes);
  void set_limit_fraction(double fraction);  // of the device's memory, above 0 and at most 1
  void remove_limit();

  Statistics statistics() const;
  void reset_peaks();
  std::size_t usable_bytes(DevicePtr pointer) const;  // of a live allocation

  int device() const noexcept { return device_; }

 private:
  friend class InvariantWalk;

  struct Home {  // the pools of one stream
    Home(BlockRecords& records, RawStream stream) noexcept
        : stream(stream), small(records, BlockKind::kSmall, stream), large(records, BlockKind::kLarge, stream) {}
    RawStream stream;  // null once retired
    BlockPool small;
    BlockPool large;
  };

  Home& home(RawStream stream);
  BlockPool& pool(RawStream stream, BlockKind kind);
  Block* take_slow(BlockPool& pool, std::size_t bytes, std::size_t requested_bytes);
  Block* take_from_new_segment(BlockPool& pool, std::size_t segment_bytes, std::size_t bytes);
  Block* take_from_any_pool(BlockPool& pool, std::size_t bytes);
  void collect_pending();
  void reclaim();
  void release_idle_segments();
  Block* live_block(const char* op, DevicePtr pointer) const;
  void check_stream(const char* op, StreamView stream) const;
  [[noreturn]] void throw_out_of_memory(std::size_t requested_bytes, std::size_t bytes);

  const Driver& driver_;
  int device_;
  EventPool events_;        // taken under lock_; it has a lock of its own, taken last
  mutable ShortLock lock_;  // guards all below
  BlockRecords records_;
  PointerMap live_;
  PendingFrees pending_;
  Statistics statistics_;
  Segments segments_;
  std::vector<std::unique_ptr<Home>> homes_;
  Home* recent_home_ = nullptr;
};

}  // namespace vt::cuda
