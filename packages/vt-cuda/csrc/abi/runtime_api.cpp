// SPDX-License-Identifier: Apache-2.0
// The table vt.cuda.runtime.
#include "runtime_api.hpp"

#include "../runtime/sync_debug.hpp"
#include "border.hpp"

namespace vt::cuda {
namespace {

int choose_sync_debug_mode(int32_t mode, VtCudaWarnFn warn, void* arg) {
  return border([&] { set_sync_debug_mode(mode, warn, arg); });
}

}  // namespace

const VtCudaRuntimeApi* runtime_api() noexcept {
  static const VtCudaRuntimeApi table = {
      {sizeof(VtCudaRuntimeApi), VT_CUDA_RUNTIME_API_MAJOR, VT_CUDA_RUNTIME_API_MINOR, 0, nullptr},
      properties,
      native_device,
      can_access_peer,
      query_stream,
      stream_priority,
      create_event,
      synchronize_event,
      export_event,
      import_event,
      allocate_pinned,
      free_pinned,
      is_pinned,
      pinned_stats,
      empty_pinned_cache,
      choose_sync_debug_mode,
      sync_debug_mode,
      draw,
      function_attributes,
  };
  return &table;
}

}  // namespace vt::cuda
