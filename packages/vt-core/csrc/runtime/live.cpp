// SPDX-License-Identifier: Apache-2.0
// The table vt.core.live.
#include "runtime/live.hpp"

#include "runtime/small_blocks.hpp"

namespace vt::core {

namespace {

uint64_t class_bytes(int32_t block_class) { return block_class_bytes(block_class); }

void count_blocks(int64_t* counts) {
  for (int i = 0; i < kNumBlockClasses; ++i) counts[i] = num_taken_blocks(i) - num_listed_blocks(i);
}

}  // namespace

const LiveApi* live_api() noexcept {
  static constexpr LiveApi kTable = {
      {sizeof(LiveApi), kLiveApiMajor, kLiveApiMinor, 0, nullptr}, kNumBlockClasses, class_bytes, count_blocks};
  return &kTable;
}

}  // namespace vt::core
