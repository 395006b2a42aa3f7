// SPDX-License-Identifier: Apache-2.0
// The loops that convert between dtypes.
#pragma once

#include <cstdint>

#include "ops/loops/table.hpp"

namespace vt::core {

// dst[i] = src[i] converted; strides in bytes, 0 to repeat one element.
using ConvertLoop = void (*)(char* dst, int64_t dst_stride, const char* src, int64_t src_stride, int64_t n);

// dst[r * dst_row + c] = src[c * src_row + r] for r < rows, c < columns, of elements of one size; rows are in bytes apart.
using TransposeLoop = void (*)(char* dst, int64_t dst_row, const char* src, int64_t src_row, int64_t rows,
                               int64_t columns);

struct ConvertLoops {
  ConvertLoop from_to[kNumLoopDtypes][kNumLoopDtypes];  // [dst][src]
  TransposeLoop transpose[4];                           // by the logarithm of the element's size; NULL for bytes
};

}  // namespace vt::core
