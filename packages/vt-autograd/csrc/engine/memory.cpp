// SPDX-License-Identifier: Apache-2.0
// The life of a thread's recorder state.
#include "engine/memory.hpp"

#include <pthread.h>

#include <mutex>
#include <new>
#include <optional>

#include "engine/table.hpp"

namespace vt::autograd {

thread_local ThreadMemory* thread_memory_pointer = nullptr;

namespace {

thread_local bool flushed = false;

// Guards the list of threads and the nodes of ended ones. Innermost: nothing is called while it is held.
constinit std::mutex list_mutex;
constinit ThreadMemory* first_memory = nullptr;
constinit int64_t num_nodes_of_ended = 0;

void link(ThreadMemory* memory) noexcept {
  const std::lock_guard lock(list_mutex);
  memory->next = first_memory;
  if (first_memory) first_memory->previous = memory;
  first_memory = memory;
}

void unlink(ThreadMemory* memory) noexcept {
  const std::lock_guard lock(list_mutex);
  (memory->previous ? memory->previous->next : first_memory) = memory->next;
  if (memory->next) memory->next->previous = memory->previous;
  num_nodes_of_ended += memory->num_nodes.load(std::memory_order_relaxed);
}

void flush(ThreadMemory* memory) noexcept {
  unlink(memory);
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
    pthread_atfork([] { list_mutex.lock(); }, [] { list_mutex.unlock(); }, [] { list_mutex.unlock(); });
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
  if (memory) link(memory);
  thread_memory_pointer = memory;
  return memory;
}

void count_node_of_ended(int64_t change) noexcept {
  const std::lock_guard lock(list_mutex);
  num_nodes_of_ended += change;
}

int64_t num_nodes() noexcept {
  const std::lock_guard lock(list_mutex);
  int64_t total = num_nodes_of_ended;
  for (const ThreadMemory* memory = first_memory; memory; memory = memory->next)
    total += memory->num_nodes.load(std::memory_order_relaxed);
  return total;
}

}  // namespace vt::autograd
