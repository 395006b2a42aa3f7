// SPDX-License-Identifier: Apache-2.0
// The table vt.core.dlpack.
#include <vt/cpp/error.hpp>

#include "abi/tables.hpp"
#include "interop/dlpack.hpp"

namespace vt::core {
namespace {

int to_versioned(VtTensor* tensor, uint64_t flags, DLManagedTensorVersioned** out) {
  return guard([&] { *out = to_dlpack_versioned(tensor, flags); });
}

int to_unversioned(VtTensor* tensor, DLManagedTensor** out) {
  return guard([&] { *out = to_dlpack_unversioned(tensor); });
}

int from_versioned(DLManagedTensorVersioned* managed, VtTensor** out) {
  return guard([&] { *out = from_dlpack_versioned(managed); });
}

int from_unversioned(DLManagedTensor* managed, VtTensor** out) {
  return guard([&] { *out = from_dlpack_unversioned(managed); });
}

}  // namespace

const VtDlpackApi* dlpack_api() {
  static constexpr VtDlpackApi kTable = {table_header<VtDlpackApi>(VT_DLPACK_API_MINOR), to_versioned, to_unversioned,
                                         from_versioned, from_unversioned};
  return &kTable;
}

}  // namespace vt::core
