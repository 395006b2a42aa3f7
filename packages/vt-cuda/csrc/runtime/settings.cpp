// SPDX-License-Identifier: Apache-2.0
// Reading the settings; as in vt-core, a malformed value is reported once and counts as unset.
#include "settings.hpp"

#include <vt/cpp/error.hpp>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../backend.hpp"

namespace vt::cuda {
namespace {

constexpr char kLogicalDevices[] = "VT_CUDA_LOGICAL_DEVICES";

int read_logical_devices() {
  const char* text = std::getenv(kLogicalDevices);
  if (text == nullptr || *text == '\0') return 0;
  const char* end = text + std::strlen(text);
  int value = 0;
  const auto [stop, error] = std::from_chars(text, end, value);
  if (error == std::errc() && stop == end && value >= 1 && value <= Backend::kMaxDevices) return value;
  std::fprintf(stderr, "vt-cuda: %s: got '%s', expected a whole number from 1 to %d; using the devices as they are\n",
               kLogicalDevices, text, Backend::kMaxDevices);
  return 0;
}

}  // namespace

void declare_settings() {
  vt::check(tables().object->declare_setting(
      kLogicalDevices,
      "Number of logical CUDA devices, 1 to 64, all of them on the first GPU, for testing programs of many devices on a "
      "machine with one; the devices as they are when unset."));
}

int setting_logical_devices() {
  static const int value = read_logical_devices();
  return value;
}

bool setting_fill_memory() {
  const char* text = std::getenv("VT_FILL_MEMORY");
  return text != nullptr && std::strcmp(text, "1") == 0;
}

}  // namespace vt::cuda
