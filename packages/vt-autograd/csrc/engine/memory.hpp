// SPDX-License-Identifier: Apache-2.0
// Thread-local memory of the recorder: free lists of node blocks, the sequence counter, the list of nodes to be freed.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::autograd {

struct Node;
class CallTable;

// Note [Node blocks]
// Nodes and metas come from free lists by size class, one set per thread, each capped and flushed at thread exit. A
// block is plain malloc memory of its class, so freeing it on another thread is harmless.
inline constexpr size_t kBlockStep = 64;
inline constexpr size_t kNumClasses = 16;  // up to 1024 bytes; larger blocks go to malloc
inline constexpr uint32_t kMaxFreePerClass = 1024;

struct ThreadMemory {
  void* free_blocks[kNumClasses] = {};
  uint32_t num_free[kNumClasses] = {};
  uint64_t sequence = 0;
  Node* pending = nullptr;  // dead nodes waiting for the one being freed (Note [Freeing graphs] in node.cpp)
  bool freeing = false;
  CallTable* tables = nullptr;  // tables of finished backward calls, ready for reuse
};

// One pointer of static TLS per library; the state itself is on the heap, made at the thread's first use.
extern thread_local ThreadMemory* thread_memory_pointer __attribute__((tls_model("initial-exec")));
ThreadMemory* make_thread_memory() noexcept;

// NULL after the thread's state was flushed, or when memory ran out: callers then use malloc.
inline ThreadMemory* thread_memory() noexcept {
  ThreadMemory* memory = thread_memory_pointer;
  return memory ? memory : make_thread_memory();
}

// Blocks of `bytes`; throws bad_alloc. The same size must be given back.
void* take_block(size_t bytes);
void give_block(void* block, size_t bytes) noexcept;

// Orders nodes within a thread: later nodes run first in a backward.
uint64_t next_sequence() noexcept;

}  // namespace vt::autograd
