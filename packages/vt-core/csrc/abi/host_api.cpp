// SPDX-License-Identifier: Apache-2.0
// Pinned tensors and the names of callers.
#include "abi/host_api.hpp"

#include <vt/cpp/error.hpp>

#include <utility>

#include "abi/tables.hpp"
#include "dispatch/callers.hpp"
#include "runtime/pinned.hpp"

namespace vt::core {

namespace {

int empty_pinned_entry(const int64_t* sizes, const int64_t* strides, int32_t ndim, DLDataType dtype, VtTensor** out) {
  return guard([&] {
    if (ndim < 0 || (ndim > 0 && !sizes))
      fail(VT_ERROR_VALUE, "empty_pinned: got " + std::to_string(ndim) + " dimensions, or no sizes");
    const auto count = static_cast<size_t>(ndim);
    const std::span<const int64_t> given(strides, strides ? count : 0);
    *out = empty_pinned({sizes, count}, given, dtype);
  });
}

}  // namespace

const VtHostApi* host_api() {
  static const VtHostApi table = {
      .header = table_header<VtHostApi>(VT_HOST_API_MINOR),
      .empty_pinned = empty_pinned_entry,
      .is_pinned = [](const VtTensor* t) -> int32_t { return is_pinned(t); },
      .keep_callers = [](int32_t keep) { num_caller_keepers.fetch_add(keep != 0 ? 1 : -1, std::memory_order_relaxed); },
      .caller = []() -> const char* { return caller(); },
      .set_caller = [](const char* name) { return std::exchange(caller(), name); },
  };
  return &table;
}

}  // namespace vt::core
