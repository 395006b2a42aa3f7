// SPDX-License-Identifier: Apache-2.0
// The mode, whom to warn, and the text.
#include "sync_debug.hpp"

#include <vt/cpp/error.hpp>

#include <mutex>
#include <string>

#include "callers.hpp"
#include "error.hpp"

namespace vt::cuda {
namespace {

struct Warner {
  VtCudaWarnFn warn = nullptr;
  void* arg = nullptr;
};

std::mutex mutex;  // guards warner, and the change of the mode with it
Warner warner;

}  // namespace

void set_sync_debug_mode(int32_t mode, VtCudaWarnFn warn, void* arg) {
  if (mode < VT_CUDA_SYNC_DEFAULT || mode > VT_CUDA_SYNC_ERROR)
    throw Error(ErrorKind::kValue, "set_sync_debug_mode: got mode " + std::to_string(mode) +
                                       ", expected 0 (default), 1 (warn) or 2 (error)");
  if (mode == VT_CUDA_SYNC_WARN && warn == nullptr)
    throw Error(ErrorKind::kValue, "set_sync_debug_mode: got no function to warn through, expected one in mode 1");
  const VtHostApi& names = host_table();
  const std::scoped_lock lock(mutex);
  const bool was_on = sync_debug_mode() != VT_CUDA_SYNC_DEFAULT;
  const bool is_on = mode != VT_CUDA_SYNC_DEFAULT;
  if (was_on != is_on) names.keep_callers(is_on);
  warner = {warn, arg};
  detail::chosen_sync_debug_mode.store(mode, std::memory_order_relaxed);
}

void detail::report_host_wait(const char* what) {
  const char* const caller = host_table().caller();
  const std::string message =
      std::string(caller != nullptr ? caller : "copy") + ": the host waits for the device: " + what;
  if (sync_debug_mode() == VT_CUDA_SYNC_ERROR)
    throw Error(ErrorKind::kRuntime, message + " (refused by set_sync_debug_mode)");
  Warner to;
  {
    const std::scoped_lock lock(mutex);
    to = warner;
  }
  if (to.warn != nullptr) vt::check(to.warn(message.c_str(), to.arg));
}

}  // namespace vt::cuda
