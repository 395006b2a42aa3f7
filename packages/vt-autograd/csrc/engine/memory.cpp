// SPDX-License-Identifier: Apache-2.0
// The life of a thread's recorder state.
#include "engine/memory.hpp"

#include <pthread.h>

#include <new>
#include <optional>

#include "engine/table.hpp"

namespace vt::autograd {

thread_local ThreadMemory* thread_memory_pointer = nullptr;

namespace {

thread_local bool flushed = false;

void flush(ThreadMemory* memory) noexcept {
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

uint64_t next_sequence() noexcept {
  ThreadMemory* memory = thread_memory();
  return memory ? ++memory->sequence : 0;
}

}  // namespace vt::autograd
