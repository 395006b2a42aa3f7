// SPDX-License-Identifier: Apache-2.0
// The loops of the scan family: running sums, products and extremes along lines.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// Columns of one call at most.
inline constexpr int64_t kScanColumns = 256;

// `columns` lines side by side, each walked in `length` steps; strides in bytes, those of the lines' steps may be negative.
struct ScanLines {
  int64_t length;
  int64_t columns;
  int64_t src_step;
  int64_t out_step;
  int64_t src_column;
  int64_t out_column;
};
using ScanLoop = void (*)(const char* src, char* out, const ScanLines& lines);
// The extremes so far and, laid out alike in int64, the last position of each.
using PlaceScanLoop = void (*)(const char* src, char* out, int64_t* places, const ScanLines& lines);
// out[i] = src[i] + factors[i] out[i - 1], the factors laid out as `src`.
using AffineScanLoop = void (*)(const char* src, const char* factors, char* out, const ScanLines& lines);

struct ScanLoops {
  ScanLoop sum[18];
  ScanLoop product[18];
  ScanLoop logsumexp[18];
  PlaceScanLoop extreme[2][18];  // smallest, largest
  AffineScanLoop affine[18];
};

}  // namespace vt::core
