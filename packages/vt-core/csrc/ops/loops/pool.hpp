// SPDX-License-Identifier: Apache-2.0
// The loops of pooling.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// A window along one dimension (Note [Windows] in vt/cpp/spatial/window.hpp), and what it counts for in a mean.
struct PoolSpan {
  int64_t begin;
  int64_t end;
  int64_t count;
};

// Planes of (in...) and (out...), row-major, outermost dimension first.
struct PoolRows {
  int64_t in[3];
  int64_t out[3];
  int64_t step[3];
  const PoolSpan* spans[3];  // out[d] each
  // The columns from uniform_begin to uniform_end have windows of `kernel` positions, that of column o beginning at
  // o * stride - padding.
  int64_t uniform_begin;
  int64_t uniform_end;
  int64_t kernel;
  int64_t stride;
  int64_t padding;
  int64_t divisor;  // 0: the counts of the spans
  const void* data;
  void* result;
  int64_t* indices;  // NULL when not wanted
};

// Rows [begin, end) of the pooled planes, (plane, out[0], out[1]) by number. `scratch` has room for a row of the input in the
// compute dtype.
using PoolLoop = void (*)(const PoolRows& p, int64_t begin, int64_t end, void* scratch);
// The gradient of means: planes [begin, end), from `data` of (out...) to `result` of (in...). `scratch` has room for
// in[0] * in[1] * in[2] + in[2] + out[2] elements of the compute dtype.
using PoolSpreadLoop = void (*)(const PoolRows& p, int64_t begin, int64_t end, void* scratch);

// result[indices[i]] += values[i], or = values[i], for i < num in a plane of `volume` elements that are zero elsewhere.
// False when an index is outside. `scratch` has room for the plane in the compute dtype.
using PoolScatterLoop = bool (*)(const void* values, const int64_t* indices, int64_t num, void* result, int64_t volume,
                                 void* scratch);

// By DtypeIndex; NULL for dtypes that are not pooled.
struct PoolLoops {
  PoolLoop max[18];
  PoolLoop mean[18];
  PoolSpreadLoop spread_mean[18];
  PoolScatterLoop add[18];
  PoolScatterLoop place[18];
};

}  // namespace vt::core
