// SPDX-License-Identifier: Apache-2.0
// The loops that convert between dtypes.
#pragma once

#include <cstdint>

#include "ops/loops/table.hpp"

namespace vt::core {

// dst[i] = src[i] converted; strides in bytes, 0 to repeat one element.
using ConvertLoop = void (*)(char* dst, int64_t dst_stride, const char* src, int64_t src_stride, int64_t n);

struct ConvertLoops {
  ConvertLoop from_to[kNumLoopDtypes][kNumLoopDtypes];  // [dst][src]
};

}  // namespace vt::core
