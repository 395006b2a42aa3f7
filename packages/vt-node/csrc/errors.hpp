// SPDX-License-Identifier: Apache-2.0
// The one translation between C++ errors and JavaScript errors with a code.
#pragma once

#include "napi.hpp"

namespace vt::node {

// An error that waits on the dispatcher's side to become a JavaScript one.
struct Failure {
  CodedError::Class type = CodedError::Class::kError;
  const char* code = nullptr;  // NULL: no failure
  std::string message;

  explicit operator bool() const noexcept { return code != nullptr; }
};

// Describes the exception being handled; takes the thread's VtError when that is what it stands for.
Failure current_failure() noexcept;

// Runs `body`; what it throws becomes a Failure.
template <class Body>
Failure attempt(Body&& body) noexcept {
  try {
    body();
    return {};
  } catch (...) {
    return current_failure();
  }
}

// The JavaScript error for a failure.
napi_value make_error(napi_env env, const Failure& failure);

// Wraps `napi_value fn(napi_env, napi_callback_info)` so that what it throws becomes a JavaScript exception.
template <napi_value (*Fn)(napi_env, napi_callback_info)>
napi_value guarded(napi_env env, napi_callback_info info) noexcept {
  Failure failure;
  try {
    return Fn(env, info);
  } catch (const PendingException&) {
    return nullptr;
  } catch (...) {
    failure = current_failure();
  }
  try {
    napi_throw(env, make_error(env, failure));
  } catch (...) {
    // The environment is closing; JavaScript will not run again.
  }
  return nullptr;
}

}  // namespace vt::node
