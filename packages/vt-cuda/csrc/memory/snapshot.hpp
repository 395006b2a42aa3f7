// SPDX-License-Identifier: Apache-2.0
// What an allocator holds at one moment, copied: segments with their blocks, and the latest events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "block.hpp"
#include "history.hpp"

namespace vt::cuda {

struct BlockSnapshot {
  const void* address;
  std::size_t bytes;
  std::size_t requested_bytes;  // 0 unless allocated or pending
  BlockState state;
  std::uint64_t context;
};

struct SegmentSnapshot {
  const void* address;
  std::size_t bytes;
  std::size_t allocated_bytes;
  std::size_t active_bytes;
  std::size_t requested_bytes;
  RawStream stream;
  PoolId pool;
  BlockKind kind;
  bool is_expandable;
  std::uint64_t context;
  std::size_t first_block;  // in the blocks of the snapshot
  std::size_t num_blocks;
};

struct MemorySnapshot {
  std::vector<SegmentSnapshot> segments;  // by address
  std::vector<BlockSnapshot> blocks;      // of each segment in turn, by address
  std::vector<MemoryEvent> events;        // oldest first
};

}  // namespace vt::cuda
