// SPDX-License-Identifier: Apache-2.0
// The interface tables that a library of the stack works with, fetched once when it is loaded.
#pragma once

#include <vt/abi/vt.h>

namespace vt {

// One instance per shared library: the library is compiled with hidden visibility.
struct Tables {
  VtGetInterfaceFn get_interface = nullptr;
  const VtObjectApi* object = nullptr;
  const VtTensorApi* tensor = nullptr;
  const VtDispatchApi* dispatch = nullptr;
  const VtIterApi* iter = nullptr;
  const VtAllocApi* alloc = nullptr;
  const VtStreamApi* stream = nullptr;
  const VtRngApi* rng = nullptr;
  const VtFileApi* file = nullptr;
  const VtDlpackApi* dlpack = nullptr;
};

namespace detail {
inline Tables loaded_tables;
}

inline const Tables& tables() noexcept { return detail::loaded_tables; }

// Fetches the core interfaces. Returns non-zero with the thread's error set when one is missing or of the wrong version.
inline int load_tables(VtGetInterfaceFn get_interface) noexcept {
  Tables t;
  t.get_interface = get_interface;
  auto fetch = [get_interface]<class Table>(const char* name, int major, int minor, const Table*& out) {
    const void* table = nullptr;
    const int status = get_interface(name, static_cast<uint16_t>(major), static_cast<uint16_t>(minor), &table);
    out = static_cast<const Table*>(table);
    return status;
  };
  if (fetch(VT_OBJECT_API_NAME, VT_OBJECT_API_MAJOR, VT_ABI_TARGET, t.object) != 0 ||
      fetch(VT_TENSOR_API_NAME, VT_TENSOR_API_MAJOR, VT_ABI_TARGET, t.tensor) != 0 ||
      fetch(VT_DISPATCH_API_NAME, VT_DISPATCH_API_MAJOR, VT_ABI_TARGET, t.dispatch) != 0 ||
      fetch(VT_ITER_API_NAME, VT_ITER_API_MAJOR, VT_ABI_TARGET, t.iter) != 0 ||
      fetch(VT_ALLOC_API_NAME, VT_ALLOC_API_MAJOR, VT_ABI_TARGET, t.alloc) != 0 ||
      fetch(VT_STREAM_API_NAME, VT_STREAM_API_MAJOR, VT_ABI_TARGET, t.stream) != 0 ||
      fetch(VT_RNG_API_NAME, VT_RNG_API_MAJOR, VT_ABI_TARGET, t.rng) != 0 ||
      fetch(VT_FILE_API_NAME, VT_FILE_API_MAJOR, VT_ABI_TARGET, t.file) != 0 ||
      fetch(VT_DLPACK_API_NAME, VT_DLPACK_API_MAJOR, VT_ABI_TARGET, t.dlpack) != 0)
    return -1;
  detail::loaded_tables = t;
  return 0;
}

}  // namespace vt
