// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernel that reduces segments.
#pragma once

#include <vt/cpp/iter/segment_rules.hpp>

#include "index.hpp"

namespace vt::cuda {

// Note [Segments]
// A block of threads is some segments x lanes x columns: the elements of a column in a segment are dealt to its lanes in
// turn, and those of the lanes are combined as a tree. How many lanes there are is told by the mean length of a segment.
// Everything is computed in double.
struct SegmentParams {
  const char* in;  // row-major [outer][length][inner]
  char* out;       // [outer][num_segments][inner]
  const int64_t* offsets;
  int64_t num;  // segments of all lines
  int64_t num_segments;
  int64_t length;
  int64_t inner;
  int64_t axis;
  bool is_shared;  // one line of offsets for all
  int32_t lanes_log2;
  int32_t columns_log2;
  SegmentKind kind;
  bool has_initial;
  double initial;
  DtypeIndex dtype;
  int32_t itemsize;
  IndexErrorRecord* record;
};

const void* segment_kernel() noexcept;

}  // namespace vt::cuda
