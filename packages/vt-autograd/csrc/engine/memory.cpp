// SPDX-License-Identifier: Apache-2.0
// Free lists of node blocks and the life of a thread's recorder state.
#include "engine/memory.hpp"

#include <pthread.h>

#include <cstdlib>
#include <new>
#include <optional>

#include "engine/table.hpp"

namespace vt::autograd {

thread_local ThreadMemory* thread_memory_pointer = nullptr;

namespace {

thread_local bool flushed = false;

void flush(ThreadMemory* memory) noexcept {
  for (void*& head : memory->free_blocks)
    while (head) {
      void* next = *static_cast<void**>(head);
      std::free(head);
      head = next;
    }
  while (CallTable* table = memory->tables) {
    memory->tables = table->next_free;
    delete table;
  }
  delete memory;
}

// A key rather than an object with a destructor: where memory is short, registering one of those ends the process.
bool flush_at_exit(ThreadMemory* memory) noexcept {
  static const auto key = []() -> std::optional<pthread_key_t> {
    pthread_key_t made{};
    const auto end_thread = [](void* pointer) {
      thread_memory_pointer = nullptr;
      flushed = true;
      flush(static_cast<ThreadMemory*>(pointer));
    };
    return pthread_key_create(&made, end_thread) == 0 ? std::optional(made) : std::nullopt;
  }();
  return key && pthread_setspecific(*key, memory) == 0;
}

constexpr size_t class_of(size_t bytes) noexcept { return (bytes - 1) / kBlockStep; }

}  // namespace

ThreadMemory* make_thread_memory() noexcept {
  if (flushed) return nullptr;
  auto* memory = new (std::nothrow) ThreadMemory;
  if (memory && !flush_at_exit(memory)) {
    delete memory;
    memory = nullptr;
  }
  thread_memory_pointer = memory;
  return memory;
}

void* take_block(size_t bytes) {
  const size_t cls = class_of(bytes);
  if (ThreadMemory* memory = thread_memory(); memory && cls < kNumClasses && memory->free_blocks[cls]) {
    void* block = memory->free_blocks[cls];
    memory->free_blocks[cls] = *static_cast<void**>(block);
    --memory->num_free[cls];
    return block;
  }
  void* block = std::malloc((cls + 1) * kBlockStep);
  if (!block) throw std::bad_alloc();
  return block;
}

void give_block(void* block, size_t bytes) noexcept {
  const size_t cls = class_of(bytes);
  ThreadMemory* memory = thread_memory();
  if (!memory || cls >= kNumClasses || memory->num_free[cls] >= kMaxFreePerClass) return std::free(block);
  *static_cast<void**>(block) = memory->free_blocks[cls];
  memory->free_blocks[cls] = block;
  ++memory->num_free[cls];
}

uint64_t next_sequence() noexcept {
  ThreadMemory* memory = thread_memory();
  return memory ? ++memory->sequence : 0;
}

}  // namespace vt::autograd
