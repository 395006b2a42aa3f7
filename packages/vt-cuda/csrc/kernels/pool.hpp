// SPDX-License-Identifier: Apache-2.0
// The parameters of the pooling kernels.
#pragma once

#include <vt/cpp/spatial/window.hpp>

#include "params.hpp"

namespace vt::cuda {

// Row-major planes of (axes[i].in) and (axes[i].out); one thread per element of the result.
struct PoolParams {
  const void* data;
  void* result;
  int64_t* indices;     // pool_max writes them where wanted, pool_max_backward reads them
  const void* samples;  // (planes, rank) in the compute dtype, for fractional windows
  int64_t num;          // elements of the result
  uint32_t rank;
  bool with_padding;  // of means: whether positions in the padding count
  int64_t divisor;    // of means: 0 for the number of positions
  pool::Axis axes[3];
};

// max_unpool: the last value for each place is found by its number, then every place is written.
struct UnpoolParams {
  const void* values;
  const int64_t* indices;
  unsigned long long* last;  // of each place, the number of its value in the plane plus one; zeroed before
  void* result;
  int64_t num;        // unpool_link: values; unpool: places
  int64_t per_plane;  // values
  int64_t volume;     // places of a plane
  struct IndexErrorRecord* record;
};

// NULL for dtypes that are not pooled.
const void* pool_max_kernel(DtypeIndex dtype) noexcept;
const void* pool_max_backward_kernel(DtypeIndex dtype) noexcept;
const void* pool_mean_kernel(DtypeIndex dtype) noexcept;
const void* pool_mean_backward_kernel(DtypeIndex dtype) noexcept;
const void* unpool_link_kernel() noexcept;
const void* unpool_kernel(int64_t itemsize) noexcept;

}  // namespace vt::cuda
