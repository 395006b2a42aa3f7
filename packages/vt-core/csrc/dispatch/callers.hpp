// SPDX-License-Identifier: Apache-2.0
// The name of what a thread's program called.
//
// Note [Callers]
// A device that makes the host wait in a debug mode names what its user called: the outermost operator. Threads keep it only
// while such a mode is on; otherwise a call pays for one load. Operators composed of those that take indices keep their own
// name for as long as they run, `CalledAs`, as an index out of range is told by name in every mode.
#pragma once

#include <atomic>
#include <cstdint>

namespace vt::core {

inline std::atomic<int32_t> num_caller_keepers{0};

inline bool callers_are_kept() noexcept { return num_caller_keepers.load(std::memory_order_relaxed) > 0; }

// Of the calling thread; null outside of calls.
const char*& caller() noexcept;

// While it lives, what an operator is composed of knows the operator's name: what goes wrong is told by it, if nobody further
// out has a name.
class CalledAs {
 public:
  explicit CalledAs(const char* name) noexcept : before_(caller()) {
    if (before_ == nullptr) caller() = name;
  }
  CalledAs(const CalledAs&) = delete;
  CalledAs& operator=(const CalledAs&) = delete;
  ~CalledAs() { caller() = before_; }

 private:
  const char* before_;
};

}  // namespace vt::core
