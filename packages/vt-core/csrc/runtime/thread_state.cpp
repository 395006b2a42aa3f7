// SPDX-License-Identifier: Apache-2.0
// Making, listing and ending the states of threads.
#include "thread_state.hpp"

#include <pthread.h>

#include <mutex>
#include <new>
#include <utility>

#include "host_allocator.hpp"
#include "live.hpp"
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
  state->clear_lists();
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
  pthread_atfork(lock_small_blocks, unlock_small_blocks, unlock_small_blocks);
}

// Blocks that are filled as they are freed, or watched by a sanitizer, must not wait in lists.
void close_lists(ThreadState& state) noexcept {
  for (int i = 0; i < kNumBlockClasses; ++i) state.small_blocks[static_cast<size_t>(i)].close(i);
  for (BlockStack& blocks : state.medium_blocks) blocks.close();
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

void* BlockCache::refill(int block_class) {
  if (is_closed()) return allocate_block(block_class_bytes(block_class));
  if (reserve_) {
    head_ = std::exchange(reserve_, nullptr);
    count_.set(num_reserved_.get());
    num_reserved_.set(0);
    return take(block_class);
  }
  int32_t length = 0;
  void* chain = take_chain(block_class, &length);
  if (!chain) {
    trim_host();
    chain = take_chain(block_class, &length);
  }
  if (!chain) fail_out_of_memory(block_class_bytes(block_class));
  head_ = static_cast<Node*>(chain);
  count_.set(length);
  return take(block_class);
}

void BlockCache::spill(int block_class, void* block) noexcept {
  if (is_closed()) return free_block(block);
  if (reserve_) give_chain(block_class, reserve_);
  reserve_ = std::exchange(head_, nullptr);
  num_reserved_.set(count_.get());
  count_.set(0);
  give(block_class, block);
}

void BlockCache::clear(int block_class) noexcept {
  if (head_) {
    give_chain(block_class, std::exchange(head_, nullptr));
    count_.set(0);
  }
  if (reserve_) {
    give_chain(block_class, std::exchange(reserve_, nullptr));
    num_reserved_.set(0);
  }
}

void BlockCache::close(int block_class) noexcept {
  clear(block_class);
  count_.set(kClosed);
}

void ThreadState::clear_lists() noexcept {
  for (int i = 0; i < kNumBlockClasses; ++i) small_blocks[static_cast<size_t>(i)].clear(i);
  for (BlockStack& blocks : medium_blocks) blocks.clear();
}

ThreadState& make_thread_state() {
  std::call_once(exit_key_once, prepare_process);
  ThreadState* state = new (std::nothrow) ThreadState;
  const bool reserved = state == nullptr;
  if (reserved) state = take_reserve();
  if (!kCacheBlocks || setting_fill_memory()) close_lists(*state);
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

int64_t num_listed_blocks(int block_class) noexcept {
  const std::lock_guard lock(list_mutex);
  int64_t count = 0;
  for (const ThreadState* state = first_state; state; state = state->next)
    count += state->small_blocks[static_cast<size_t>(block_class)].count();
  return count;
}

ThreadTotals thread_totals() {
  const std::lock_guard lock(list_mutex);
  ThreadTotals totals = ended_totals;
  for (const ThreadState* state = first_state; state; state = state->next) {
    add_totals(totals, *state);
    for (int i = 0; i < kNumBlockClasses; ++i)
      totals.cached_bytes +=
          state->small_blocks[static_cast<size_t>(i)].count() * static_cast<int64_t>(block_class_bytes(i));
    for (int i = 0; i < kNumMediumClasses; ++i)
      totals.cached_bytes +=
          state->medium_blocks[static_cast<size_t>(i)].count() * static_cast<int64_t>(detail::medium_class_bytes(i));
  }
  return totals;
}

}  // namespace vt::core
