// SPDX-License-Identifier: Apache-2.0
// Memory of the recorder: blocks of nodes, and per thread the sequence counter, the nodes to be freed and tables for reuse.
#pragma once

#include <vt/cpp/error.hpp>
#include <vt/cpp/tables.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace vt::autograd {

struct Node;
class CallTable;

struct ThreadMemory {
  uint64_t sequence = 0;
  std::atomic<int64_t> num_nodes{0};  // made less freed by this thread, which alone writes it; may be negative
  Node* pending = nullptr;            // dead nodes waiting for the one being freed (Note [Freeing graphs] in node.cpp)
  bool freeing = false;
  CallTable* tables = nullptr;       // tables of finished backward calls, ready for reuse
  ThreadMemory* previous = nullptr;  // of all threads (memory.cpp)
  ThreadMemory* next = nullptr;
};

// One pointer of static TLS per library; the state itself is on the heap, made at the thread's first use.
extern thread_local ThreadMemory* thread_memory_pointer __attribute__((tls_model("initial-exec")));
ThreadMemory* make_thread_memory() noexcept;

// NULL after the thread's state was flushed, or when memory ran out.
inline ThreadMemory* thread_memory() noexcept {
  ThreadMemory* memory = thread_memory_pointer;
  return memory ? memory : make_thread_memory();
}

// Blocks of vt-core's host allocator, which lays those of one size side by side. The same size must be given back, on any
// thread.
inline void* take_block(size_t bytes) {
  void* block = nullptr;
  check(tables().alloc->allocate(bytes, &block));
  return block;
}
inline void give_block(void* block, size_t bytes) noexcept { tables().alloc->free(block, bytes); }

// Of nodes that are made (1) and freed (-1).
void count_node_of_ended(int64_t change) noexcept;
inline void count_node(int64_t change) noexcept {
  ThreadMemory* memory = thread_memory();
  if (!memory) [[unlikely]]
    return count_node_of_ended(change);
  memory->num_nodes.store(memory->num_nodes.load(std::memory_order_relaxed) + change, std::memory_order_relaxed);
}
// Nodes alive in the process.
int64_t num_nodes() noexcept;

// Orders nodes within a thread: later nodes run first in a backward.
inline uint64_t next_sequence() noexcept {
  ThreadMemory* memory = thread_memory();
  return memory ? ++memory->sequence : 0;
}

}  // namespace vt::autograd
