// SPDX-License-Identifier: Apache-2.0
// The pure layers, without any driver: sizes, free list, block pool and pointer map against simple models.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <unordered_map>
#include <vector>

#include "memory/block_pool.hpp"
#include "memory/pointer_map.hpp"

namespace vt::cuda {
namespace {

std::byte* address(std::size_t value) { return reinterpret_cast<std::byte*>(value); }

TEST(Sizes, RoundToUnitsAndPickSegments) {
  EXPECT_EQ(block_bytes(1), 512u);
  EXPECT_EQ(block_bytes(512), 512u);
  EXPECT_EQ(block_bytes(513), 1024u);
  EXPECT_EQ(block_kind(kMiB), BlockKind::kSmall);
  EXPECT_EQ(block_kind(kMiB + 512), BlockKind::kLarge);
  EXPECT_EQ(preferred_segment_bytes(512), 2 * kMiB);
  EXPECT_EQ(preferred_segment_bytes(kMiB + 512), 20 * kMiB);
  EXPECT_EQ(preferred_segment_bytes(11 * kMiB), 12 * kMiB);
  EXPECT_EQ(smallest_segment_bytes(3 * kMiB), 4 * kMiB);
}

TEST(Sizes, RejectSizesThatWouldWrap) {
  for (const std::size_t bytes : {kMaxRequest + 1, ~std::size_t{0}, ~std::size_t{0} - 510}) {
    try {
      (void)block_bytes(bytes);
      ADD_FAILURE() << bytes;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kValue);
      EXPECT_NE(error.message().find(std::to_string(bytes)), std::string::npos);
    }
  }
  EXPECT_EQ(block_bytes(kMaxRequest), kMaxRequest);
}

TEST(FreeList, BinsGrowWithSize) {
  std::size_t before = 0;
  for (std::size_t bytes = 512; bytes < kMaxRequest; bytes += bytes < 4 * kMiB ? 512 : bytes / 512 * 3) {
    const std::size_t bin = FreeList::bin_of(bytes);
    EXPECT_GE(bin, before);
    before = bin;
  }
}

TEST(FreeList, BestFitEqualsThatOfASortedModel) {
  std::mt19937_64 random(11);
  const auto size = [&]() -> std::size_t {
    const std::size_t magnitude = std::size_t{1} << (random() % 20);
    return 512 * (magnitude + random() % magnitude);
  };
  auto list = std::make_unique<FreeList>();
  std::vector<Block> blocks(400);
  std::multimap<std::size_t, Block*> model;
  for (Block& block : blocks) block.requested_bytes = 0;
  for (int step = 0; step < 100'000; ++step) {
    Block& block = blocks[random() % blocks.size()];
    if (block.requested_bytes == 0) {
      block.bytes = size();
      block.requested_bytes = 1;  // in the list
      list->insert(&block);
      model.emplace(block.bytes, &block);
    } else {
      list->remove(&block);
      block.requested_bytes = 0;
      std::erase_if(model, [&](const auto& item) { return item.second == &block; });
    }
    const std::size_t wanted = size();
    const auto expected = model.lower_bound(wanted);
    const Block* found = list->best_fit(wanted);
    ASSERT_EQ(found == nullptr, expected == model.end()) << "step " << step;
    ASSERT_TRUE(found == nullptr || found->bytes == expected->first) << "step " << step;
  }
}

TEST(BlockPool, SplitsAndCoalescesBackToOneBlock) {
  AllocatorState state;
  state.records.reserve(16);
  auto pool = std::make_unique<BlockPool>(state, BlockKind::kSmall, nullptr);
  Segment segment{address(2 * kMiB), 2 * kMiB, nullptr, 0};
  pool->add(&segment);
  Block* first = pool->take(512);
  Block* second = pool->take(1024);
  Block* third = pool->take(512);
  EXPECT_EQ(first->address, segment.address);
  EXPECT_EQ(second->address, segment.address + 512);
  EXPECT_EQ(third->address, segment.address + 1536);
  EXPECT_EQ(segment.num_busy, 3u);
  pool->give_back(first);
  pool->give_back(third);
  EXPECT_EQ(pool->take(2 * kMiB), nullptr);
  pool->give_back(second);
  EXPECT_EQ(segment.num_busy, 0u);
  Block* whole = pool->take(2 * kMiB);
  ASSERT_NE(whole, nullptr);
  EXPECT_EQ(whole->address, segment.address);
  EXPECT_EQ(whole->after, nullptr);
}

TEST(BlockPool, LargeKindKeepsSliversWithTheBlock) {
  AllocatorState state;
  state.records.reserve(16);
  auto pool = std::make_unique<BlockPool>(state, BlockKind::kLarge, nullptr);
  Segment segment{address(20 * kMiB), 20 * kMiB, nullptr, 0};
  pool->add(&segment);
  EXPECT_EQ(pool->take(19 * kMiB)->bytes, 20 * kMiB);
  Segment other{address(60 * kMiB), 20 * kMiB, nullptr, 0};
  pool->add(&other);
  EXPECT_EQ(pool->take(18 * kMiB)->bytes, 18 * kMiB);
}

TEST(BlockPool, CountsWhatIsActiveAndWhatIsSplit) {
  AllocatorState state;
  state.records.reserve(16);
  auto pool = std::make_unique<BlockPool>(state, BlockKind::kSmall, nullptr);
  Segment segment{address(2 * kMiB), 2 * kMiB, nullptr, 0};
  pool->add(&segment);
  const Figures& small = state.statistics.small;
  const auto expect = [&](std::size_t active, std::size_t active_bytes, std::size_t splits, std::size_t split_bytes) {
    EXPECT_EQ(small.active.current, active);
    EXPECT_EQ(small.active_bytes.current, active_bytes);
    EXPECT_EQ(small.inactive_splits.current, splits);
    EXPECT_EQ(small.inactive_split_bytes.current, split_bytes);
    EXPECT_EQ(state.statistics.all.inactive_split_bytes.current, split_bytes);
    EXPECT_EQ(state.statistics.large.active.increased, 0u);
  };
  expect(0, 0, 0, 0);
  Block* first = pool->take(512);
  expect(1, 512, 1, 2 * kMiB - 512);
  Block* second = pool->take(512);
  Block* rest = pool->take(2 * kMiB - 1024);
  expect(3, 2 * kMiB, 0, 0);
  pool->give_back(first);
  expect(2, 2 * kMiB - 512, 1, 512);
  pool->give_back(rest);
  expect(1, 512, 2, 2 * kMiB - 512);
  pool->give_back(second);
  expect(0, 0, 0, 0);
  EXPECT_EQ(pool->take(2 * kMiB)->bytes, 2 * kMiB);
  expect(1, 2 * kMiB, 0, 0);
}

TEST(BlockPool, OversizeBlocksAreKeptWhole) {
  AllocatorState state;
  state.records.reserve(16);
  state.options.max_split_bytes = 64 * kMiB;
  auto pool = std::make_unique<BlockPool>(state, BlockKind::kLarge, nullptr);
  Segment segment{address(20 * kMiB), 100 * kMiB, nullptr, 0};
  pool->add(&segment);
  EXPECT_EQ(pool->take(8 * kMiB), nullptr);
  EXPECT_EQ(pool->take(80 * kMiB), nullptr);
  EXPECT_EQ(pool->take(81 * kMiB)->bytes, 100 * kMiB);
  // A request below that size is served by the segment that is made for it.
  Segment rounded{address(200 * kMiB), 64 * kMiB, nullptr, 0};
  pool->add(&rounded);
  EXPECT_EQ(pool->take(62 * kMiB), nullptr);
  EXPECT_EQ(pool->take(62 * kMiB + 512)->bytes, 64 * kMiB);
}

TEST(BlockPool, FreeNeighbourOfAnotherPoolIsLeftAlone) {
  AllocatorState state;
  state.records.reserve(16);
  auto mine = std::make_unique<BlockPool>(state, BlockKind::kSmall, nullptr);
  auto theirs = std::make_unique<BlockPool>(state, BlockKind::kSmall, nullptr);
  Segment segment{address(2 * kMiB), 2 * kMiB, nullptr, 0};
  mine->add(&segment);
  Block* first = mine->take(512);
  first->pool = theirs.get();
  theirs->give_back(first);
  EXPECT_EQ(theirs->take(1024), nullptr);
  EXPECT_EQ(theirs->take(512), first);
}

TEST(PointerMap, EqualsAHashMapUnderRandomUse) {
  std::mt19937_64 random(3);
  PointerMap map;
  std::vector<Block> blocks(6000);
  for (std::size_t i = 0; i < blocks.size(); ++i) blocks[i].address = address(512 * (1 + i * i % 7919 + i * 8192));
  std::unordered_map<const void*, Block*> model;
  for (int step = 0; step < 200'000; ++step) {
    Block& block = blocks[random() % blocks.size()];
    if (model.erase(block.address) == 1) {
      map.erase(&block);
    } else {
      map.reserve(1);
      map.insert(&block);
      model[block.address] = &block;
    }
    const Block& probe = blocks[random() % blocks.size()];
    ASSERT_EQ(map.find(probe.address) == &probe, model.contains(probe.address)) << "step " << step;
    ASSERT_EQ(map.size(), model.size());
  }
  EXPECT_EQ(map.find(address(511)), nullptr);
}

}  // namespace
}  // namespace vt::cuda
