// SPDX-License-Identifier: Apache-2.0
// The one translation between C++ errors and JavaScript errors with a code.
#include "errors.hpp"

namespace vt::node {
namespace {

using Class = CodedError::Class;

struct Row {
  Class type;
  const char* code;
};

Row row_of(int32_t kind) noexcept {
  switch (kind) {
    case VT_ERROR_VALUE: return {Class::kRangeError, "ERR_VT_VALUE"};
    case VT_ERROR_TYPE: return {Class::kTypeError, "ERR_VT_TYPE"};
    case VT_ERROR_INDEX: return {Class::kRangeError, "ERR_VT_INDEX"};
    case VT_ERROR_NOT_IMPLEMENTED: return {Class::kError, "ERR_VT_NOT_IMPLEMENTED"};
    case VT_ERROR_OUT_OF_MEMORY: return {Class::kRangeError, "ERR_VT_OUT_OF_MEMORY"};
    case VT_ERROR_BUFFER: return {Class::kTypeError, "ERR_VT_BUFFER"};
    case VT_ERROR_OVERFLOW: return {Class::kRangeError, "ERR_VT_OVERFLOW"};
    case VT_ERROR_IMPORT: return {Class::kError, "ERR_VT_IMPORT"};
    case VT_ERROR_IO: return {Class::kError, "ERR_VT_IO"};
    case VT_ERROR_DEVICE: return {Class::kError, "ERR_VT_DEVICE"};
    case VT_ERROR_SHAPE: return {Class::kRangeError, "ERR_VT_SHAPE"};
    case VT_ERROR_DTYPE: return {Class::kTypeError, "ERR_VT_DTYPE"};
    case VT_ERROR_DEVICE_MISMATCH: return {Class::kError, "ERR_VT_DEVICE_MISMATCH"};
    case VT_ERROR_MISSING_KERNEL: return {Class::kError, "ERR_VT_MISSING_KERNEL"};
    case VT_ERROR_FILE_FORMAT: return {Class::kError, "ERR_VT_FILE_FORMAT"};
    case VT_ERROR_TIMEOUT: return {Class::kError, "ERR_VT_TIMEOUT"};
    case VT_ERROR_ABORTED: return {Class::kError, "ERR_VT_ABORTED"};
    case VT_ERROR_LINALG: return {Class::kError, "ERR_VT_LINALG"};
    default: return {Class::kError, "ERR_VT_RUNTIME"};
  }
}

Failure from_kind(int32_t kind, const char* message) {
  const Row row = row_of(kind);
  return {row.type, row.code, message ? message : ""};
}

Failure take_thread_error() {
  VtError error{};
  error.struct_size = sizeof error;
  if (!tables().object->take_error(&error)) return from_kind(VT_ERROR_RUNTIME, "a call failed without an error");
  Failure failure = from_kind(error.kind, error.message);
  if (error.cause && error.release_cause) error.release_cause(error.cause);
  return failure;
}

}  // namespace

Failure current_failure() noexcept {
  try {
    try {
      throw;
    } catch (const ErrorIsSet&) {
      return take_thread_error();
    } catch (const Error& error) {
      return from_kind(error.kind(), error.what());
    } catch (const CodedError& error) {
      return {error.type, error.code, error.what()};
    } catch (const std::bad_alloc&) {
      return from_kind(VT_ERROR_OUT_OF_MEMORY, "out of host memory");
    } catch (const std::exception& error) {
      return from_kind(VT_ERROR_RUNTIME, error.what());
    } catch (const PendingException&) {
      return from_kind(VT_ERROR_RUNTIME, "a JavaScript exception is pending");
    }
  } catch (...) {
    return {Class::kRangeError, "ERR_VT_OUT_OF_MEMORY", {}};  // memory ran out while the text was copied
  }
}

napi_value make_error(napi_env env, const Failure& failure) {
  napi_value code = make_string(env, failure.code);
  napi_value message = make_string(env, failure.message);
  napi_value out = nullptr;
  switch (failure.type) {
    case Class::kTypeError: js(env, napi_create_type_error(env, code, message, &out)); break;
    case Class::kRangeError: js(env, napi_create_range_error(env, code, message, &out)); break;
    case Class::kError: js(env, napi_create_error(env, code, message, &out)); break;
  }
  return out;
}

}  // namespace vt::node
