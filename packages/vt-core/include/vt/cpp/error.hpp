// SPDX-License-Identifier: Apache-2.0
// Errors of the C++ skin: one exception type inside a library, the thread's VtError at its border.
#pragma once

#include <exception>
#include <new>
#include <string>
#include <utility>

#include "tables.hpp"

namespace vt {

class Error : public std::exception {
 public:
  Error(VtErrorKind kind, std::string message) : kind_(kind), message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }
  VtErrorKind kind() const noexcept { return kind_; }

 private:
  VtErrorKind kind_;
  std::string message_;
};

// Thrown by check(): the thread's VtError is already set and must reach the caller untouched.
class ErrorIsSet : public std::exception {
 public:
  const char* what() const noexcept override { return "an error is set on this thread"; }
};

[[noreturn]] inline void fail(VtErrorKind kind, std::string message) { throw Error(kind, std::move(message)); }

// Turns the status of a table call into an exception.
inline void check(int status) {
  if (status != 0) [[unlikely]]
    throw ErrorIsSet();
}

// Runs `body` and turns an exception into the thread's VtError and a non-zero status. The border of every exported call.
template <class Body>
int guard(Body&& body) noexcept {
  try {
    body();
    return 0;
  } catch (const ErrorIsSet&) {
  } catch (const Error& error) {
    tables().object->set_error(error.kind(), error.what());
  } catch (const std::bad_alloc&) {
    tables().object->set_error(VT_ERROR_OUT_OF_MEMORY, "out of host memory");
  } catch (const std::exception& error) {
    tables().object->set_error(VT_ERROR_RUNTIME, error.what());
  }
  return -1;
}

// Wraps `void fn(const VtValue* args, VtValue* result)` as a boxed kernel.
template <void (*Fn)(const VtValue* args, VtValue* result)>
int boxed(void*, const VtValue* args, int32_t, VtValue* result) noexcept {
  return guard([&] { Fn(args, result); });
}

}  // namespace vt
