// SPDX-License-Identifier: Apache-2.0
// The table vt.core.lapack.
#include "linalg/api.hpp"

#include <vt/cpp/error.hpp>

#include "linalg/library.hpp"

namespace vt::core {

namespace {

int set_folders(const char* const* folders, int32_t num) {
  return guard([&] { lapack::set_package_folders({folders, folders + num}); });
}

const char* description() {
  thread_local std::string text;
  return guard([] { text = lapack::description(); }) == 0 ? text.c_str() : nullptr;
}

}  // namespace

const LapackApi* lapack_api() noexcept {
  static constexpr LapackApi kTable = {
      {sizeof(LapackApi), kLapackApiMajor, kLapackApiMinor, 0, nullptr}, set_folders, description};
  return &kTable;
}

}  // namespace vt::core
