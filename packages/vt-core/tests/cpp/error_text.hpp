// SPDX-License-Identifier: Apache-2.0
// Taking the thread's error in tests.
#pragma once

#include <vt/cpp/error.hpp>

#include <string>

namespace vt::test {

struct TakenError {
  int32_t kind = VT_ERROR_NONE;
  std::string message;
};

inline TakenError take_error() {
  VtError error{};
  if (!tables().object->take_error(&error)) return {};
  if (error.cause && error.release_cause) error.release_cause(error.cause);
  return {error.kind, error.message};
}

// Starts the library; every test program calls it before anything else.
inline void start() {
  const void* table = nullptr;
  if (vt_get_interface(VT_OBJECT_API_NAME, VT_OBJECT_API_MAJOR, 0, &table) != 0) std::terminate();
}

}  // namespace vt::test
