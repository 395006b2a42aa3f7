// SPDX-License-Identifier: Apache-2.0
// The simulated driver itself: order, lateness, and that each kind of misuse is caught.
#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "runtime/event.hpp"
#include "runtime/status.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda {
namespace {

using namespace testing;

class SimDriverTest : public ::testing::Test {
 protected:
  SimDriverTest() { register_kernels(sim_); }

  void* device_memory(std::size_t bytes) {
    void* pointer = nullptr;
    EXPECT_EQ(driver_.mem_alloc(driver_.self, 0, bytes, &pointer), kSuccess);
    return pointer;
  }
  void release(void* pointer) { EXPECT_EQ(driver_.mem_free(driver_.self, 0, pointer), kSuccess); }

  SimDriver sim_;
  const Driver& driver_ = sim_.table();
  Stream first_{driver_, 0};
  Stream second_{driver_, 0};
};

TEST_F(SimDriverTest, FillsEveryEntry) {
  const auto* entries = reinterpret_cast<const void* const*>(&driver_.status_name);
  const std::size_t num_entries = (sizeof(Driver) - offsetof(Driver, status_name)) / sizeof(void*);
  for (std::size_t i = 0; i < num_entries; ++i) EXPECT_NE(entries[i], nullptr) << "entry " << i;
}

TEST_F(SimDriverTest, WorkTakesEffectOnlyWhenItsQueueIsStepped) {
  auto* data = static_cast<std::uint64_t*>(device_memory(64));
  fill(first_.view(), data, 8, 7);
  EXPECT_EQ(data[0], 0u);
  EXPECT_EQ(sim_.num_queued(), 1u);
  EXPECT_FALSE(first_.view().ready());
  EXPECT_TRUE(sim_.step());
  EXPECT_EQ(data[7], 7u);
  EXPECT_TRUE(first_.view().ready());
  EXPECT_FALSE(sim_.step());
  release(data);
  EXPECT_EQ(text(sim_.reports()), "");
}

std::vector<int> order_of_run(std::uint64_t seed) {
  SimDriver sim({.seed = seed});
  std::vector<int> order;
  std::vector<int>* log = &order;
  const char symbol = 0;
  sim.register_kernel(&symbol, {"note", {8, 4}, [](SimLaunch& launch) {
                                  launch.param<std::vector<int>*>(0)->push_back(launch.param<int>(1));
                                }});
  std::vector<Stream> streams;
  for (int i = 0; i < 4; ++i) streams.emplace_back(sim.table(), 0);
  for (int i = 0; i < 40; ++i) {
    void* params[] = {&log, &i};
    EXPECT_EQ(launch(sim.table(), &symbol, streams[static_cast<std::size_t>(i % 4)].view(), params), kSuccess);
  }
  sim.run_all();
  return order;
}

TEST(SimDriverOrder, OneSeedGivesOneOrder) { EXPECT_EQ(order_of_run(5), order_of_run(5)); }

TEST(SimDriverOrder, AnotherSeedGivesAnotherOrder) { EXPECT_NE(order_of_run(5), order_of_run(6)); }

TEST(SimDriverOrder, EachStreamKeepsItsOwnOrder) {
  std::vector<int> last(4, -1);
  for (const int i : order_of_run(9)) {
    EXPECT_LT(last[static_cast<std::size_t>(i % 4)], i);
    last[static_cast<std::size_t>(i % 4)] = i;
  }
}

TEST_F(SimDriverTest, ParametersAreTakenAtTheLaunch) {
  auto* data = static_cast<std::uint64_t*>(device_memory(8));
  std::uint64_t value = 1;
  std::size_t count = 1;
  void* params[] = {&data, &count, &value};
  ASSERT_EQ(launch(driver_, &kFillSymbol, first_.view(), params), kSuccess);
  value = 2;
  sim_.run_all();
  EXPECT_EQ(*data, 1u);
  release(data);
}

TEST_F(SimDriverTest, EventIsSeenReadyOnlyAfterItsRecordRanAndOftenLate) {
  int num_late = 0;
  for (int i = 0; i < 50; ++i) {
    Event event(driver_, 0);
    event.record(first_.view());
    EXPECT_FALSE(event.ready());
    sim_.run_all();
    int num_queries = 0;
    while (!event.ready()) ASSERT_LT(++num_queries, 10);
    num_late += num_queries > 0 ? 1 : 0;
  }
  EXPECT_GT(num_late, 10);
}

TEST_F(SimDriverTest, WaitOrdersTwoStreams) {
  for (std::uint64_t i = 0; i < 100; ++i) {
    void* data = device_memory(512);
    Event written(driver_, 0);
    std::size_t num_wrong = 0;
    fill(first_.view(), data, 64, i);
    written.record(first_.view());
    second_.view().wait(written);
    check_filled(second_.view(), data, 64, i, &num_wrong);
    second_.view().synchronize();
    EXPECT_EQ(num_wrong, 0u);
    release(data);
  }
  EXPECT_EQ(text(sim_.reports()), "");
}

// The seeded fault: the same program without its wait.
TEST_F(SimDriverTest, MissingWaitIsReportedAsRaceUnderEveryOrder) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    SimDriver sim({.seed = seed});
    register_kernels(sim);
    const Stream writer(sim.table(), 0);
    const Stream reader(sim.table(), 0);
    void* data = nullptr;
    ASSERT_EQ(sim.table().mem_alloc(sim.table().self, 0, 512, &data), kSuccess);
    std::size_t num_wrong = 0;
    fill(writer.view(), data, 64, 1);
    check_filled(reader.view(), data, 64, 1, &num_wrong);
    sim.run_all();
    EXPECT_TRUE(holds(sim.reports(), SimReportKind::kRace)) << "seed " << seed;
  }
}

TEST_F(SimDriverTest, WaitSeesTheRecordMadeBeforeIt) {
  void* data = device_memory(512);
  Event event(driver_, 0);
  event.record(first_.view());
  second_.view().wait(event);
  fill(first_.view(), data, 64, 1);
  event.record(first_.view());
  fill(second_.view(), data, 64, 2);
  sim_.run_all();
  EXPECT_TRUE(holds(sim_.reports(), SimReportKind::kRace));
}

TEST_F(SimDriverTest, OverlapOfOneByteIsARaceAndNeighboursAreNot) {
  auto* data = static_cast<std::byte*>(device_memory(512));
  ASSERT_EQ(driver_.memset_async(driver_.self, data, 1, 100, first_.view().raw()), kSuccess);
  ASSERT_EQ(driver_.memset_async(driver_.self, data + 100, 2, 100, second_.view().raw()), kSuccess);
  sim_.run_all();
  EXPECT_EQ(text(sim_.reports()), "");
  ASSERT_EQ(driver_.memset_async(driver_.self, data + 199, 3, 1, first_.view().raw()), kSuccess);
  sim_.run_all();
  EXPECT_TRUE(holds(sim_.reports(), SimReportKind::kRace));
}

TEST_F(SimDriverTest, WorkOnFreedMemoryIsReportedEvenIfTheAddressLivesAgain) {
  void* data = device_memory(512);
  fill(first_.view(), data, 64, 1);
  release(data);
  EXPECT_EQ(device_memory(512), data);
  sim_.run_all();
  EXPECT_TRUE(holds(sim_.reports(), SimReportKind::kUseAfterFree));
}

TEST_F(SimDriverTest, FreeOfMemoryNotKnownToBeIdleIsReported) {
  void* data = device_memory(512);
  fill(first_.view(), data, 64, 1);
  sim_.run_all();
  release(data);
  EXPECT_TRUE(holds(sim_.reports(), SimReportKind::kRace));
}

TEST_F(SimDriverTest, DoubleFreeIsReported) {
  void* data = device_memory(512);
  release(data);
  EXPECT_EQ(driver_.mem_free(driver_.self, 0, data), kInvalidValue);
  EXPECT_TRUE(holds(sim_.reports(), SimReportKind::kBadFree));
}

TEST_F(SimDriverTest, DestroyedHandleIsReported) {
  RawStream raw = nullptr;
  {
    const Stream gone(driver_, 0);
    raw = gone.view().raw();
  }
  EXPECT_EQ(driver_.stream_query(driver_.self, raw), kInvalidHandle);
  EXPECT_TRUE(holds(sim_.reports(), SimReportKind::kBadHandle));
}

TEST_F(SimDriverTest, LeaksNameWhatIsLeft) {
  void* data = device_memory(512);
  const Event event(driver_, 0);
  EXPECT_EQ(text(sim_.leaks()), "1 device allocations\n2 streams\n1 events\n");
  release(data);
}

TEST_F(SimDriverTest, DestroyedStreamStillRunsItsWork) {
  auto* data = static_cast<std::uint64_t*>(device_memory(64));
  {
    const Stream brief(driver_, 0);
    fill(brief.view(), data, 8, 3);
  }
  ASSERT_EQ(driver_.device_synchronize(driver_.self, 0), kSuccess);
  EXPECT_EQ(data[0], 3u);
  release(data);
}

TEST_F(SimDriverTest, CopyBetweenPinnedAndDeviceMemoryNeedsAWaitBeforeTheHostReads) {
  void* data = device_memory(64);
  void* pinned = nullptr;
  ASSERT_EQ(driver_.host_alloc(driver_.self, 64, &pinned), kSuccess);
  fill(first_.view(), data, 8, 5);
  ASSERT_EQ(driver_.memcpy_async(driver_.self, pinned, data, 64, CopyKind::kDeviceToHost, first_.view().raw()),
            kSuccess);
  first_.view().synchronize();
  EXPECT_TRUE(sim_.host_reads(pinned, 64));
  EXPECT_EQ(static_cast<std::uint64_t*>(pinned)[7], 5u);
  EXPECT_EQ(text(sim_.reports()), "");
  EXPECT_TRUE(sim_.host_writes(pinned, 64));
  fill(second_.view(), pinned, 8, 6);
  sim_.run_all();
  EXPECT_EQ(text(sim_.reports()), "");
  (void)sim_.host_reads(pinned, 64);
  EXPECT_TRUE(holds(sim_.reports(), SimReportKind::kRace));
  EXPECT_EQ(sim_.num_hidden_waits(), 0u);
  first_.view().synchronize();
  second_.view().synchronize();
  EXPECT_EQ(driver_.host_free(driver_.self, pinned), kSuccess);
  release(data);
}

TEST_F(SimDriverTest, PageableMemoryIsTakenAtTheCallAndWaitedForOnTheWayBack) {
  void* data = device_memory(8);
  std::uint64_t value = 11;
  ASSERT_EQ(driver_.memcpy_async(driver_.self, data, &value, 8, CopyKind::kHostToDevice, first_.view().raw()),
            kSuccess);
  value = 0;
  EXPECT_EQ(sim_.num_queued(), 1u);
  ASSERT_EQ(driver_.memcpy_async(driver_.self, &value, data, 8, CopyKind::kDeviceToHost, first_.view().raw()),
            kSuccess);
  EXPECT_EQ(value, 11u);
  EXPECT_EQ(sim_.num_hidden_waits(), 1u);
  release(data);
}

TEST_F(SimDriverTest, CapacityIsLimitedAndAddressesComeBack) {
  SimDriver small({.capacity_bytes = 4096});
  const Driver& driver = small.table();
  void* first = nullptr;
  void* second = nullptr;
  ASSERT_EQ(driver.mem_alloc(driver.self, 0, 3000, &first), kSuccess);
  EXPECT_EQ(driver.mem_alloc(driver.self, 0, 2000, &second), kMemoryAllocation);
  ASSERT_EQ(driver.mem_free(driver.self, 0, first), kSuccess);
  ASSERT_EQ(driver.mem_alloc(driver.self, 0, 2000, &second), kSuccess);
  EXPECT_EQ(first, second);
}

TEST_F(SimDriverTest, NthCallFailsOnceOrForEver) {
  const auto status = [&] {
    void* pointer = nullptr;
    return driver_.mem_alloc(driver_.self, 0, 512, &pointer);
  };
  sim_.fail_nth_call(2);
  EXPECT_EQ(status(), kSuccess);
  EXPECT_EQ(status(), kMemoryAllocation);
  EXPECT_EQ(status(), kSuccess);
  sim_.fail_nth_call(1, SimDriver::Fallible::kAllocations, true);
  EXPECT_EQ(status(), kMemoryAllocation);
  EXPECT_EQ(status(), kMemoryAllocation);
}

TEST_F(SimDriverTest, ImageGivesItsFunctionsByName) {
  const char image[] = "image";
  int num_runs = 0;
  sim_.register_image(image, {{"count", {"count", {}, [&](SimLaunch&) { ++num_runs; }}}});
  RawModule module = nullptr;
  RawFunction function = nullptr;
  EXPECT_EQ(driver_.module_load(driver_.self, "other", 6, &module), kInvalidImage);
  ASSERT_EQ(driver_.module_load(driver_.self, image, sizeof image, &module), kSuccess);
  EXPECT_EQ(driver_.module_get_function(driver_.self, module, "absent", &function), kNotFound);
  ASSERT_EQ(driver_.module_get_function(driver_.self, module, "count", &function), kSuccess);
  const LaunchConfig config{{1, 1, 1}, {32, 1, 1}, 0, 1, first_.view().raw()};
  ASSERT_EQ(driver_.launch_function(driver_.self, function, &config, nullptr), kSuccess);
  EXPECT_EQ(num_runs, 0);
  sim_.run_all();
  EXPECT_EQ(num_runs, 1);
  EXPECT_EQ(driver_.module_unload(driver_.self, module), kSuccess);
}

TEST_F(SimDriverTest, ElapsedTimeCountsSteps) {
  Event start(driver_, 0, kEventTiming);
  Event end(driver_, 0, kEventTiming);
  void* data = device_memory(64);
  start.record(first_.view());
  fill(first_.view(), data, 8, 1);
  end.record(first_.view());
  end.synchronize();
  EXPECT_EQ(start.elapsed_ms(end), 2.0f);
  release(data);
}

}  // namespace
}  // namespace vt::cuda
