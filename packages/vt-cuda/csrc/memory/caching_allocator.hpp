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
// frees are over, segments without a busy block go back to the driver, and a free block of any stream may serve, free neighbours of several as one. What is
// left then is an out-of-memory error, and the allocator is as before. Told to keep below a share of the memory, it also lets
// idle segments go, those idle longest first, before it asks for one that would take it above.
//
// Note [Graph pools]
// What is allocated while its stream is captured comes from an arena of its own, the pool of that graph. Freed, it serves later
// nodes of the capture, for these run in stream order too; nothing is recorded or queried for that. The pool grows while
// capturing: new memory concerns no stream, so the driver need not know what it is for. Its segments serve nobody else
// until the last graph that was captured with the pool is gone and its launches are over, or the capture fails; then they join the
// ordinary memory, blocks that are still with callers too. Whoever keeps the result of a graph thus keeps it for good.
// - A block that work of a captured stream uses and that is freed meanwhile waits until the capture has ended, for only
//   then can the end of that stream's work be recorded. What belongs to other streams is as always.
// - When memory is short while any stream of the device is captured, the device cannot be waited for. Then the streams that
//   are not captured are, one by one, and of a captured one what came before; cached memory of others stays.
//
// Note [Filled memory]
// Told to, the allocator fills blocks with bytes of 0xFF, NaN in every floating dtype, in the order of their stream: as it hands
// them out, in a capture too, so that each replay fills them; and as they are freed. The latter not while a stream is captured,
// for the graph would fill the memory again after others have got it; not in pools, where replays may be writing; and not
// those that other streams use, for they become free when the host has waited, and may go to other streams or back at once.
//
// Layers, bottom up: sizes, free list and block pool (which know no driver), pending frees, segments, this face.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "../runtime/driver.hpp"
#include "../runtime/event.hpp"
#include "../runtime/stream.hpp"
#include "arena.hpp"
#include "history.hpp"
#include "options.hpp"
#include "out_of_memory.hpp"
#include "pending_frees.hpp"
#include "pointer_map.hpp"
#include "segment_source.hpp"
#include "segments.hpp"
#include "short_lock.hpp"
#include "snapshot.hpp"
#include "statistics.hpp"

namespace vt::cuda {

enum class AllocatorBackend {
  kCaching,     // segments of the driver, cached here
  kDriverPool,  // each block from the driver's stream-ordered pool, which caches
  kPlugged,     // each block from functions of a user, which may cache
};

// Safe to call from any thread. Every failed call leaves the allocator as it was, cached memory aside.
class CachingAllocator {
 public:
  // The driver must outlive the allocator.
  CachingAllocator(const Driver& driver, int device, bool fills = false);  // Note [Filled memory]
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

  // Waits for the device, then gives segments without a busy block back to the driver, those idle longest first, until at
  // most `keep_bytes` are held. While a stream is captured it does what can be done then.
  void release_cached(std::size_t keep_bytes = 0);

  // Graph pools. A number that names one, never given before.
  static PoolId new_pool() noexcept;
  // Begins the capture of a stream with memory of the pool, which is made when no graph has it; returns the driver's id of the
  // capture. Throws when another capture is using the pool.
  std::uint64_t begin_capture(PoolId pool, StreamView stream);
  // Ends the capture on the stream that it began on. The graph is the caller's, as is one use of the pool; when there is none
  // to give it throws, the capture is over all the same and the pool as before.
  RawGraph end_capture(std::uint64_t capture);
  bool is_capturing(std::uint64_t capture) const;
  std::size_t num_captures() const;
  // Ends the capture whatever its state, without a graph.
  void abandon_capture(std::uint64_t capture) noexcept;
  // To be called when a graph of the pool is launched on the stream.
  void note_replay(PoolId pool, StreamView stream);
  // Ends one use of a pool.
  void release_pool(PoolId pool) noexcept;
  // The id of the capture that the stream takes part in; 0 for none, or for one that did not begin here. Throws when the
  // capture was invalidated.
  std::uint64_t capture_of(const char* op, StreamView stream) const;

  // Pools of users: what a thread allocates between `begin_use` and `end_use` comes from the pool, unless its stream is
  // captured. A pool has functions of its own to get memory from, or the driver. Released, it is as that of graphs; its
  // functions must go on working until its memory is gone.
  PoolId create_pool(const PluggedFunctions& functions);
  void begin_use(PoolId pool);
  void end_use(PoolId pool);  // the latest of this thread

  // What serves the ordinary memory. To be chosen before anything is held; the check throws once something is.
  void check_unused() const;
  void set_backend(AllocatorBackend backend, const PluggedFunctions& functions = {});

  // Most bytes to hold from the driver; memory held already is kept.
  void set_limit(std::size_t bytes);
  void set_limit_fraction(double fraction);  // of the device's memory, above 0 and at most 1
  void remove_limit();
  std::size_t limit() const;  // kNoLimit when there is none

  void set_options(const AllocatorOptions& options);

  // Lets another device use memory of expandable segments, once it can access this one.
  void give_access(int device);

  Statistics statistics() const;
  void reset_peaks();
  void reset_totals();

  // Note [History].
  void record_history(const HistoryOptions& options, bool clear);
  std::uint64_t add_observer(MemoryObserver observer, void* arg);  // a number, to remove it
  void remove_observer(std::uint64_t number) noexcept;
  MemorySnapshot snapshot();

  std::size_t usable_bytes(DevicePtr pointer) const;  // of a live allocation

  int device() const noexcept { return device_; }

 private:
  friend class InvariantWalk;

  struct Capture {
    std::uint64_t id;
    Arena* arena;
    StreamView origin;
    PooledEvent before;  // the end of what the origin had enqueued
  };

  struct Route {
    std::thread::id thread;
    Arena* arena;
  };

  struct Request {
    std::size_t bytes;  // of the block
    std::size_t requested_bytes;
    std::uint64_t context;
  };

  Arena& arena_of(StreamView stream);
  Home& home(Arena& arena, RawStream stream);
  // Null with a shortage when there is none to be had.
  Block* take_slow(Arena& arena, Home& home, const Request& request, std::unique_ptr<Shortage>& shortage);
  Block* take_direct(Home& home, const Request& request, std::unique_ptr<Shortage>& shortage);
  Block* take_from_new_segment(Arena& arena, BlockPool& pool, std::size_t segment_bytes, const Request& request);
  bool expands(const Arena& arena);
  Block* take_from_growth(Arena& arena, BlockPool& pool, const Request& request);
  template <class MayServe>
  void join_free_neighbours(const Arena& arena, MayServe&& may_serve);
  Block* take_from_any_pool(Arena& arena, Home& home, std::size_t bytes);
  void collect_pending();
  CaptureState capture_state(StreamView stream, std::uint64_t& id) const;
  bool is_captured(StreamView stream) const;
  Arena& claim_arena(PoolId pool);
  Arena& add_arena(PoolId pool);
  Arena* find_arena(PoolId pool) const noexcept;
  std::vector<Capture>::iterator find_capture(std::uint64_t id);
  void leave_arena(Arena& arena) noexcept;
  void finish_capture(std::vector<Capture>::iterator capture, bool keeps_pool) noexcept;
  void adopt_retired();
  bool replays_are_over(Arena& arena);
  void adopt(Arena& arena);
  void wait_for_streams();
  void check_holds_nothing() const;
  void reclaim();
  void release_idle_segments(std::size_t keep_bytes);
  void collect_idle_segments(std::size_t segment_bytes);
  std::unique_ptr<Shortage> note_shortage(const Arena& arena, RawStream stream, const Request& request);
  void count_allocation(Block& block) noexcept;
  void count_free(const Block& block) noexcept;
  void make_free(Block* block, std::uint64_t context);
  void fill_new(Block* block, StreamView stream);
  void fill_freed(const Block& block) noexcept;
  void fill(const Block& block, RawStream stream) const;
  void note(MemoryAction action, const Block& block, std::uint64_t context);
  Block* live_block(const char* op, DevicePtr pointer) const;
  void check_stream(const char* op, StreamView stream) const;

  const Driver& driver_;
  int device_;
  bool fills_;
  EventPool events_;        // taken under lock_; it has a lock of its own, taken last
  mutable ShortLock lock_;  // guards all below
  AllocatorState state_;
  PointerMap live_;
  PendingFrees pending_;
  DriverMemory driver_memory_;
  // Of all blocks of the ordinary memory outside of captures; null for segments that are cached.
  std::unique_ptr<SegmentSource> direct_;
  std::vector<std::unique_ptr<SegmentSource>>
      sources_;        // of pools of users; kept, as their segments may outlive the pools
  Segments segments_;  // goes back to its sources at the end, so after them
  Arena ordinary_;
  std::vector<std::unique_ptr<Arena>> graph_arenas_;
  std::vector<std::unique_ptr<Arena>> retired_;  // without a user, their last replays perhaps not over
  std::vector<Capture> captures_;
  std::vector<Route> routes_;  // of the threads that allocate from pools of users, latest last
};

}  // namespace vt::cuda
