// SPDX-License-Identifier: Apache-2.0
// ThreadState: everything libvt_core keeps per thread, reached through one initial-exec thread-local pointer.
#pragma once

#include <vt/abi/autocast.h>
#include <vt/abi/dispatch.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

#include "small_blocks.hpp"

namespace vt::core {

// Note [Free lists]
// A free list is a stack of equal blocks that one thread owns. Blocks of one list are interchangeable with those of the
// same list of any other thread, so a block may be freed by another thread than the one that took it: it then changes
// hands. A full list gives blocks back, an empty one takes more: small blocks from and to the slabs (small_blocks.hpp),
// larger ones from and to malloc. The owning thread alone pushes and pops; counters are relaxed atomics only because the
// statistics read them from other threads.

// Under AddressSanitizer every block goes through malloc, so that it sees each use after free.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kCacheBlocks = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool kCacheBlocks = false;
#else
inline constexpr bool kCacheBlocks = true;
#endif
#else
inline constexpr bool kCacheBlocks = true;
#endif

// Fresh memory aligned to kBlockAlignment; throws OUT_OF_MEMORY after giving cached memory back did not help.
void* allocate_block(size_t nbytes);
void free_block(void* block) noexcept;

// A number that only its thread writes and any thread may read.
class OwnedCounter {
 public:
  void add(int64_t amount) noexcept { value_.store(get() + amount, std::memory_order_relaxed); }
  void set(int64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
  int64_t get() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> value_{0};
};

class BlockStack {
 public:
  BlockStack() = default;
  BlockStack(const BlockStack&) = delete;
  BlockStack& operator=(const BlockStack&) = delete;
  ~BlockStack() { clear(); }

  void* pop() noexcept {
    Node* node = head_;
    if (!node) [[unlikely]]
      return nullptr;
    head_ = node->next;
    count_.add(-1);
    return node;
  }
  // False, leaving the block to the caller, when `capacity` blocks are kept already.
  bool push(void* block, int64_t capacity) noexcept {
    if (count_.get() >= capacity) [[unlikely]]
      return false;
    head_ = new (block) Node{head_};
    count_.add(1);
    return true;
  }
  void clear() noexcept {
    while (void* block = pop()) free_block(block);
  }
  // Keeps nothing from now on.
  void close() noexcept {
    clear();
    count_.set(kClosed);
  }
  int64_t count() const noexcept {
    const int64_t count = count_.get();
    return count < kClosed ? count : 0;
  }

 private:
  static constexpr int64_t kClosed = int64_t{1} << 62;

  struct Node {
    Node* next;
  };
  Node* head_ = nullptr;
  OwnedCounter count_;
};

// Small blocks of one class: a list in use and one in reserve, so that making and dropping around a boundary exchanges no
// chains.
class BlockCache {
 public:
  BlockCache() = default;
  BlockCache(const BlockCache&) = delete;
  BlockCache& operator=(const BlockCache&) = delete;

  void* take(int block_class) {
    Node* node = head_;
    if (!node) [[unlikely]]
      return refill(block_class);
    head_ = node->next;
    count_.add(-1);
    return node;
  }
  void give(int block_class, void* block) noexcept {
    if (count_.get() >= kChainLength) [[unlikely]]
      return spill(block_class, block);
    head_ = new (block) Node{head_};
    count_.add(1);
  }
  void clear(int block_class) noexcept;
  // Keeps nothing from now on: every block is one of malloc's.
  void close(int block_class) noexcept;
  int64_t count() const noexcept { return is_closed() ? 0 : count_.get() + num_reserved_.get(); }

 private:
  static constexpr int64_t kClosed = int64_t{1} << 62;

  struct Node {
    Node* next;
  };
  bool is_closed() const noexcept { return count_.get() >= kClosed; }
  void* refill(int block_class);
  void spill(int block_class, void* block) noexcept;

  Node* head_ = nullptr;
  OwnedCounter count_;
  Node* reserve_ = nullptr;
  OwnedCounter num_reserved_;
};

// The thread's error. take_error clears `kind` and leaves `message` in place until the next error.
struct ThreadError {
  int32_t kind = VT_ERROR_NONE;
  std::string message;
  void* cause = nullptr;
  void (*release_cause)(void* cause) = nullptr;
};

// Host data behind small blocks comes in classes 2, 4, 8, ... KiB up to kMaxMediumBytes.
inline constexpr uint64_t kMaxMediumBytes = 64 * 1024;
inline constexpr int kNumMediumClasses = 6;

struct ThreadState {
  VtThreadLayers layers{0, 0};
  std::array<BlockCache, kNumBlockClasses> small_blocks;
  std::array<BlockStack, kNumMediumClasses> medium_blocks;

  void* take_small(int block_class) { return small_blocks[static_cast<size_t>(block_class)].take(block_class); }
  void give_small(int block_class, void* block) noexcept {
    small_blocks[static_cast<size_t>(block_class)].give(block_class, block);
  }
  // Gives back what the lists keep.
  void clear_lists() noexcept;

  // Data handed out less data taken back by this thread and not yet added to the process's total; may be negative.
  OwnedCounter unreported_bytes;
  OwnedCounter num_allocations;
  OwnedCounter num_frees;

  std::array<VtAutocastState, 2> autocast{{{0, {kDLBfloat, 16, 1}}, {0, {kDLFloat, 16, 1}}}};  // of CPU and CUDA
  bool in_parallel_region = false;  // a parallel loop started here runs on this thread alone
  ThreadError error;
  std::string text;  // backs strings that stay valid until the thread's next call

  // The list of all threads' states (thread_state.cpp).
  ThreadState* previous = nullptr;
  ThreadState* next = nullptr;
};

// The pointer alone is thread-local: static TLS space is scarce for libraries opened at run time.
extern constinit thread_local ThreadState* current_thread_state __attribute__((tls_model("initial-exec")));

// Makes the calling thread's state. It lives until the thread ends; code that runs later still, in destructors of other
// thread-local objects, gets a new one.
ThreadState& make_thread_state();

inline ThreadState& thread_state() {
  ThreadState* state = current_thread_state;
  if (!state) [[unlikely]]
    return make_thread_state();
  return *state;
}

// Totals over living and ended threads.
struct ThreadTotals {
  int64_t unreported_bytes = 0;
  int64_t num_allocations = 0;
  int64_t num_frees = 0;
  int64_t cached_bytes = 0;
};
ThreadTotals thread_totals();

}  // namespace vt::core
