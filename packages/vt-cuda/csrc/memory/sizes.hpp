// SPDX-License-Identifier: Apache-2.0
// Sizes of blocks and segments, with checked arithmetic.
//
// Note [Sizes]
// Blocks are multiples of 512 bytes. Requests up to 1 MiB are small: cut from segments of 2 MiB, down to the last 512 bytes.
// Larger ones are cut from segments of 20 MiB, or get one of their own from 10 MiB on; a rest of up to 1 MiB stays with
// the block, so that large segments do not fill with slivers. Raw sizes are multiples of 2 MiB, the driver's page.
#pragma once

#include <cstddef>
#include <limits>
#include <string>

#include "../runtime/error.hpp"

namespace vt::cuda {

inline constexpr std::size_t kKiB = 1024;
inline constexpr std::size_t kMiB = 1024 * kKiB;
inline constexpr std::size_t kBlockUnit = 512;
inline constexpr std::size_t kSmallRequest = kMiB;
inline constexpr std::size_t kSegmentUnit = 2 * kMiB;
inline constexpr std::size_t kSharedLargeSegment = 20 * kMiB;
inline constexpr std::size_t kOwnSegmentRequest = 10 * kMiB;
inline constexpr std::size_t kMaxRequest = std::size_t{1} << 48;  // beyond any device's address space

enum class BlockKind { kSmall, kLarge };

// `unit` is a power of two and `bytes` at most kMaxRequest.
constexpr std::size_t round_up(std::size_t bytes, std::size_t unit) noexcept {
  return (bytes + unit - 1) & ~(unit - 1);
}

// The size of the block that serves a request of at least one byte.
inline std::size_t block_bytes(std::size_t bytes) {
  if (bytes > kMaxRequest) [[unlikely]]
    throw Error(ErrorKind::kValue, "allocate: size is out of range: got " + std::to_string(bytes) +
                                       " bytes, expected at most " + std::to_string(kMaxRequest) +
                                       "; check the shape for overflow");
  return round_up(bytes, kBlockUnit);
}

constexpr BlockKind block_kind(std::size_t block_bytes) noexcept {
  return block_bytes <= kSmallRequest ? BlockKind::kSmall : BlockKind::kLarge;
}

// The segment to ask for, and the smallest that would do when memory is short.
constexpr std::size_t preferred_segment_bytes(std::size_t block_bytes) noexcept {
  const bool shared = block_bytes > kSmallRequest && block_bytes < kOwnSegmentRequest;
  return shared ? kSharedLargeSegment : round_up(block_bytes, kSegmentUnit);
}

constexpr std::size_t smallest_segment_bytes(std::size_t block_bytes) noexcept {
  return round_up(block_bytes, kSegmentUnit);
}

// What an expandable segment grows by when memory is not short; so much of it, if no more, goes back as a whole.
constexpr std::size_t page_bytes(BlockKind kind) noexcept {
  return kind == BlockKind::kSmall ? kSegmentUnit : kSharedLargeSegment;
}

// A rest smaller than this is not split off.
constexpr std::size_t min_rest_bytes(BlockKind kind) noexcept {
  return kind == BlockKind::kSmall ? kBlockUnit : kSmallRequest + kBlockUnit;
}

}  // namespace vt::cuda
