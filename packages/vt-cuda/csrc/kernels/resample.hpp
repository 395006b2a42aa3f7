// SPDX-License-Identifier: Apache-2.0
// The parameters of the resampling kernels.
//
// Note [Resampling on CUDA]
// Taps are written to device memory first, by one launch for all dimensions; for gradients another one finds the positions of the
// result that reach each element. Then a thread per element of the result, or of the gradient, adds products one dimension after the
// other, in the order in which the CPU does. Images of bytes are resampled by whole weights, as Note [Bytes] of vt-core's resample_bytes.cpp
// says: a block per dimension rounds the taps, and a launch per dimension adds.
#pragma once

#include <vt/cpp/spatial/resample_taps.hpp>

#include "params.hpp"

namespace vt::cuda {

struct ResampleAxis {
  resample::Line line;
  bool same;       // every position is its own only tap
  int32_t* first;  // of each position of the result
  int32_t* count;
  void* weight;    // `line.num` of each position, in the type that elements are computed in
  int32_t* begin;  // of each element of the input, the positions that reach it; for gradients
  int32_t* end;
};

// Row-major planes of (axes[i].line.in) and (axes[i].line.out).
struct ResampleParams {
  const void* from;
  void* to;
  int64_t num;  // elements of `to`
  ResampleAxis axes[3];
};

// The taps of rows and columns as whole numbers; the weights are doubles.
struct ResampleByteTapsParams {
  ResampleAxis axes[2];
  int32_t* whole[2];   // as many as `weight`
  int32_t* precision;  // of each dimension: weights are multiples of 2^-precision
};
// One dimension, whose neighbours are `inner` elements apart.
struct ResampleBytesParams {
  const uint8_t* from;
  uint8_t* to;
  int64_t num;  // elements of `to`
  int64_t inner;
  ResampleAxis axis;
  const int32_t* whole;
  const int32_t* precision;
};

// A thread per position of the result in row d for dimension d; `is_double` as in resample::is_double.
const void* resample_taps_kernel(DtypeIndex dtype, bool is_double) noexcept;
// A thread per element of the input.
const void* resample_ranges_kernel() noexcept;
// A thread per element of the result, or of the gradient.
const void* resample_gather_kernel(DtypeIndex dtype) noexcept;
const void* resample_spread_kernel(DtypeIndex dtype) noexcept;
const void* resample_byte_taps_kernel() noexcept;
const void* resample_bytes_kernel() noexcept;

}  // namespace vt::cuda
