// SPDX-License-Identifier: Apache-2.0
// A lock of one byte for sections of a few instructions that call nothing.
#pragma once

#include <sched.h>

#include <atomic>

namespace vt::autograd {

class SpinLock {
 public:
  void lock() noexcept {
    while (taken_.exchange(true, std::memory_order_acquire))
      while (taken_.load(std::memory_order_relaxed)) sched_yield();
  }
  void unlock() noexcept { taken_.store(false, std::memory_order_release); }

 private:
  std::atomic<bool> taken_{false};
};

}  // namespace vt::autograd
