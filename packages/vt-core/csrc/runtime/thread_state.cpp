// SPDX-License-Identifier: Apache-2.0
// Making, listing and ending the states of threads.
#include "thread_state.hpp"

#include <pthread.h>

#include <mutex>
#include <new>

#include "host_allocator.hpp"
#include "settings.hpp"

namespace vt::core {

constinit thread_local ThreadState* current_thread_state = nullptr;

namespace {

// Guards the list of states and the totals of ended threads. Innermost: nothing is called while it is held.
constinit std::mutex list_mutex;
constinit ThreadState* first_state = nullptr;
constinit ThreadTotals ended_totals;

pthread_key_t exit_key;
constinit std::once_flag exit_key_once;

void add_totals(ThreadTotals& totals, const ThreadState& state) {
  totals.unreported_bytes += state.unreported_bytes.get();
  totals.num_allocations += state.num_allocations.get();
  totals.num_frees += state.num_frees.get();
}

void unlink_state(ThreadState& state) {
  if (state.previous) state.previous->next = state.next;
  if (state.next) state.next->previous = state.previous;
  if (first_state == &state) first_state = state.next;
  add_totals(ended_totals, state);
}

void end_thread(void* pointer) {
  auto* state = static_cast<ThreadState*>(pointer);
  if (state->error.cause && state->error.release_cause) state->error.release_cause(state->error.cause);
  {
    const std::lock_guard lock(list_mutex);
    unlink_state(*state);
  }
  current_thread_state = nullptr;
  delete state;
}

// In a forked child the other threads are gone. One may have been stopped inside its free lists, so these are left alone:
// their blocks stay unused, a bounded loss.
void forget_other_threads() {
  ThreadState* state = first_state;
  while (state) {
    ThreadState* next = state->next;
    if (state != current_thread_state) unlink_state(*state);
    state = next;
  }
  list_mutex.unlock();
}

void prepare_process() {
  pthread_key_create(&exit_key, end_thread);
  pthread_atfork([] { list_mutex.lock(); }, [] { list_mutex.unlock(); }, forget_other_threads);
}

// Blocks that are filled as they are freed must not wait in lists.
void close_lists(ThreadState& state) noexcept {
  state.tensor_blocks.close();
  state.storage_blocks.close();
  for (BlockStack& blocks : state.data_blocks) blocks.close();
}

// A thread needs its state even to report that memory is short: then it comes from this reserve, and is never returned.
ThreadState* take_reserve() {
  constexpr int kNumReserved = 16;
  static constinit std::atomic<int> next_reserved{0};
  alignas(ThreadState) static std::byte reserve[kNumReserved][sizeof(ThreadState)];
  const int index = next_reserved.fetch_add(1, std::memory_order_relaxed);
  if (index >= kNumReserved) std::terminate();
  return new (reserve[index]) ThreadState;
}

}  // namespace

ThreadState& make_thread_state() {
  std::call_once(exit_key_once, prepare_process);
  ThreadState* state = new (std::nothrow) ThreadState;
  const bool reserved = state == nullptr;
  if (reserved) state = take_reserve();
  if (setting_fill_memory()) close_lists(*state);
  {
    const std::lock_guard lock(list_mutex);
    state->next = first_state;
    if (first_state) first_state->previous = state;
    first_state = state;
  }
  current_thread_state = state;
  if (!reserved) pthread_setspecific(exit_key, state);
  return *state;
}

ThreadTotals thread_totals() {
  const std::lock_guard lock(list_mutex);
  ThreadTotals totals = ended_totals;
  for (const ThreadState* state = first_state; state; state = state->next) {
    add_totals(totals, *state);
    totals.cached_bytes += state->tensor_blocks.cached_bytes() + state->storage_blocks.cached_bytes();
    for (int i = 0; i < kNumSmallClasses; ++i)
      totals.cached_bytes +=
          state->data_blocks[static_cast<size_t>(i)].count() * static_cast<int64_t>(detail::small_class_bytes(i));
  }
  return totals;
}

}  // namespace vt::core
