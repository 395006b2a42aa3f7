// SPDX-License-Identifier: Apache-2.0
// The tables libvt_core publishes, one function each.
#pragma once

#include <vt/abi/vt.h>

namespace vt::core {

const VtObjectApi* object_api();
const VtTensorApi* tensor_api();
const VtDispatchApi* dispatch_api();
const VtAutocastApi* autocast_api();
const VtIterApi* iter_api();
const VtAllocApi* alloc_api();
const VtStreamApi* stream_api();
const VtRngApi* rng_api();
const VtFileApi* file_api();
const VtDlpackApi* dlpack_api();

// Header of a table of type T at version 1.minor.
template <class T>
constexpr VtTableHeader table_header(uint16_t minor) {
  return VtTableHeader{sizeof(T), 1, minor, 0, nullptr};
}

}  // namespace vt::core
