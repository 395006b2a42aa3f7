// SPDX-License-Identifier: Apache-2.0
// Turns a driver status into an Error whose text names the cause and the remedy.
#pragma once

#include <string>

#include "driver.hpp"
#include "error.hpp"

namespace vt::cuda {

struct StatusText {
  const char* cause;
  const char* remedy;
};

// What a status means and what to do about it; a general text for numbers that the table does not know.
StatusText status_text(Status status) noexcept;

// `op: CUDA error 700 (cudaErrorIllegalAddress): cause; remedy`.
std::string status_message(const Driver& driver, Status status, const char* op);

[[noreturn]] void throw_status(const Driver& driver, Status status, const char* op);

// Throws an Error of kind kCuda, or kOutOfMemory for a failed allocation, unless the status is success.
inline void check(const Driver& driver, Status status, const char* op) {
  if (status != kSuccess) [[unlikely]]
    throw_status(driver, status, op);
}

}  // namespace vt::cuda
