// SPDX-License-Identifier: Apache-2.0
// The table vt.core.host, which knows what the program of a thread has called.
#pragma once

#include <vt/abi/host.h>
#include <vt/cpp/tables.hpp>

namespace vt::cuda {

inline const VtHostApi& host_table() {
  static const VtHostApi* const found = [] {
    const void* table = nullptr;
    vt::check(tables().get_interface(VT_HOST_API_NAME, VT_HOST_API_MAJOR, 0, &table));
    return static_cast<const VtHostApi*>(table);
  }();
  return *found;
}

// While it lives, what an operator is composed of tells index errors by the operator's name, if nobody further out has one.
class CalledAs {
 public:
  explicit CalledAs(const char* name) : before_(host_table().caller()) {
    if (before_ == nullptr) host_table().set_caller(name);
  }
  CalledAs(const CalledAs&) = delete;
  CalledAs& operator=(const CalledAs&) = delete;
  ~CalledAs() { host_table().set_caller(before_); }

 private:
  const char* before_;
};

}  // namespace vt::cuda
