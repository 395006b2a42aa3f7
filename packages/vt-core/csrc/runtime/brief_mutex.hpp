// SPDX-License-Identifier: Apache-2.0
// BriefMutex: a mutex for sections of about a microsecond.
#pragma once

#include <mutex>

namespace vt::core {

// Tells the processor that this thread only waits.
inline void pause_core() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// Who finds it taken looks again for a few microseconds before going to sleep: sleeping and being woken takes longer than the
// section does.
class BriefMutex {
 public:
  void lock() noexcept {
    for (int i = 0; i < kLooks; ++i) {
      if (mutex_.try_lock()) [[likely]]
        return;
      pause_core();
    }
    mutex_.lock();
  }
  void unlock() noexcept { mutex_.unlock(); }

 private:
  static constexpr int kLooks = 200;

  std::mutex mutex_;
};

}  // namespace vt::core
