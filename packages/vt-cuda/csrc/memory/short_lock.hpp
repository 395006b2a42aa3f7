// SPDX-License-Identifier: Apache-2.0
// A lock for sections of a few nanoseconds that are rarely contended.
#pragma once

#include <atomic>
#include <chrono>
#include <thread>

namespace vt::cuda {

// Unlocking is a plain store, half the cost of a std::mutex pair. In return nobody is woken: a waiting thread yields, and
// after some rounds sleeps for a moment at a time, for the holder may be inside the driver or not running.
class ShortLock {
 public:
  void lock() noexcept {
    if (held_.exchange(true, std::memory_order_acquire)) [[unlikely]]
      wait();
  }
  void unlock() noexcept { held_.store(false, std::memory_order_release); }

 private:
  void wait() noexcept {
    constexpr int kYields = 64;
    for (int round = 0;; ++round) {
      if (!held_.load(std::memory_order_relaxed) && !held_.exchange(true, std::memory_order_acquire)) return;
      if (round < kYields)
        std::this_thread::yield();
      else
        std::this_thread::sleep_for(std::chrono::microseconds(20));
    }
  }

  std::atomic<bool> held_{false};
};

}  // namespace vt::cuda
