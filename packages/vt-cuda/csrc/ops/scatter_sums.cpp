// SPDX-License-Identifier: Apache-2.0
// The launches that add many single elements at indices without sorting them.
#include "scatter_sums.hpp"

#include <algorithm>
#include <bit>

#include "../kernels/scatter_sums.hpp"
#include "indexed.hpp"

namespace vt::cuda {
namespace {

constexpr int64_t kManyValues = 1 << 16;  // from here on several launches are less work than sorting
constexpr int64_t kMostPerValue = 8;      // destinations, each of which costs memory
constexpr int64_t kManyParts = 512;       // keep a device at work
constexpr int64_t kLeastPart = 1 << 15;   // values

int64_t num_of(std::span<const int64_t> sizes) noexcept {
  int64_t num = 1;
  for (const int64_t size : sizes) num *= size;
  return num;
}

bool is_summed(DLDataType dtype) noexcept {
  const DtypeIndex index = index_of(dtype);
  return index == DtypeIndex::kFloat32 || index == DtypeIndex::kFloat16 || index == DtypeIndex::kBFloat16;
}

// The place of the one index among the plan's dimensions, or null where there are several.
const IndexedDim* only_index(const IndexPlan& plan) noexcept {
  const IndexedDim* only = nullptr;
  for (const IndexedDim& indexed : plan.indexed) {
    if (indexed.index == nullptr) continue;
    if (only != nullptr) return nullptr;
    only = &indexed;
  }
  return only;
}

// Loops over the index, over what dimensions without one add to a destination, and over the values.
void plan_elements(const ScatteredSums& s, const IndexedDim& indexed, IterPlan& p) {
  const size_t ndim = s.plan.index_shape.size();
  InlineVector<int64_t, 16> of_values;
  of_values.resize(s.plan.shape.size());
  vt::detail::broadcast_strides(s.values, s.plan.shape, of_values.data());
  InlineVector<int64_t, 16> strides;
  strides.assign(3 * ndim, 0);
  vt::detail::broadcast_strides(indexed.index, s.plan.index_shape, strides.data());
  for (const IndexedDim& other : s.plan.indexed)
    if (other.index == nullptr) strides[ndim + static_cast<size_t>(other.dim)] = other.stride / s.unit;
  for (size_t d = 0; d < ndim; ++d) strides[2 * ndim + d] = of_values[s.plan.position + d];
  void* const data[] = {indexed.index->dl.data, nullptr, s.values->dl.data};
  plan_ordered(s.plan.index_shape, strides, data, s.self->dl.device, p);
}

template <class Index>
void deal(const Queue& queue, IndexOp op, const ScatteredSums& s, const IndexedDim& indexed, const IterPlan& p,
          BucketParams& to) {
  constexpr bool kWide = sizeof(Index) == 8;
  ScatteredElements<Index> elements{to,
                                    static_cast<const char*>(p.data[0]),
                                    static_cast<const char*>(p.data[2]),
                                    walk_of<Index, 3>(p),
                                    indexed.size,
                                    indexed.stride / s.unit,
                                    indexed.dim,
                                    s.skipped,
                                    noted_as(op),
                                    indexed.index->dl.dtype.bits == 64,
                                    indexed.wraps,
                                    queue.index_errors()};
  queue.launch(name_of(op), count_buckets_kernel(kWide), ceil_divide(to.num, kCountedByBlock), 1, elements);
  queue.launch(name_of(op), place_buckets_kernel(), 1, 1, to, {kMostBuckets});
  queue.launch(name_of(op), deal_kernel(index_of(s.self->dl.dtype), kWide), ceil_divide(to.num, kDealTile), 1, elements,
               {kDealThreads, kDealBytes});
}

constexpr int64_t aligned(int64_t bytes) noexcept { return ceil_divide(bytes, 16) * 16; }

}  // namespace

bool are_added_unsorted(const ScatteredSums& s) noexcept {
  const IndexedDim* indexed = only_index(s.plan);
  if (indexed == nullptr || !is_summed(s.self->dl.dtype)) return false;
  const int64_t num = num_of(s.plan.index_shape);
  return num == num_of(s.plan.shape) && num >= kManyValues && num <= std::numeric_limits<int32_t>::max() &&
         s.num_destinations <= std::min(kMostPerValue * num, int64_t{kMostBuckets} * kBucket);
}

void add_unsorted(const Queue& queue, IndexOp op, const ScatteredSums& s) {
  const IndexedDim& indexed = *only_index(s.plan);
  IterPlan p;
  plan_elements(s, indexed, p);
  BucketParams to{};
  to.num = p.numel;
  to.num_destinations = s.num_destinations;
  to.num_buckets = static_cast<int32_t>(ceil_divide(s.num_destinations, kBucket));
  to.part = static_cast<int32_t>(std::max(kLeastPart, ceil_divide(to.num, kManyParts)));
  to.bits = 62 - std::bit_width(static_cast<uint64_t>(to.num));

  const int64_t zeroed = aligned(sizeof(BucketTable)) + aligned(4 * s.num_destinations) + 8 * s.num_destinations;
  const Queue::Scratch tables(queue, zeroed);
  const Queue::Scratch dealt(queue, aligned(4 * to.num) + 2 * to.num);
  char* next = static_cast<char*>(tables.data());
  to.table = reinterpret_cast<BucketTable*>(next);
  to.largest = reinterpret_cast<uint32_t*>(next += aligned(sizeof(BucketTable)));
  to.sums = reinterpret_cast<uint64_t*>(next += aligned(4 * s.num_destinations));
  to.dealt_values = static_cast<float*>(dealt.data());
  to.dealt_keys = reinterpret_cast<uint16_t*>(static_cast<char*>(dealt.data()) + aligned(4 * to.num));
  const char* const name = name_of(op);
  queue.set_bytes(name, tables.data(), 0, zeroed);
  is_wide(p) ? deal<int64_t>(queue, op, s, indexed, p, to) : deal<int32_t>(queue, op, s, indexed, p, to);
  const int64_t parts = ceil_divide(to.num, to.part) + to.num_buckets;  // at most
  queue.launch(name, largest_kernel(), parts, 1, to, {kPartThreads, kLargestBytes});
  queue.launch(name, sums_kernel(), parts, 1, to, {kPartThreads, kSumsBytes});
  SumsParams sums{to, static_cast<char*>(s.self->dl.data), s.unit};
  queue.launch(name, add_sums_kernel(index_of(s.self->dl.dtype)), ceil_divide(s.num_destinations, kBlockThreads), 1,
               sums);
}

}  // namespace vt::cuda
