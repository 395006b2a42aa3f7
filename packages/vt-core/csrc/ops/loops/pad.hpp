// SPDX-License-Identifier: Apache-2.0
// The loops of padding.
#pragma once

#include <vt/cpp/spatial/pad_map.hpp>

#include <cstddef>
#include <cstdint>

namespace vt::core {

// The gradient of a pad that repeats elements: row-major `grad` of (lead, dims[i].out), `out` of (lead, dims[i].in).
struct PadFold {
  pad::Mode mode;
  pad::Dim dims[3];
  const void* grad;
  void* out;
};
// Rows [begin, end) of `out`. `scratch` has room for dims[2].in + dims[2].out complex128 numbers.
using PadFoldLoop = void (*)(const PadFold& p, int64_t begin, int64_t end, void* scratch);

struct PadLoops {
  PadFoldLoop fold[18];  // by DtypeIndex; NULL for others than float16, bfloat16, float32, float64 and complex
};

}  // namespace vt::core
