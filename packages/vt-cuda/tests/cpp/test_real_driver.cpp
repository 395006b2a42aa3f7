// SPDX-License-Identifier: Apache-2.0
// The real driver: answers without a driver installed, and with a GPU the promises that the allocator builds on.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "memory/caching_allocator.hpp"
#include "memory/invariants.hpp"
#include "runtime/counting_driver.hpp"
#include "runtime/device.hpp"
#include "runtime/real_driver.hpp"
#include "runtime/status.hpp"

namespace vt::cuda {
namespace {

TEST(RealDriver, CountsDevicesWithoutFailing) {
  const Driver& driver = real_driver();
  int count = -1;
  EXPECT_EQ(driver.device_count(driver.self, &count), kSuccess);
  EXPECT_GE(count, 0);
}

TEST(RealDriver, FillsEveryEntry) {
  const auto* entries = reinterpret_cast<const void* const*>(&real_driver().status_name);
  const std::size_t num_entries = (sizeof(Driver) - offsetof(Driver, status_name)) / sizeof(void*);
  for (std::size_t i = 0; i < num_entries; ++i) EXPECT_NE(entries[i], nullptr) << "entry " << i;
}

TEST(RealDriver, RejectsWhatIsNoCubin) {
  const Driver& driver = real_driver();
  const char junk[64] = "not a cubin";
  RawModule module = nullptr;
  EXPECT_EQ(driver.module_load(driver.self, junk, sizeof junk, &module), kInvalidImage);
}

class RealDriverOnDevice : public ::testing::Test {
 protected:
  void SetUp() override {
    if (device_count(real_driver()) == 0) GTEST_SKIP() << "no CUDA device";
  }

  CountingDriver counting_{real_driver()};
  const Driver& driver_ = counting_.table();
};

TEST_F(RealDriverOnDevice, EventsMeasureTimeAndOrderStreams) {
  Device device(driver_, 0);
  EXPECT_GT(device.properties().sm_count, 0);
  Event start(driver_, 0, kEventTiming);
  Event end(driver_, 0, kEventTiming);
  const StreamView first = device.stream_from_pool();
  const StreamView second = device.stream_from_pool(StreamPriority::kHigh);
  start.record(first);
  second.wait(start);
  end.record(second);
  end.synchronize();
  EXPECT_TRUE(start.ready());
  EXPECT_GE(start.elapsed_ms(end), 0.0f);
}

// What the allocator expects of virtual memory, in a capture too: Note [Virtual memory].
TEST_F(RealDriverOnDevice, MemoryIsMappedUsedAndUnmapped) {
  Device device(driver_, 0);
  std::size_t granularity = 0;
  ASSERT_EQ(driver_.mem_granularity(driver_.self, 0, &granularity), kSuccess);
  EXPECT_EQ(kSegmentUnit % granularity, 0u);
  constexpr std::size_t kPage = 2 * kMiB;
  DevicePtr base = nullptr;
  ASSERT_EQ(driver_.mem_address_reserve(driver_.self, 0, 64 * kMiB, &base), kSuccess);
  const StreamView stream = device.default_stream();
  ASSERT_EQ(driver_.stream_begin_capture(driver_.self, stream.raw()), kSuccess);
  for (std::size_t i = 0; i < 2; ++i) {
    RawMemory memory = 0;
    ASSERT_EQ(driver_.mem_create(driver_.self, 0, kPage, &memory), kSuccess);
    ASSERT_EQ(driver_.mem_map(driver_.self, static_cast<std::byte*>(base) + i * kPage, kPage, memory), kSuccess);
    ASSERT_EQ(driver_.mem_release(driver_.self, memory), kSuccess);
  }
  ASSERT_EQ(driver_.mem_set_access(driver_.self, 0, base, 2 * kPage), kSuccess);
  ASSERT_EQ(driver_.memset_async(driver_.self, base, 5, 2 * kPage, stream.raw()), kSuccess);
  RawGraph graph = nullptr;
  ASSERT_EQ(driver_.stream_end_capture(driver_.self, stream.raw(), &graph), kSuccess);
  RawGraphExec exec = nullptr;
  ASSERT_EQ(driver_.graph_instantiate(driver_.self, graph, &exec), kSuccess);
  ASSERT_EQ(driver_.graph_launch(driver_.self, exec, stream.raw()), kSuccess);
  std::vector<unsigned char> host(2 * kPage);
  ASSERT_EQ(driver_.memcpy_async(driver_.self, host.data(), base, host.size(), CopyKind::kDeviceToHost, stream.raw()),
            kSuccess);
  device.synchronize();
  EXPECT_EQ(host, std::vector<unsigned char>(2 * kPage, 5));
  std::size_t before = 0;
  std::size_t after = 0;
  std::size_t total = 0;
  ASSERT_EQ(driver_.mem_info(driver_.self, 0, &before, &total), kSuccess);
  EXPECT_EQ(driver_.mem_unmap(driver_.self, base, 2 * kPage), kSuccess);
  ASSERT_EQ(driver_.mem_info(driver_.self, 0, &after, &total), kSuccess);
  EXPECT_GE(after, before + 2 * kPage);
  EXPECT_EQ(driver_.mem_address_free(driver_.self, 0, base, 64 * kMiB), kSuccess);
  (void)driver_.graph_exec_destroy(driver_.self, exec);
  (void)driver_.graph_destroy(driver_.self, graph);
}

TEST_F(RealDriverOnDevice, FailedCallIsNotReportedAgain) {
  Device device(driver_, 0);
  DevicePtr pointer = nullptr;
  EXPECT_EQ(driver_.mem_alloc(driver_.self, 0, std::size_t{1} << 47, &pointer), kMemoryAllocation);
  Event event(driver_, 0);
  event.record(device.default_stream());
  event.synchronize();
}

TEST_F(RealDriverOnDevice, ShortMemoryReleasesTheCacheAndThenIsOutOfMemory) {
  Device device(driver_, 0);
  CachingAllocator allocator(driver_, 0);
  std::size_t free_bytes = 0;
  std::size_t total_bytes = 0;
  check(driver_, driver_.mem_info(driver_.self, 0, &free_bytes, &total_bytes), "read memory");
  allocator.free(allocator.allocate(free_bytes / 2, device.default_stream()));
  DevicePtr large = allocator.allocate(free_bytes / 4 * 3, device.stream_from_pool());
  EXPECT_EQ(allocator.statistics().num_reclaims, 1u);
  EXPECT_THROW((void)allocator.allocate(total_bytes, device.default_stream()), Error);
  allocator.free(large);
  allocator.release_cached();
  EXPECT_EQ(allocator.statistics().all.reserved_bytes.current, 0u);
}

// 64 bytes at the front of each block are stamped, copied out when the block is used or freed, and compared at the end.
class StampedBlocks {
 public:
  StampedBlocks(Device& device, CachingAllocator& allocator, std::size_t max_copies)
      : driver_(device.driver()), device_(device), allocator_(allocator), expected_(max_copies) {
    for (std::size_t i = 0; i < 8; ++i) streams_.push_back(device.stream_from_pool());
    check(driver_, driver_.host_alloc(driver_.self, max_copies * kStampBytes, &copies_), "allocate pinned memory");
  }
  StampedBlocks(const StampedBlocks&) = delete;
  StampedBlocks& operator=(const StampedBlocks&) = delete;
  ~StampedBlocks() { (void)driver_.host_free(driver_.self, copies_); }

  void step() {
    const std::uint64_t choice = random_() % 100;
    if (choice < 40 && live_.size() < 300)
      allocate();
    else if (choice < 75 && !live_.empty())
      free();
    else if (!live_.empty())
      use_elsewhere();
  }

  std::size_t num_wrong() {
    while (!live_.empty()) free();
    device_.synchronize();
    std::size_t num_wrong = 0;
    const auto* bytes = static_cast<const unsigned char*>(copies_);
    for (std::size_t i = 0; i < num_copies_ * kStampBytes; ++i) num_wrong += bytes[i] != expected_[i / kStampBytes];
    return num_wrong;
  }

 private:
  static constexpr std::size_t kStampBytes = 64;
  struct Live {
    DevicePtr pointer;
    std::size_t stream;
    unsigned char stamp;
  };

  void allocate() {
    const std::size_t bytes = kStampBytes + random_() % (random_() % 10 == 0 ? 24 * kMiB : 64 * kKiB);
    const std::size_t stream = random_() % streams_.size();
    const auto stamp = static_cast<unsigned char>(random_());
    const Live block{allocator_.allocate(bytes, streams_[stream]), stream, stamp};
    check(driver_, driver_.memset_async(driver_.self, block.pointer, stamp, kStampBytes, streams_[stream].raw()),
          "stamp");
    live_.push_back(block);
  }

  void copy_out(const Live& block, StreamView stream) {
    void* target = static_cast<unsigned char*>(copies_) + num_copies_ * kStampBytes;
    expected_.at(num_copies_++) = block.stamp;
    check(driver_,
          driver_.memcpy_async(driver_.self, target, block.pointer, kStampBytes, CopyKind::kDeviceToHost, stream.raw()),
          "copy out");
  }

  void free() {
    const std::size_t index = random_() % live_.size();
    copy_out(live_[index], streams_[live_[index].stream]);
    allocator_.free(live_[index].pointer);
    live_[index] = live_.back();
    live_.pop_back();
  }

  void use_elsewhere() {
    const Live& block = live_[random_() % live_.size()];
    const StreamView other = streams_[random_() % streams_.size()];
    PooledEvent stamped = device_.events().acquire();
    stamped->record(streams_[block.stream]);
    other.wait(*stamped);
    allocator_.record_use(block.pointer, other);
    copy_out(block, other);
  }

  const Driver& driver_;
  Device& device_;
  CachingAllocator& allocator_;
  std::mt19937_64 random_{1};
  std::vector<StreamView> streams_;
  std::vector<Live> live_;
  std::vector<unsigned char> expected_;
  void* copies_ = nullptr;
  std::size_t num_copies_ = 0;
};

TEST_F(RealDriverOnDevice, RandomProgramKeepsEveryBlockToItsOwner) {
  constexpr int kSteps = 200'000;
  Device device(driver_, 0);
  CachingAllocator allocator(driver_, 0);
  StampedBlocks blocks(device, allocator, kSteps + 300);
  for (int step = 0; step < kSteps; ++step) {
    blocks.step();
    if (step % 10'000 != 0) continue;
    ASSERT_EQ(first_broken_invariant(allocator), "") << "step " << step;
  }
  EXPECT_EQ(counting_.counters().host_waits, 0u);
  EXPECT_EQ(blocks.num_wrong(), 0u);
  allocator.release_cached();
  EXPECT_EQ(allocator.statistics().all.reserved_bytes.current, 0u);
}

TEST_F(RealDriverOnDevice, HitsNeitherWaitNorCallTheDriver) {
  Device device(driver_, 0);
  CachingAllocator allocator(driver_, 0);
  const StreamView stream = device.default_stream();
  allocator.free(allocator.allocate(4096, stream));
  const DriverCounters before = counting_.counters();
  constexpr int kPairs = 1'000'000;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kPairs; ++i) allocator.free(allocator.allocate(4096, stream));
  const std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - start;
  RecordProperty("pair_ns", std::to_string(elapsed.count() / kPairs));
  std::printf("allocate + free: %.1f ns per pair\n", elapsed.count() / kPairs);
  const DriverCounters after = counting_.counters();
  EXPECT_EQ(std::memcmp(&before, &after, sizeof before), 0);
}

}  // namespace
}  // namespace vt::cuda
