// SPDX-License-Identifier: Apache-2.0
// How an allocator cuts its blocks and when it gives memory back by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "sizes.hpp"

namespace vt::cuda {

inline constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

// What segments of the driver's memory are: Note [Expandable segments] in expandable.hpp.
enum class SegmentKind : std::uint32_t { kDefault, kPlain, kExpandable };

struct AllocatorOptions {
  // Blocks of at least so many bytes are oversize: never split, and kept for requests that nearly fill them.
  std::size_t max_split_bytes = kNoLimit;
  // Share of the limit, or of the device's memory, that may be reserved before a new segment makes idle ones go; 0 is never.
  double collect_above = 0.0;
  // Of segments that are made from now on.
  SegmentKind segments = SegmentKind::kDefault;

  bool is_expandable() const noexcept { return segments == SegmentKind::kExpandable; }

  // Whether a free block is too large to serve a request: one that leaves more unused than a segment of the request's own would,
  // or for an oversize request more than is worth another such segment.
  bool keeps_whole(std::size_t block_bytes, std::size_t bytes) const noexcept {
    if (block_bytes < max_split_bytes) [[likely]]
      return false;
    return block_bytes - bytes >= (bytes < max_split_bytes ? kSegmentUnit : kSharedLargeSegment);
  }
};

void check_options(const AllocatorOptions& options);  // throws, with the value that is out of range

}  // namespace vt::cuda
