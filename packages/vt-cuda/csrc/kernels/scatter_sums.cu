// SPDX-License-Identifier: Apache-2.0
// Sums of many elements at indices, of values in any order (Note [Scattered sums]).
#include "scatter_sums.hpp"

#include <cmath>

#include "device/tensor_core.cuh"
#include "index.cuh"
#include "row.cuh"
#include "sum_before.cuh"

namespace vt::cuda {
namespace {

constexpr uint32_t kNowhere = ~uint32_t{0};
constexpr uint32_t kInfinity = 0x7f800000;

// The destination of an element by its index and what its other dimensions make.
template <bool kReports, class Index>
VT_DEVICE uint32_t destination_of(const ScatteredElements<Index>& p, int64_t given, Index others) {
  const int64_t index = p.wraps && given < 0 ? given + p.size : given;
  if (index < 0 || index >= p.size) {
    if constexpr (kReports) report(p.record, p.op, given, p.dim, p.size);
    return kNowhere;
  }
  return index == p.skipped ? kNowhere : static_cast<uint32_t>(others + index * p.stride);
}

template <class Index>
__global__ void __launch_bounds__(kBlockThreads) count_buckets(const __grid_constant__ ScatteredElements<Index> p) {
  wait_for_previous_kernel();
  __shared__ uint32_t counts[kMostBuckets];
  constexpr int kAhead = 4;  // loaded before the first is dealt with
  for (int b = static_cast<int>(threadIdx.x); b < p.to.num_buckets; b += kBlockThreads) counts[b] = 0;
  __syncthreads();
  const int64_t begin = static_cast<int64_t>(blockIdx.x) * kCountedByBlock;
  const int64_t end = begin + kCountedByBlock < p.to.num ? begin + kCountedByBlock : p.to.num;
  for (int64_t first = begin + threadIdx.x; first < end; first += kAhead * kBlockThreads) {
    Index at[kAhead][3];
    int64_t given[kAhead];
#pragma unroll
    for (int e = 0; e < kAhead; ++e) {
      if (first + e * kBlockThreads >= end) break;
      p.walk.offsets(static_cast<Index>(first + e * kBlockThreads), at[e]);
      given[e] = load_index(p.index + at[e][0], p.is_int64);
    }
#pragma unroll
    for (int e = 0; e < kAhead; ++e) {
      if (first + e * kBlockThreads >= end) break;
      const uint32_t to = destination_of<true>(p, given[e], at[e][1]);
      if (to != kNowhere) atomicAdd(&counts[to >> kBucketBits], 1u);
    }
  }
  __syncthreads();
  for (int b = static_cast<int>(threadIdx.x); b < p.to.num_buckets; b += kBlockThreads)
    if (counts[b] > 0) atomicAdd(&p.to.table->counts[b], counts[b]);
}

__global__ void __launch_bounds__(kMostBuckets) place_buckets(const __grid_constant__ BucketParams p) {
  wait_for_previous_kernel();
  const auto b = static_cast<int>(threadIdx.x);
  const uint32_t count = b < p.num_buckets ? p.table->counts[b] : 0;
  const uint32_t parts = (count + static_cast<uint32_t>(p.part) - 1) / static_cast<uint32_t>(p.part);
  const uint32_t begin = sum_before<kMostBuckets>(count);
  const uint32_t before = sum_before<kMostBuckets>(parts);
  p.table->places[b] = begin;
  p.table->begins[b] = begin;
  p.table->parts[b] = before;
  if (b < kMostBuckets - 1) return;
  p.table->begins[kMostBuckets] = begin + count;
  p.table->parts[kMostBuckets] = before + parts;
}

// A tile's values are put together by buckets in shared memory, and each bucket's go where no other tile's do.
template <class T, class Index>
__global__ void __launch_bounds__(kDealThreads, 2) deal(const __grid_constant__ ScatteredElements<Index> p) {
  wait_for_previous_kernel();
  constexpr int kNum = kDealtByThread;
  constexpr int kBucketsOfThread = kMostBuckets / kDealThreads;
  auto* const keys = static_cast<uint32_t*>(dynamic_shared_memory());
  auto* const values = reinterpret_cast<float*>(keys + kDealTile);
  auto* const counts = reinterpret_cast<uint32_t*>(values + kDealTile);  // and then where a bucket's begin in the tile
  uint32_t* const targets = counts + kMostBuckets;
  const auto thread = static_cast<int>(threadIdx.x);
  for (int b = thread; b < kMostBuckets; b += kDealThreads) counts[b] = 0;
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kDealTile + thread;
  uint32_t to[kNum];
  float value[kNum];
#pragma unroll
  for (int k = 0; k < kNum; ++k) {
    to[k] = kNowhere;
    if (first + k * kDealThreads >= p.to.num) continue;
    Index at[3];
    p.walk.offsets(static_cast<Index>(first + k * kDealThreads), at);
    to[k] = destination_of<false>(p, load_index(p.index + at[0], p.is_int64), at[1]);
    value[k] = to_wide(*reinterpret_cast<const T*>(p.values + at[2]));
  }
  __syncthreads();
  uint32_t ranks[kNum];
#pragma unroll
  for (int k = 0; k < kNum; ++k)
    if (to[k] != kNowhere) ranks[k] = atomicAdd(&counts[to[k] >> kBucketBits], 1u);
  __syncthreads();
  uint32_t own[kBucketsOfThread];
  uint32_t count = 0;
#pragma unroll
  for (int b = 0; b < kBucketsOfThread; ++b) count += own[b] = counts[thread * kBucketsOfThread + b];
  uint32_t begin = sum_before<kDealThreads>(count);
#pragma unroll
  for (int b = 0; b < kBucketsOfThread; ++b) {
    const int bucket = thread * kBucketsOfThread + b;
    counts[bucket] = begin;
    if (own[b] > 0) targets[bucket] = atomicAdd(&p.to.table->places[bucket], own[b]) - begin;
    begin += own[b];
  }
  __shared__ uint32_t num;
  if (thread == kDealThreads - 1) num = begin;
  __syncthreads();
#pragma unroll
  for (int k = 0; k < kNum; ++k) {
    if (to[k] == kNowhere) continue;
    const uint32_t at = counts[to[k] >> kBucketBits] + ranks[k];
    keys[at] = to[k];
    values[at] = value[k];
  }
  __syncthreads();
#pragma unroll 4
  for (auto at = static_cast<uint32_t>(thread); at < num; at += kDealThreads) {
    const uint32_t key = keys[at];
    const uint32_t target = targets[key >> kBucketBits] + at;
    p.to.dealt_keys[target] = static_cast<uint16_t>(key & (kBucket - 1));
    p.to.dealt_values[target] = values[at];
  }
}

// The part of a bucket that the block works on.
struct BucketPart {
  uint32_t bucket;
  uint32_t begin;
  uint32_t end;  // that of begin where there is none for the block
};
VT_DEVICE BucketPart part_of_block(const BucketParams& p) {
  __shared__ BucketPart part;
  const BucketTable& table = *p.table;
  const auto b = static_cast<uint32_t>(threadIdx.x);
  const uint32_t block = blockIdx.x;
  if (b == 0) part = {0, 0, 0};
  __syncthreads();
  static_assert(kPartThreads == kMostBuckets);
  if (table.parts[b] <= block && block < table.parts[b + 1]) {
    const uint32_t begin = table.begins[b];
    const uint32_t count = table.begins[b + 1] - begin;
    const uint32_t parts = table.parts[b + 1] - table.parts[b];
    const uint32_t share = (count + parts - 1) / parts;
    const uint32_t skip = (block - table.parts[b]) * share;
    part = {b, begin + (skip < count ? skip : count), begin + (skip + share < count ? skip + share : count)};
  }
  __syncthreads();
  return part;
}

// body(key, value) for the values of a part that fall to the thread.
template <class Body>
VT_DEVICE void each_value(const BucketParams& p, const BucketPart& part, Body body) {
  constexpr int kAhead = 4;
  for (uint32_t first = part.begin + threadIdx.x; first < part.end; first += kAhead * kPartThreads) {
    uint32_t keys[kAhead];
    float values[kAhead];
#pragma unroll
    for (int e = 0; e < kAhead; ++e) {
      if (first + e * kPartThreads >= part.end) break;
      keys[e] = p.dealt_keys[first + e * kPartThreads];
      values[e] = p.dealt_values[first + e * kPartThreads];
    }
#pragma unroll
    for (int e = 0; e < kAhead; ++e)
      if (first + e * kPartThreads < part.end) body(keys[e], values[e]);
  }
}

VT_DEVICE uint32_t magnitude_of(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits & 0x7fffffffu;
}
VT_DEVICE double power_of_two(int exponent) {
  const uint64_t bits = static_cast<uint64_t>(1023 + exponent) << 52;
  double power;
  memcpy(&power, &bits, sizeof power);
  return power;
}
// The exponent above all magnitudes with such an exponent field.
VT_DEVICE int exponent_above(uint32_t field) { return static_cast<int>(field > 0 ? field : 1) - 126; }

__global__ void __launch_bounds__(kPartThreads) find_largest(const __grid_constant__ BucketParams p) {
  wait_for_previous_kernel();
  auto* const largest = static_cast<uint32_t*>(dynamic_shared_memory());
  const BucketPart part = part_of_block(p);
  if (part.begin == part.end) return;
  for (int i = static_cast<int>(threadIdx.x); i < kBucket; i += kPartThreads) largest[i] = 0;
  __syncthreads();
  each_value(p, part, [=](uint32_t key, float value) {
    const uint32_t magnitude = magnitude_of(value);
    // Most are not the largest; one that is not seen yet costs a call.
    if (largest[key] < magnitude) atomicMax(&largest[key], magnitude);
  });
  __syncthreads();
  uint32_t* const of_all = p.largest + static_cast<int64_t>(part.bucket) * kBucket;
  for (int i = static_cast<int>(threadIdx.x); i < kBucket; i += kPartThreads)
    if (largest[i] > 0) atomicMax(&of_all[i], largest[i]);
}

// A sum of 64 bits is kept as two words, for which shared memory has additions of its own.
__global__ void __launch_bounds__(kPartThreads) add_values(const __grid_constant__ BucketParams p) {
  wait_for_previous_kernel();
  auto* const low = static_cast<uint32_t*>(dynamic_shared_memory());
  uint32_t* const high = low + kBucket;
  auto* const fields = reinterpret_cast<uint8_t*>(high + kBucket);  // exponents of the largest
  const BucketPart part = part_of_block(p);
  if (part.begin == part.end) return;
  const int64_t first = static_cast<int64_t>(part.bucket) * kBucket;
  for (int i = static_cast<int>(threadIdx.x); i < kBucket; i += kPartThreads) {
    low[i] = high[i] = 0;
    fields[i] = first + i < p.num_destinations ? static_cast<uint8_t>(p.largest[first + i] >> 23) : 0;
  }
  __syncthreads();
  const int bits = p.bits;
  each_value(p, part, [=](uint32_t key, float value) {
    const uint32_t field = fields[key];
    if (field == 0xff) {
      const uint32_t magnitude = magnitude_of(value);
      if (magnitude < kInfinity) return;
      if (magnitude > kInfinity || value > 0) atomicMax(&low[key], 1u);
      if (magnitude > kInfinity || value < 0) atomicMax(&high[key], 1u);
      return;
    }
    const auto whole = static_cast<int64_t>(llrint(value * power_of_two(bits - exponent_above(field))));
    const auto own = static_cast<uint32_t>(whole);
    const uint32_t before = atomicAdd(&low[key], own);
    const uint32_t carried = static_cast<uint32_t>(before + own) < own ? 1 : 0;
    const uint32_t upper = static_cast<uint32_t>(static_cast<uint64_t>(whole) >> 32) + carried;
    if (upper != 0) atomicAdd(&high[key], upper);
  });
  __syncthreads();
  for (int i = static_cast<int>(threadIdx.x); i < kBucket; i += kPartThreads) {
    if (low[i] == 0 && high[i] == 0) continue;
    uint64_t* const sum = p.sums + first + i;
    if (fields[i] == 0xff) {
      auto* const words = reinterpret_cast<uint32_t*>(sum);
      if (low[i] > 0) atomicMax(&words[0], 1u);
      if (high[i] > 0) atomicMax(&words[1], 1u);
    } else {
      atomicAdd(reinterpret_cast<unsigned long long*>(sum),
                static_cast<unsigned long long>(high[i]) << 32 | static_cast<unsigned long long>(low[i]));
    }
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) add_sums(const __grid_constant__ SumsParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.of.num_destinations) return;
  const uint32_t largest = p.of.largest[i];
  if (largest == 0) return;
  const uint64_t sum = p.of.sums[i];
  double added;
  if (largest >= kInfinity) {
    const double infinity = power_of_two(1024);
    added = (sum >> 32) != 0 ? -infinity : infinity;
    if ((sum >> 32) != 0 && (sum & 1) != 0) added = infinity - infinity;
  } else {
    added = static_cast<double>(static_cast<int64_t>(sum)) * power_of_two(exponent_above(largest >> 23) - p.of.bits);
  }
  T* const self = reinterpret_cast<T*>(p.self + i * p.stride);
  *self = from_wide<T>(static_cast<float>(to_wide(*self) + added));
}

template <class T>
const void* deal_of(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&deal<T, int64_t>) : reinterpret_cast<const void*>(&deal<T, int32_t>);
}

}  // namespace

const void* count_buckets_kernel(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&count_buckets<int64_t>)
              : reinterpret_cast<const void*>(&count_buckets<int32_t>);
}
const void* place_buckets_kernel() noexcept { return reinterpret_cast<const void*>(&place_buckets); }
const void* deal_kernel(DtypeIndex dtype, bool wide) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return deal_of<Half>(wide);
    case DtypeIndex::kBFloat16: return deal_of<BFloat>(wide);
    default: return deal_of<float>(wide);
  }
}
const void* largest_kernel() noexcept { return reinterpret_cast<const void*>(&find_largest); }
const void* sums_kernel() noexcept { return reinterpret_cast<const void*>(&add_values); }
const void* add_sums_kernel(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return reinterpret_cast<const void*>(&add_sums<Half>);
    case DtypeIndex::kBFloat16: return reinterpret_cast<const void*>(&add_sums<BFloat>);
    default: return reinterpret_cast<const void*>(&add_sums<float>);
  }
}

}  // namespace vt::cuda
