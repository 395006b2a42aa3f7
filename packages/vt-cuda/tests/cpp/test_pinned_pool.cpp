// SPDX-License-Identifier: Apache-2.0
// Pinned memory that is kept: never handed out while a copy may still read or write it.
#include "memory/pinned_pool.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "graph/captured_pinned.hpp"
#include "runtime/counting_driver.hpp"
#include "runtime/device.hpp"
#include "runtime/error.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda::testing {
namespace {

constexpr std::size_t kBytes = PinnedPool::kMinBlockBytes;

class PinnedPoolTest : public ::testing::Test {
 protected:
  PinnedPoolTest() : counting(sim.table()), driver(counting.table()), device(driver, 0), pool(driver) {
    EXPECT_EQ(driver.mem_alloc(driver.self, 0, kBytes, &memory), kSuccess);
  }
  ~PinnedPoolTest() override {
    device.synchronize();
    EXPECT_EQ(driver.mem_free(driver.self, 0, memory), kSuccess);
    EXPECT_EQ(text(sim.reports()), "");
  }

  void copy_to_device(const void* from, StreamView stream) {
    ASSERT_EQ(driver.memcpy_async(driver.self, memory, from, kBytes, CopyKind::kHostToDevice, stream.raw()), kSuccess);
    pool.record_use(from, stream);
  }

  SimDriver sim;
  CountingDriver counting;
  const Driver& driver;
  Device device;
  PinnedPool pool;
  void* memory = nullptr;
};

TEST_F(PinnedPoolTest, FreedMemoryIsHandedOutAgainWithoutTheDriver) {
  void* first = pool.allocate(100);
  pool.free(first);
  EXPECT_EQ(pool.allocate(kBytes), first);
  EXPECT_EQ(pool.statistics().num_raw_allocations, 1u);
  EXPECT_EQ(pool.statistics().num_allocations, 2u);
  EXPECT_EQ(pool.statistics().allocated_bytes, kBytes);
  EXPECT_NE(pool.allocate(kBytes + 1), nullptr);
  EXPECT_EQ(pool.statistics().num_raw_allocations, 2u);
}

TEST_F(PinnedPoolTest, OwnsWhatLiesWithinALiveBlock) {
  auto* data = static_cast<char*>(pool.allocate(kBytes));
  EXPECT_TRUE(pool.owns(data, kBytes));
  EXPECT_TRUE(pool.owns(data + 10, kBytes - 10));
  EXPECT_FALSE(pool.owns(data + 10, kBytes));
  EXPECT_FALSE(pool.owns(&pool, 1));
  EXPECT_FALSE(pool.owns(nullptr, 0));
  pool.free(data);
  EXPECT_FALSE(pool.owns(data, 1));
}

TEST_F(PinnedPoolTest, ABlockWaitsForTheCopiesThatUseIt) {
  void* first = pool.allocate(kBytes);
  ASSERT_TRUE(sim.host_writes(first, kBytes));
  copy_to_device(static_cast<char*>(first), device.default_stream());
  pool.free(first);
  void* second = pool.allocate(kBytes);
  EXPECT_NE(second, first);
  EXPECT_EQ(counting.counters().host_waits, 0u);
  device.synchronize();
  EXPECT_EQ(pool.allocate(kBytes), first);
  ASSERT_TRUE(sim.host_writes(first, kBytes));  // a race with the copy would be reported
}

TEST_F(PinnedPoolTest, EveryStreamIsWaitedForAndItsLatestCopyCounts) {
  const StreamView other = device.stream_from_pool();
  void* first = pool.allocate(kBytes);
  for (int i = 0; i < 3; ++i) copy_to_device(first, device.default_stream());
  other.synchronize();
  Event ordered(driver, 0);
  ordered.record(device.default_stream());
  other.wait(ordered);
  copy_to_device(first, other);
  pool.free(first);
  device.default_stream().synchronize();
  void* second = pool.allocate(kBytes);
  EXPECT_NE(second, first);
  other.synchronize();
  EXPECT_EQ(pool.allocate(kBytes), first);
}

TEST_F(PinnedPoolTest, ReleaseGivesBackWhatIsIdle) {
  void* idle = pool.allocate(kBytes);
  void* busy = pool.allocate(kBytes);
  copy_to_device(busy, device.default_stream());
  pool.free(idle);
  pool.free(busy);
  EXPECT_EQ(pool.statistics().cached_bytes, 2 * kBytes);
  pool.release_cached();
  EXPECT_EQ(pool.statistics().cached_bytes, kBytes);
  device.synchronize();
  pool.release_cached();
  EXPECT_EQ(pool.statistics().cached_bytes, 0u);
}

TEST_F(PinnedPoolTest, MemoryThatIsShortIsTakenFromTheCacheAndThenRefused) {
  void* kept = pool.allocate(kBytes);
  pool.free(kept);
  sim.fail_nth_call(1);
  EXPECT_NE(pool.allocate(4 * kBytes), nullptr);
  EXPECT_EQ(pool.statistics().cached_bytes, 0u);
  sim.fail_nth_call(1, SimDriver::Fallible::kAllocations, true);
  try {
    pool.allocate(8 * kBytes);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kOutOfMemory);
  }
  sim.fail_nth_call(0);
  EXPECT_NE(pool.allocate(8 * kBytes), nullptr);
}

TEST_F(PinnedPoolTest, AGraphHoldsTheMemoryOfItsCopiesUntilItsReplaysAreOver) {
  void* first = pool.allocate(kBytes);
  CapturedPinned graph(pool);
  graph.keep(static_cast<char*>(first) + 8);
  graph.keep(first);
  pool.free(first);
  EXPECT_NE(pool.allocate(kBytes), first);
  ASSERT_EQ(
      driver.memcpy_async(driver.self, memory, first, kBytes, CopyKind::kHostToDevice, device.default_stream().raw()),
      kSuccess);
  graph.note_replay(device.default_stream());
  graph.clear();
  EXPECT_NE(pool.allocate(kBytes), first);
  device.synchronize();
  EXPECT_EQ(pool.allocate(kBytes), first);
}

// Copies of random blocks on random streams, in the order that the simulated driver draws: it reports every access of the host
// that a copy has not ended before.
TEST_F(PinnedPoolTest, RandomCopiesNeverRaceWithTheHost) {
  std::mt19937_64 random(5);
  std::vector<void*> live;
  for (int step = 0; step < 5000; ++step) {
    const StreamView stream = device.stream_from_pool();
    if (live.size() < 8) {
      live.push_back(pool.allocate(1 + random() % (3 * kBytes)));
      ASSERT_TRUE(sim.host_writes(live.back(), 16));
    }
    const std::size_t at = random() % live.size();
    if (random() % 2 == 0) {
      ASSERT_EQ(driver.memcpy_async(driver.self, live[at], memory, 16, CopyKind::kDeviceToHost, stream.raw()),
                kSuccess);
      pool.record_use(live[at], stream);
      pool.free(live[at]);
      live.erase(live.begin() + static_cast<std::ptrdiff_t>(at));
    }
    for (std::uint64_t n = random() % 4; n > 0; --n) sim.step();
  }
  for (void* data : live) pool.free(data);
  EXPECT_LT(pool.statistics().num_raw_allocations, 300u);
}

}  // namespace
}  // namespace vt::cuda::testing
