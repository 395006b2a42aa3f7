// SPDX-License-Identifier: Apache-2.0
// The one exception type of the CUDA backend; the plugin's C border turns it into a thread-local error.
#pragma once

#include <exception>
#include <string>
#include <utility>

namespace vt::cuda {

enum class ErrorKind { kValue, kType, kRuntime, kOutOfMemory, kCuda, kUnavailable, kNotImplemented };

class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string message) : kind_(kind), message_(std::move(message)) {}

  ErrorKind kind() const noexcept { return kind_; }
  const std::string& message() const noexcept { return message_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  ErrorKind kind_;
  std::string message_;
};

}  // namespace vt::cuda
