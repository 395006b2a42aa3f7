// SPDX-License-Identifier: Apache-2.0
// The table vt.core.live: small blocks that are in use, for tests that nothing is left alive.
#pragma once

#include <vt/abi/base.h>

namespace vt::core {

inline constexpr char kLiveApiName[] = "vt.core.live";
inline constexpr uint16_t kLiveApiMajor = 1;
inline constexpr uint16_t kLiveApiMinor = 0;

// Tensors, storages, graph nodes and small data are all in small blocks, so each of them that is alive is counted here.
struct LiveApi {
  VtTableHeader header;

  int32_t num_classes;
  uint64_t (*class_bytes)(int32_t block_class);
  // `counts` holds num_classes numbers. Exact while other threads neither make nor drop anything.
  void (*count_blocks)(int64_t* counts);
};

const LiveApi* live_api() noexcept;

// Blocks of a class that threads have, in use or in their lists (small_blocks.cpp).
int64_t num_taken_blocks(int block_class) noexcept;
// Those of them that lie in the lists of threads that live (thread_state.cpp).
int64_t num_listed_blocks(int block_class) noexcept;

}  // namespace vt::core
