// SPDX-License-Identifier: Apache-2.0
// Small blocks: equal blocks cut from slabs, which threads take and give back by the chain.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// Note [Small blocks]
// Blocks up to kMaxSmallBlockBytes come in classes kBlockAlignment apart. A slab holds blocks of one class side by side, so
// what is made one after the other lies one after the other, and a walk along it, as a backward's, reads memory in order.
// Threads take chains of kChainLength blocks, linked through their first words, into lists of their own (thread_state.hpp)
// and give such chains back; a lock is taken per chain. A block that comes back goes to its slab, a slab that is whole
// again to its region, and whole regions go back to the system, but for the few that are kept.
//
// What was freed in any order is taken again in order of its addresses. And headers of tensors have slabs of their own: a
// backward frees those that its graph saved and leaves the nodes, often of the same size, which between them would leave
// every slab half in use.

inline constexpr size_t kBlockAlignment = 64;
inline constexpr size_t kMaxSmallBlockBytes = 1024;
inline constexpr int kNumSizeClasses = static_cast<int>(kMaxSmallBlockBytes / kBlockAlignment);
inline constexpr int kHeaderClass = kNumSizeClasses;  // of tensors
inline constexpr size_t kTensorHeaderBytes = 192;
inline constexpr int kNumBlockClasses = kNumSizeClasses + 1;
inline constexpr int32_t kChainLength = 64;

constexpr int block_class(size_t nbytes) noexcept { return static_cast<int>((nbytes - 1) / kBlockAlignment); }
constexpr size_t block_class_bytes(int index) noexcept {
  return index == kHeaderClass ? kTensorHeaderBytes : static_cast<size_t>(index + 1) * kBlockAlignment;
}

// Up to kChainLength blocks in order of their addresses, and how many they are. NULL when the system refuses.
void* take_chain(int block_class, int32_t* length) noexcept;
// Blocks of one class, in any order, from any threads.
void give_chain(int block_class, void* chain) noexcept;

// Of whole regions kept for reuse.
uint64_t kept_region_bytes() noexcept;
void release_kept_regions() noexcept;

// A fork must find these locks free. From pthread_atfork's handlers.
void lock_small_blocks() noexcept;
void unlock_small_blocks() noexcept;

}  // namespace vt::core
