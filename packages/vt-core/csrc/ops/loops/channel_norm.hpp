// SPDX-License-Identifier: Apache-2.0
// The loops of batch_norm and group_norm (Note [Channel norms] in vt/cpp/spatial/channel_norm.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// Of n elements, their mean and the sum of squares of their differences from it.
struct RunMoments {
  double mean;
  double squares;
};
// Sums of g, and of g times the difference of x from a mean.
struct RunSums {
  double grad;
  double product;
};

// What an element becomes: forward (x - mean) scale + shift, with `grad` as scale and `product` unused; backward
// g grad + (x - mean) product + shift.
struct RunFactors {
  double mean;
  double grad;
  double product;
  double shift;
};

// The same for rows of n columns, each with factors of its own, in arrays of the compute dtype.
struct ColumnFactors {
  void* mean;
  void* grad;
  void* product;
  void* shift;
};

struct ChannelNormLoop {
  RunMoments (*moments)(const void* x, int64_t n);
  RunSums (*sums)(const void* g, const void* x, int64_t n, double mean);
  void (*apply)(const void* x, void* out, int64_t n, const RunFactors& factors);
  void (*gradient)(const void* g, const void* x, void* out, int64_t n, const RunFactors& factors);
  // Added to sums of the compute dtype: each column's elements, or with a mean their squared differences from it.
  void (*add_columns)(const void* x, int64_t rows, int64_t n, const void* mean, void* sums);
  void (*add_products)(const void* g, const void* x, int64_t rows, int64_t n, const void* mean, void* grads,
                       void* products);
  void (*apply_columns)(const void* x, void* out, int64_t rows, int64_t n, const ColumnFactors& factors);
  void (*gradient_columns)(const void* g, const void* x, void* out, int64_t rows, int64_t n,
                           const ColumnFactors& factors);
};

// By DtypeIndex; empty for others than float16, bfloat16, float32 and float64.
struct ChannelNormLoops {
  ChannelNormLoop by_dtype[18];
};

}  // namespace vt::core
