// SPDX-License-Identifier: Apache-2.0
// The little of Node-API that every file here uses, with failures as C++ exceptions.
#pragma once

#include <node_api.h>

#include <string>
#include <vt/cpp/tensor.hpp>

namespace vt::node {

// Thrown when a JavaScript exception is pending: it must reach the caller untouched.
struct PendingException {};

// An error that only this package knows, or a vt error that should become another JavaScript class than its kind says.
class CodedError : public std::exception {
 public:
  enum class Class { kError, kTypeError, kRangeError };

  CodedError(Class type, const char* code, std::string message)
      : type(type), code(code), message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

  const Class type;
  const char* const code;  // a static string

 private:
  std::string message_;
};

[[noreturn]] inline void fail_type(std::string message) { fail(VT_ERROR_TYPE, std::move(message)); }

// Checks a Node-API call. A failure without a pending exception is a mistake of this package, or the environment is
// closing.
inline void js(napi_env env, napi_status status) {
  if (status == napi_ok) [[likely]]
    return;
  bool pending = false;
  if (status == napi_pending_exception || (napi_is_exception_pending(env, &pending) == napi_ok && pending))
    throw PendingException{};
  const napi_extended_error_info* info = nullptr;
  napi_get_last_error_info(env, &info);
  fail(VT_ERROR_RUNTIME, std::string("vt-node: Node-API: ") +
                             (info && info->error_message ? info->error_message : "call failed") + " (status " +
                             std::to_string(status) + ")");
}

inline napi_valuetype type_of(napi_env env, napi_value value) {
  napi_valuetype type = napi_undefined;
  js(env, napi_typeof(env, value, &type));
  return type;
}

inline std::string string_of(napi_env env, napi_value value) {
  size_t length = 0;
  js(env, napi_get_value_string_utf8(env, value, nullptr, 0, &length));
  std::string text(length, '\0');
  js(env, napi_get_value_string_utf8(env, value, text.data(), length + 1, &length));
  return text;
}

inline napi_value make_string(napi_env env, std::string_view text) {
  napi_value out = nullptr;
  js(env, napi_create_string_utf8(env, text.data(), text.size(), &out));
  return out;
}

inline napi_value make_number(napi_env env, double number) {
  napi_value out = nullptr;
  js(env, napi_create_double(env, number, &out));
  return out;
}

inline napi_value make_bool(napi_env env, bool truth) {
  napi_value out = nullptr;
  js(env, napi_get_boolean(env, truth, &out));
  return out;
}

inline napi_value make_undefined(napi_env env) {
  napi_value out = nullptr;
  js(env, napi_get_undefined(env, &out));
  return out;
}

inline napi_value make_null(napi_env env) {
  napi_value out = nullptr;
  js(env, napi_get_null(env, &out));
  return out;
}

inline napi_value make_array(napi_env env, size_t length) {
  napi_value out = nullptr;
  js(env, napi_create_array_with_length(env, length, &out));
  return out;
}

inline napi_value make_object(napi_env env) {
  napi_value out = nullptr;
  js(env, napi_create_object(env, &out));
  return out;
}

inline void set_property(napi_env env, napi_value object, const char* name, napi_value value) {
  js(env, napi_set_named_property(env, object, name, value));
}

inline napi_value get_property(napi_env env, napi_value object, const char* name) {
  napi_value out = nullptr;
  js(env, napi_get_named_property(env, object, name, &out));
  return out;
}

inline void set_element(napi_env env, napi_value array, uint32_t index, napi_value value) {
  js(env, napi_set_element(env, array, index, value));
}

// Closes the handles made inside it; loops over many values need one.
class HandleScope {
 public:
  explicit HandleScope(napi_env env) : env_(env) { js(env, napi_open_handle_scope(env, &scope_)); }
  HandleScope(const HandleScope&) = delete;
  HandleScope& operator=(const HandleScope&) = delete;
  ~HandleScope() { napi_close_handle_scope(env_, scope_); }

 private:
  napi_env env_;
  napi_handle_scope scope_ = nullptr;
};

// A strong reference, dropped on the thread of its environment.
class Reference {
 public:
  Reference() noexcept = default;
  Reference(napi_env env, napi_value value) : env_(env) { js(env, napi_create_reference(env, value, 1, &reference_)); }
  Reference(Reference&& other) noexcept : env_(other.env_), reference_(std::exchange(other.reference_, nullptr)) {}
  Reference& operator=(Reference&& other) noexcept {
    std::swap(env_, other.env_);
    std::swap(reference_, other.reference_);
    return *this;
  }
  ~Reference() {
    if (reference_) napi_delete_reference(env_, reference_);
  }

  explicit operator bool() const noexcept { return reference_ != nullptr; }
  napi_value get() const {
    napi_value out = nullptr;
    js(env_, napi_get_reference_value(env_, reference_, &out));
    return out;
  }

 private:
  napi_env env_ = nullptr;
  napi_ref reference_ = nullptr;
};

}  // namespace vt::node
