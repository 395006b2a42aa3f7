// SPDX-License-Identifier: Apache-2.0
// An arena: segments that serve each other's streams and nobody else, as the block pools of each stream. Knows no driver.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "block.hpp"
#include "block_pool.hpp"
#include "pool_id.hpp"
#include "segment_source.hpp"

namespace vt::cuda {

// The pools of one stream.
struct Home {
  Home(AllocatorState& state, RawStream stream) noexcept
      : stream(stream), small(state, BlockKind::kSmall, stream), large(state, BlockKind::kLarge, stream) {}

  BlockPool& pool(BlockKind kind) noexcept { return kind == BlockKind::kSmall ? small : large; }
  void retire() noexcept {
    stream = nullptr;
    small.retire();
    large.retire();
  }

  RawStream stream;  // null once retired
  BlockPool small;
  BlockPool large;
  bool is_quiet = false;  // scratch of the way when memory is short: the host has seen its stream's work end
};

struct Arena {
  Arena(PoolId id, SegmentSource& source) noexcept : id(id), source(&source) {}

  // The home of a stream; null when it has none yet.
  Home* find(RawStream stream) noexcept {
    if (recent != nullptr && recent->stream == stream) return recent;
    for (const auto& home : homes)
      if (home->stream == stream) return recent = home.get();
    return nullptr;
  }

  Home& add(AllocatorState& state, RawStream stream) {
    homes.push_back(std::make_unique<Home>(state, stream));
    return *(recent = homes.back().get());
  }

  const PoolId id;
  SegmentSource* source;  // of its segments
  std::vector<std::unique_ptr<Home>> homes;
  Home* recent = nullptr;
  std::size_t num_users = 0;       // graphs whose nodes hold its addresses, and the capture that makes one
  bool is_capturing = false;       // the pool of one capture at a time
  std::vector<StreamUse> replays;  // streams that graphs of it were launched on; recorded once the last user is gone
};

}  // namespace vt::cuda
