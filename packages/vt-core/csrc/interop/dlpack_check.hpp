// SPDX-License-Identifier: Apache-2.0
// What must hold of a foreign DLTensor before any of its memory is touched.
#pragma once

#include <dlpack/dlpack.h>

#include <cstdint>
#include <vector>

namespace vt::core {

// Note [Foreign DLTensors]
// Refused, each with a BUFFER error: rank outside 0 to 64, missing sizes, negative sizes, sizes or strides whose bytes
// overflow, negative strides along a dimension of two or more (storage starts at the first element here), missing data
// of a tensor that has elements, data that is not aligned for its dtype, dtypes and devices the process does not have.
// Missing strides mean row-major, as producers before DLPack 1.2 say it. Strides of dimensions of size 0 or 1 address
// nothing and are replaced by those of a row-major tensor. Pinned host memory is taken as memory of the CPU.
struct CheckedDlpack {
  void* data;       // byte_offset included; NULL without elements
  uint64_t nbytes;  // from the first to the last element
  DLDevice device;
  std::vector<int64_t> sizes;
  std::vector<int64_t> strides;
};

CheckedDlpack check_dlpack(const DLTensor& tensor);

}  // namespace vt::core
