// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels that sort keys with their positions.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// Note [Radix sort]
// Keys are put in order from their lowest digit on, equal ones in order of their positions. The kernel that makes the keys
// counts the digits of all passes. A pass is one launch: a tile counts its own digits, tells the tiles after it, and adds up
// what those before it have told, back to one that knows the sum of all before itself; then it knows where its keys go. Tiles
// are taken by number from a ticket, so that a tile waits for none that has not begun. All that is added up are whole
// numbers, so that no result depends on timing.
inline constexpr int kDigitBits = 8;
inline constexpr int kDigits = 1 << kDigitBits;
static_assert(kDigits == kBlockThreads);  // each thread has a digit
inline constexpr int kMaxPasses = 64 / kDigitBits;
inline constexpr int kRadixKeysPerThread = 16;
inline constexpr int kRadixTile = kBlockThreads * kRadixKeysPerThread;
// Keys that a block makes and counts: few where there are not many, so that all multiprocessors have some.
constexpr int64_t keys_per_counter(int64_t num) noexcept {
  constexpr int64_t kFilling = 1024;  // blocks
  const int64_t share = (num / kFilling + 1023) / 1024 * 1024;
  return share < 2048 ? 2048 : share > 16384 ? 16384 : share;
}

// Zero before the first launch.
struct RadixCounts {
  uint32_t digits[kMaxPasses][kDigits];
  uint32_t tickets[kMaxPasses];
};

// Where the kernels that make keys put them: uint32_t up to 32 bits, else uint64_t.
struct RadixKeys {
  void* keys;
  RadixCounts* counts;
  int64_t num;  // less than 2^31
  int64_t num_of_block;
  int32_t num_passes;
};

// Keys that are numbers of rows: negative ones are sorted by `past_last`.
struct RowKeys {
  RadixKeys out;
  const int64_t* rows;
  int64_t past_last;
};

struct RadixPass {
  const void* keys;
  const uint32_t* places;  // or null: 0, 1, 2, ...
  void* keys_out;
  uint32_t* places_out;
  // Where keys are rows the last pass writes them here instead, negative ones as kNoRow, and offsets for places unless these
  // are something else that is carried.
  int64_t* rows_out;
  int64_t* offsets_out;
  Walk<int64_t, 1> walk;
  int64_t past_last;
  RadixCounts* counts;
  uint64_t*
      states;  // of [tile][digit]: twice the pass and 1 for the tile's count, or 2 for that of all up to it, and the count
  int64_t num;
  int32_t pass;
};
inline constexpr int64_t kNoRow = INT64_MIN;

const void* row_keys_kernel(bool wide) noexcept;
const void* radix_pass_kernel(bool wide) noexcept;

}  // namespace vt::cuda
