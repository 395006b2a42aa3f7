// SPDX-License-Identifier: Apache-2.0
// What is reserved beside what is allocated, over steps of a transformer whose sequences have different lengths.
#include <gtest/gtest.h>

#include <cstdio>
#include <vector>

#include "allocator_trace.hpp"
#include "memory/caching_allocator.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda {
namespace {

using namespace testing;

struct Peaks {
  std::size_t allocated;
  std::size_t reserved;
  double ratio() const { return static_cast<double>(reserved) / static_cast<double>(allocated); }
};

// Training: weights stay; a step allocates activations layer by layer, frees the scratch of each, then the rest in backward.
// Its sequences are of any length, longer ones come later.
Peaks train(SegmentKind segments, int num_steps) {
  constexpr std::size_t kDim = 1024;
  constexpr std::size_t kBatch = 8;
  constexpr int kLayers = 12;
  SimDriver sim({.capacity_bytes = std::size_t{40} << 30});
  const Stream stream(sim.table(), 0);
  CachingAllocator allocator(sim.table(), 0);
  allocator.set_options({.segments = segments});
  const auto take = [&](std::size_t elements) { return allocator.allocate(2 * elements, stream.view()); };
  TraceRandom random(11);
  std::vector<DevicePtr> weights;
  for (int i = 0; i < kLayers; ++i)
    for (const std::size_t times : {3, 1, 4, 4}) weights.push_back(take(times * kDim * kDim));
  for (int step = 0; step < num_steps; ++step) {
    const auto longest = static_cast<std::uint32_t>(256 + 1792 * step / num_steps);
    const std::size_t tokens = kBatch * (longest / 4 + random.below(longest * 3 / 4));
    const std::size_t length = tokens / kBatch;
    std::vector<DevicePtr> saved;
    for (int layer = 0; layer < kLayers; ++layer) {
      for (const std::size_t times : {1, 3, 1, 1, 4, 4, 1}) saved.push_back(take(times * tokens * kDim));
      DevicePtr scores = take(kBatch * length * length);
      saved.push_back(take(2 * tokens));
      allocator.free(scores);
    }
    DevicePtr logits = take(tokens * 8192);
    for (std::size_t i = saved.size(); i-- > 0;) {
      DevicePtr gradient = take(tokens * kDim * (1 + random.below(4)));
      allocator.free(saved[i]);
      allocator.free(gradient);
    }
    allocator.free(logits);
  }
  const Figures all = allocator.statistics().all;
  for (DevicePtr pointer : weights) allocator.free(pointer);
  return {all.allocated_bytes.peak, all.reserved_bytes.peak};
}

TEST(Fragmentation, ExpandableSegmentsReserveLittleMoreThanIsAllocated) {
  const Peaks plain = train(SegmentKind::kPlain, 300);
  const Peaks expandable = train(SegmentKind::kExpandable, 300);
  std::printf("peak reserved over peak allocated (%zu MiB): plain %.3f, expandable %.3f\n", expandable.allocated / kMiB,
              plain.ratio(), expandable.ratio());
  EXPECT_LT(expandable.ratio(), 1.1);
  EXPECT_LT(expandable.reserved, plain.reserved);
}

}  // namespace
}  // namespace vt::cuda
