// SPDX-License-Identifier: Apache-2.0
// The parameters of the scans along one dimension, and their look-up.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// Note [Scans on the device]
// Operands are row-major [outer][length][inner]. A line is walked in steps; where there are few lines it is cut into chunks,
// whose totals a first launch finds. A block of threads is some lines x lanes and goes through a chunk tile by tile: each lane
// has kScanSteps neighbouring steps, gathers them in a cell, the lanes' cells are scanned, and each lane goes through its
// steps again from what comes before them. A scan is a cell type; the engine is one. Dense lines of at least kLongLine steps
// have kernels that read ahead by vectors, and more chunks. The cut depends on sizes alone, so that a result is the same on
// each run.
inline constexpr int kScanSteps = 8;
inline constexpr int kLongLine = 2048;

enum class ScanKind : uint8_t { kSum, kProduct, kLogSumExp, kLargest, kSmallest, kAffine };

struct ScanParams {
  const char* in;
  const char* factors;  // of kAffine, laid out as `in`
  char* out;
  int64_t* places;  // of extremes, laid out as `out`
  void* totals;     // cells of [chunk][line], where there is more than one chunk
  int64_t num_lines;
  int64_t length;
  int64_t inner;
  int64_t chunk;  // steps, whole tiles
  int32_t num_chunks;
  int32_t lanes_log2;  // lines fill up the block
  bool columns;        // neighbouring threads take neighbouring lines
  bool vectors;        // the steps of a lane are dense and aligned to 16 bytes
  bool reverse;
  DtypeIndex in_dtype;
  DtypeIndex out_dtype;  // what elements are cast to first, too
  int32_t in_size;       // bytes of an element
  int32_t out_size;
};

// Those for long dense lines; null where elements are not read as they lie in memory.
struct LineScanKernels {
  const void* totals;
  const void* write;
  int64_t tile;  // steps
};
struct ScanKernels {
  const void* totals;
  const void* write;
  int64_t cell_bytes;
  LineScanKernels lines;
};
ScanKernels scan_kernels(ScanKind kind, DtypeIndex in, DtypeIndex out) noexcept;

// By the file that has them.
ScanKernels sum_scan_kernels(DtypeIndex in, DtypeIndex out) noexcept;
ScanKernels product_scan_kernels(DtypeIndex in, DtypeIndex out) noexcept;
ScanKernels logsumexp_scan_kernels(DtypeIndex dtype) noexcept;
ScanKernels extreme_scan_kernels(ScanKind kind, DtypeIndex dtype) noexcept;
ScanKernels affine_scan_kernels(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
