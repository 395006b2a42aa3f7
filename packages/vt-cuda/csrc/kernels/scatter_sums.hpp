// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels that add many single elements at indices.
#pragma once

#include "index.hpp"

namespace vt::cuda {

// Note [Scattered sums]
// Many single elements are added without being sorted, and yet a sum has the same bits on each run: it is made of whole numbers.
// First the values go, in any order, to buckets of kBucket neighbouring destinations; a bucket is worked on in parts of a few
// ten thousand values, a block each, in shared memory. A first kernel finds the largest magnitude that comes to each
// destination, a second one adds the values as multiples of a power of two that is so far below it that no sum of so many
// overflows, and a last one adds the sums to what is there and rounds once. So a result depends on nothing but the element and
// its values, not even on their order, and is off by no more than float32's rounding of the sum: a value is rounded to at least 31
// bits below the largest. Where that is not finite, the sum's words say which infinities came: both, or a NaN, make a NaN.
inline constexpr int kBucketBits = 14;
inline constexpr int kBucket = 1 << kBucketBits;
inline constexpr int kMostBuckets = 1024;
inline constexpr int kCountedByBlock = 16384;  // elements

// A block of the kernel that deals values out.
inline constexpr int kDealThreads = 512;
inline constexpr int kDealtByThread = 16;
inline constexpr int kDealTile = kDealThreads * kDealtByThread;
inline constexpr int kDealBytes = kDealTile * 8 + kMostBuckets * 8;

// A block of those that work on parts of buckets.
inline constexpr int kPartThreads = 1024;
inline constexpr int kLargestBytes = kBucket * 4;
inline constexpr int kSumsBytes = kBucket * 9;

// Of the buckets; all zero before the first launch.
struct BucketTable {
  uint32_t counts[kMostBuckets];
  uint32_t places[kMostBuckets];  // where a bucket's next value goes
  uint32_t begins[kMostBuckets + 1];
  uint32_t parts[kMostBuckets + 1];  // how many parts are before the bucket's first
};

struct BucketParams {
  BucketTable* table;
  uint16_t* dealt_keys;  // destinations within their bucket
  float* dealt_values;
  uint32_t* largest;  // of each destination, the bits of a magnitude; zero before the first launch, as the sums
  uint64_t* sums;
  int64_t num;  // values
  int64_t num_destinations;
  int32_t num_buckets;
  int32_t part;  // values of a part, at most
  int32_t bits;  // of the largest magnitude as a whole number
};

// Which elements go where: walked are the index, the dimensions that have none, and the values.
template <class Index>
struct ScatteredElements {
  BucketParams to;
  const char* index;
  const char* values;
  Walk<Index, 3> walk;
  int64_t size;
  int64_t stride;  // destinations from one index to the next
  int64_t dim;
  int64_t skipped;  // an index that is left out, or -1
  IndexOp op;
  bool is_int64;
  bool wraps;
  IndexErrorRecord* record;
};

struct SumsParams {
  BucketParams of;
  char* self;
  int64_t stride;  // bytes between destinations
};

const void* count_buckets_kernel(bool wide) noexcept;
const void* place_buckets_kernel() noexcept;  // one block of kMostBuckets threads
const void* deal_kernel(DtypeIndex dtype, bool wide) noexcept;
const void* largest_kernel() noexcept;  // a block of kPartThreads for each part, with kLargestBytes
const void* sums_kernel() noexcept;     // the same with kSumsBytes
const void* add_sums_kernel(DtypeIndex dtype) noexcept;

}  // namespace vt::cuda
