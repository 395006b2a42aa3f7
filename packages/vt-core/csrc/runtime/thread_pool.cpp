// SPDX-License-Identifier: Apache-2.0
// The pool behind parallel loops: one loop at a time, claimed part by part.
#include "thread_pool.hpp"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <system_error>
#include <thread>

#include "brief_mutex.hpp"
#include "settings.hpp"

namespace vt::core {
namespace {

constexpr int32_t kMaxThreads = 1024;
constexpr int64_t kPartsPerThread = 4;  // so that a thread which loses its core holds up little
constexpr int kSpins = 1000;            // some 20 us between loops before a worker sleeps

// One loop. Lives on the stack of the thread that started it.
struct Loop {
  int64_t begin;
  int64_t end;
  int64_t grain;
  int64_t num_grains;
  int64_t num_parts;
  VtParallelFn body;
  void* arg;
  std::atomic<int64_t> next_part{0};
  std::atomic<int> status{0};
  ThreadError error{};  // of the first part that failed, written by the thread that set `status`

  int64_t part_begin(int64_t part) const {
    const int64_t each = num_grains / num_parts;
    const int64_t more = num_grains % num_parts;  // the first `more` parts have one grain more
    return begin + (part * each + std::min(part, more)) * grain;
  }

  void run_parts() {
    for (;;) {
      const int64_t part = next_part.fetch_add(1, std::memory_order_relaxed);
      if (part >= num_parts) return;
      const int64_t stop = part + 1 == num_parts ? end : part_begin(part + 1);
      const int result = body(part_begin(part), stop, arg);
      if (result == 0) continue;
      next_part.store(num_parts, std::memory_order_relaxed);
      int none = 0;
      if (status.compare_exchange_strong(none, result)) std::swap(error, thread_state().error);
    }
  }
};

class Pool {
 public:
  // Runs the loop with up to `threads` threads, or returns false when another loop has the workers.
  bool run(Loop& loop, int32_t threads) {
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock) return false;
    start_workers(threads - 1);
    limit_.store(threads - 1, std::memory_order_relaxed);
    loop_.store(&loop);
    generation_.fetch_add(1);
    const int64_t wanted = std::min<int64_t>(loop.num_parts, threads) - 1;
    if (wanted == 1)
      generation_.notify_one();
    else
      generation_.notify_all();
    loop.run_parts();
    loop_.store(nullptr);  // a worker that has not entered yet stays out; those inside are waited for
    wait_until_left();
    return true;
  }

 private:
  // Sequential consistency of loop_ and inside_ makes this safe: a worker counts itself in before it reads loop_, the
  // caller clears loop_ before it reads the count.
  void wait_until_left() {
    for (int spin = 0; spin < kSpins; ++spin) {
      if (inside_.load() == 0) return;
      pause_core();
    }
    for (int32_t inside = inside_.load(); inside != 0; inside = inside_.load()) inside_.wait(inside);
  }

  void start_workers(int32_t wanted) {
    if (num_workers_ >= wanted) return;
    sigset_t all;
    sigset_t former;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &former);  // signals belong to the application's threads
    try {
      for (; num_workers_ < wanted; ++num_workers_) std::thread([this, index = num_workers_] { work(index); }).detach();
    } catch (const std::system_error&) {
      // The system gives no more threads: the loop runs on those there are.
    }
    pthread_sigmask(SIG_SETMASK, &former, nullptr);
  }

  void work(int32_t index) {
    thread_state().in_parallel_region = true;
    uint32_t seen = 0;
    for (;;) {
      wait_for_generation(seen);
      seen = generation_.load();
      if (index >= limit_.load(std::memory_order_relaxed)) continue;
      inside_.fetch_add(1);
      if (Loop* loop = loop_.load()) loop->run_parts();
      if (inside_.fetch_sub(1) == 1) inside_.notify_one();
    }
  }

  void wait_for_generation(uint32_t seen) {
    for (int spin = 0; spin < kSpins; ++spin) {
      if (generation_.load() != seen) return;
      pause_core();
    }
    generation_.wait(seen);
  }

  std::mutex mutex_;  // held by the thread whose loop has the workers; guards num_workers_
  int32_t num_workers_ = 0;
  std::atomic<int32_t> limit_{0};  // workers from this index on sit the loop out
  std::atomic<uint32_t> generation_{0};
  std::atomic<Loop*> loop_{nullptr};
  std::atomic<int32_t> inside_{0};
};

constinit std::atomic<Pool*> current_pool{nullptr};
constinit std::atomic<int32_t> chosen_threads{0};

// A pool is never destroyed: its threads outlive main. The child of a fork forgets the parent's, whose threads it lacks.
Pool& pool() {
  if (Pool* existing = current_pool.load(std::memory_order_acquire)) return *existing;
  static const int registered = pthread_atfork(nullptr, nullptr, [] { current_pool.store(nullptr); });
  static_cast<void>(registered);
  auto made = std::make_unique<Pool>();
  Pool* expected = nullptr;
  return current_pool.compare_exchange_strong(expected, made.get()) ? *made.release() : *expected;
}

class ParallelRegion {
 public:
  ParallelRegion() { thread_state().in_parallel_region = true; }
  ParallelRegion(const ParallelRegion&) = delete;
  ParallelRegion& operator=(const ParallelRegion&) = delete;
  ~ParallelRegion() { thread_state().in_parallel_region = false; }
};

}  // namespace

int32_t num_threads() {
  const int32_t chosen = chosen_threads.load(std::memory_order_relaxed);
  return chosen != 0 ? chosen : setting_num_threads();
}

void set_num_threads(int32_t threads) {
  if (threads < 1 || threads > kMaxThreads)
    fail(VT_ERROR_VALUE,
         "set_num_threads: got " + std::to_string(threads) + ", expected 1 to " + std::to_string(kMaxThreads));
  chosen_threads.store(threads, std::memory_order_relaxed);
}

int run_parallel(int64_t begin, int64_t end, int64_t grain, VtParallelFn body, void* arg) {
  if (begin >= end) return 0;
  if (grain < 1) grain = 1;
  const int32_t threads = num_threads();
  const int64_t num_grains = static_cast<int64_t>(
      (static_cast<uint64_t>(end) - static_cast<uint64_t>(begin) - 1) / static_cast<uint64_t>(grain) + 1);
  if (num_grains <= 1 || threads == 1 || thread_state().in_parallel_region) return body(begin, end, arg);

  Loop loop{begin, end, grain, num_grains, std::min(num_grains, threads * kPartsPerThread), body, arg};
  const ParallelRegion region;
  if (!pool().run(loop, threads)) return body(begin, end, arg);
  const int status = loop.status.load(std::memory_order_relaxed);
  if (status != 0) thread_state().error = std::move(loop.error);
  return status;
}

}  // namespace vt::core
