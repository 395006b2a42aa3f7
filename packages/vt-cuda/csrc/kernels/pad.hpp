// SPDX-License-Identifier: Apache-2.0
// The parameters of the padding kernels.
#pragma once

#include <vt/cpp/spatial/pad_map.hpp>

#include "params.hpp"

namespace vt::cuda {

// Row-major tensors; dimensions innermost first.
struct PadParams {
  char* out;
  const char* in;
  int64_t num;  // elements of the result
  pad::Mode mode;
  int32_t ndim;
  ElementCell value;  // of what has no source
  pad::Dim dims[kWideDims];
};
inline constexpr int kPadElementsPerThread = 4;

// The gradient of a pad that repeats elements: `grad` of (lead, dims[i].out), `out` of (lead, dims[i].in).
struct PadFoldParams {
  void* out;
  const void* grad;
  int64_t num;  // elements of `out`
  pad::Mode mode;
  pad::Dim dims[3];
};

const void* pad_kernel(int64_t itemsize) noexcept;
const void* pad_fold_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
