// SPDX-License-Identifier: Apache-2.0
// Pinned host memory that is kept for reuse.
//
// Note [Pinned memory]
// Pinning memory and giving it back stops the driver for a while, so blocks are kept, by sizes that are powers of two. A copy from
// or to a block may still be under way when the block is freed. Therefore each such copy is noted with its stream, by an event
// at once: the stream itself may be gone when the block is freed. A freed block is handed out again when its events have
// passed, and nobody ever waits for one.
//
// A captured copy runs at each replay, so events say nothing about it. Its graph holds the block, and notes each replay as a use;
// the block is free when its owner and all graphs have let go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "../runtime/driver.hpp"
#include "../runtime/event.hpp"
#include "../runtime/stream.hpp"

namespace vt::cuda {

struct PinnedStatistics {
  std::uint64_t allocated_bytes = 0;  // of blocks with an owner or a graph
  std::uint64_t cached_bytes = 0;
  std::uint64_t num_allocations = 0;
  std::uint64_t num_raw_allocations = 0;
};

// One for all devices; the driver must outlive it. Safe to call from any thread.
class PinnedPool {
 public:
  static constexpr std::size_t kMinBlockBytes = 4096;

  explicit PinnedPool(const Driver& driver) noexcept : driver_(driver) {}
  PinnedPool(const PinnedPool&) = delete;
  PinnedPool& operator=(const PinnedPool&) = delete;
  ~PinnedPool();

  // At least `bytes`, which must not be 0. Throws kOutOfMemory when the driver has none left.
  void* allocate(std::size_t bytes);
  // Of the first byte of a block.
  void free(void* data) noexcept;

  // Whether all of the bytes lie in one block with an owner or a graph.
  bool owns(const void* data, std::size_t bytes) const;
  // To be called after a copy from or to somewhere in a block was enqueued.
  void record_use(const void* data, StreamView stream);

  // A graph that copies from or to somewhere in a block: returns what to pass to the other two.
  void* hold(const void* data);
  void let_go(void* block) noexcept;

  void release_cached();  // those without a copy under way
  PinnedStatistics statistics() const;

 private:
  struct Use {
    RawStream stream;
    PooledEvent event;
  };
  struct Block {
    void* data;
    std::size_t bytes;
    std::size_t num_holders = 0;  // its owner and graphs
    std::vector<Use> uses;
  };
  using Blocks = std::map<std::uintptr_t, std::unique_ptr<Block>>;  // by address

  Block* find(const void* data) const;
  Block* take_cached(std::size_t bytes);
  bool is_idle(Block& block);
  void release_cached_locked();
  EventPool& events(int device);

  const Driver& driver_;
  mutable std::mutex mutex_;  // guards all below
  std::map<int, EventPool> events_;
  Blocks blocks_;
  std::map<std::size_t, std::vector<Block*>> cached_;  // by bytes; the capacity of each covers all blocks of its size
  PinnedStatistics statistics_;
};

}  // namespace vt::cuda
