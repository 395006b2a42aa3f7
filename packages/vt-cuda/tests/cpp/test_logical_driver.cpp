// SPDX-License-Identifier: Apache-2.0
// Logical devices: many numbers, one GPU, and devices that keep to themselves.
#include "runtime/logical_driver.hpp"

#include <gtest/gtest.h>

#include "memory/caching_allocator.hpp"
#include "runtime/device.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda::testing {
namespace {

class LogicalDriverTest : public ::testing::Test {
 protected:
  LogicalDriverTest() : logical(sim.table(), 3), driver(logical.table()) { register_kernels(sim); }

  SimDriver sim;
  LogicalDriver logical;
  const Driver& driver;
};

TEST_F(LogicalDriverTest, EveryEntryIsThere) {
  const auto* entries = reinterpret_cast<void* const*>(&driver);
  for (std::size_t i = 1; i < sizeof(Driver) / sizeof(void*); ++i) EXPECT_NE(entries[i], nullptr) << i;
}

TEST_F(LogicalDriverTest, ThereAreAsManyAsAskedForOfWhichEachIsTheGpu) {
  EXPECT_EQ(device_count(driver), 3);
  for (int device = 0; device < 3; ++device) {
    int native = -1;
    EXPECT_EQ(driver.device_native(driver.self, device, &native), kSuccess);
    EXPECT_EQ(native, 0);
    EXPECT_STREQ(Device(driver, device).properties().name, "Simulated device 0");
  }
}

TEST_F(LogicalDriverTest, WithoutAGpuThereIsNone) {
  SimDriver none({.num_devices = 0});
  EXPECT_EQ(device_count(LogicalDriver(none.table(), 3).table()), 0);
}

TEST_F(LogicalDriverTest, ThreadsKeepTheirDeviceAndOthersAreRefused) {
  const DeviceGuard guard(driver, 2);
  int current = -1;
  ASSERT_EQ(driver.get_device(driver.self, &current), kSuccess);
  EXPECT_EQ(current, 2);
  void* memory = nullptr;
  for (const int device : {-1, 3}) {
    EXPECT_EQ(driver.set_device(driver.self, device), kInvalidDevice);
    EXPECT_EQ(driver.mem_alloc(driver.self, device, 256, &memory), kInvalidDevice);
    EXPECT_EQ(driver.device_synchronize(driver.self, device), kInvalidDevice);
  }
  ASSERT_EQ(driver.get_device(driver.self, &current), kSuccess);
  EXPECT_EQ(current, 2);
}

TEST_F(LogicalDriverTest, DevicesHaveStreamsAndMemoryOfTheirOwnAndCopyToEachOther) {
  Device first(driver, 0);
  Device second(driver, 1);
  EXPECT_NE(first.default_stream().raw(), second.default_stream().raw());
  CachingAllocator first_memory(driver, 0);
  CachingAllocator second_memory(driver, 1);
  constexpr std::size_t kCount = 1000;
  void* a = first_memory.allocate(kCount * 8, first.default_stream());
  void* b = second_memory.allocate(kCount * 8, second.default_stream());
  EXPECT_FALSE(second_memory.owns(a));
  int can = 0;
  EXPECT_EQ(driver.device_can_access_peer(driver.self, 0, 1, &can), kSuccess);
  EXPECT_EQ(can, 1);
  EXPECT_EQ(driver.device_enable_peer_access(driver.self, 0, 1), kSuccess);
  fill(first.default_stream(), a, kCount, 7);
  ASSERT_EQ(driver.memcpy_async(driver.self, b, a, kCount * 8, CopyKind::kDeviceToDevice, first.default_stream().raw()),
            kSuccess);
  Event copied(driver, 0);
  copied.record(first.default_stream());
  second.default_stream().wait(copied);
  std::size_t num_wrong = 0;
  check_filled(second.default_stream(), b, kCount, 7, &num_wrong);
  second.synchronize();
  EXPECT_EQ(num_wrong, 0u);
  first_memory.free(a);
  second_memory.free(b);
  first_memory.release_cached();
  second_memory.release_cached();
  EXPECT_EQ(text(sim.reports()), "");
}

}  // namespace
}  // namespace vt::cuda::testing
