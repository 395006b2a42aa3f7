// SPDX-License-Identifier: Apache-2.0
// Reading the runtime's settings; a malformed value is reported once and its default used.
#include "settings.hpp"

#include <sched.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <vt/cpp/error.hpp>

namespace vt::core {
namespace {

struct IntegerSetting {
  const char* name;
  const char* doc;
  int32_t max;
};

constexpr IntegerSetting kCpuDevices = {
    "VT_CPU_DEVICES", "Number of logical CPU devices (cpu:0, cpu:1, ...), 1 to 64; 1 when unset.", 64};
constexpr IntegerSetting kNumThreads = {
    "VT_NUM_THREADS", "Threads of a parallel loop, 1 to 1024; the number of usable cores when unset.", 1024};
constexpr IntegerSetting kFillMemory = {
    "VT_FILL_MEMORY",
    "1 fills host memory, and that of CUDA devices, with bytes of 0xFF, which are NaN in every floating dtype, when it is "
    "handed out and when it is freed, and keeps no freed blocks on the host: what reads memory that nobody has written shows. "
    "For tests, since it is slow.",
    1};

// Decimal digits only, from 1 to the setting's limit. Unset and empty mean the default.
int32_t read(const IntegerSetting& setting, int32_t fallback) {
  const char* text = std::getenv(setting.name);
  if (!text || !*text) return fallback;
  const char* end = text + std::strlen(text);
  int32_t value = 0;
  const auto [stop, error] = std::from_chars(text, end, value);
  if (error == std::errc() && stop == end && value >= 1 && value <= setting.max) return value;
  std::fprintf(stderr, "vt-core: %s: got '%s', expected a whole number from 1 to %d; using %d\n", setting.name, text,
               static_cast<int>(setting.max), static_cast<int>(fallback));
  return fallback;
}

int32_t usable_cores() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  if (sched_getaffinity(0, sizeof(cores), &cores) != 0) return 1;
  const int count = CPU_COUNT(&cores);
  return count < 1 ? 1 : count;
}

}  // namespace

void declare_runtime_settings() {
  for (const IntegerSetting& setting : {kCpuDevices, kNumThreads, kFillMemory})
    check(tables().object->declare_setting(setting.name, setting.doc));
}

int32_t setting_cpu_devices() {
  static const int32_t value = read(kCpuDevices, 1);
  return value;
}

int32_t setting_num_threads() {
  static const int32_t value = read(kNumThreads, usable_cores());
  return value;
}

bool setting_fill_memory() {
  static const bool value = read(kFillMemory, 0) != 0;
  return value;
}

}  // namespace vt::core
