// SPDX-License-Identifier: Apache-2.0
// Virtual memory of the simulated driver: what it does, and that each kind of misuse is caught.
#include <gtest/gtest.h>

#include <vector>

#include "memory/sizes.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda {
namespace {

using namespace testing;

constexpr std::size_t kPage = 2 * kMiB;

class SimVirtual : public ::testing::Test {
 protected:
  SimVirtual() { register_kernels(sim_); }

  std::byte* reserve(std::size_t bytes) {
    DevicePtr address = nullptr;
    EXPECT_EQ(driver_.mem_address_reserve(driver_.self, 0, bytes, &address), kSuccess);
    return static_cast<std::byte*>(address);
  }
  RawMemory create(std::size_t bytes) {
    RawMemory memory = 0;
    EXPECT_EQ(driver_.mem_create(driver_.self, 0, bytes, &memory), kSuccess);
    return memory;
  }
  // A page of which nothing but the mapping is left.
  void map_page(std::byte* address) {
    const RawMemory memory = create(kPage);
    ASSERT_EQ(driver_.mem_map(driver_.self, address, kPage, memory), kSuccess);
    ASSERT_EQ(driver_.mem_release(driver_.self, memory), kSuccess);
    ASSERT_EQ(driver_.mem_set_access(driver_.self, 0, address, kPage), kSuccess);
  }
  Status unmap(std::byte* address, std::size_t bytes) { return driver_.mem_unmap(driver_.self, address, bytes); }
  Status give_back(std::byte* address, std::size_t bytes) {
    return driver_.mem_address_free(driver_.self, 0, address, bytes);
  }
  bool was_reported(SimReportKind kind) const { return holds(sim_.reports(), kind); }

  SimDriver sim_{SimOptions{.num_devices = 2, .capacity_bytes = 64 * kMiB}};
  const Driver& driver_ = sim_.table();
  Stream stream_{driver_, 0};
};

TEST_F(SimVirtual, MemoryLivesWhileItIsMappedAndServesAcrossPages) {
  std::byte* base = reserve(16 * kMiB);
  map_page(base);
  map_page(base + kPage);
  EXPECT_EQ(sim_.raw_bytes(0), 2 * kPage);
  std::byte* across = base + kPage - 256;
  std::size_t num_wrong = 0;
  fill(stream_.view(), across, 64, 3);
  check_filled(stream_.view(), across, 64, 3, &num_wrong);
  stream_.view().synchronize();
  EXPECT_EQ(num_wrong, 0u);
  EXPECT_EQ(unmap(base, 2 * kPage), kSuccess);
  EXPECT_EQ(sim_.raw_bytes(0), 0u);
  EXPECT_EQ(give_back(base, 16 * kMiB), kSuccess);
  EXPECT_EQ(text(sim_.reports()), "");
}

TEST_F(SimVirtual, CapacityIsSharedWithPlainAllocations) {
  void* plain = nullptr;
  ASSERT_EQ(driver_.mem_alloc(driver_.self, 0, 40 * kMiB, &plain), kSuccess);
  RawMemory memory = 0;
  EXPECT_EQ(driver_.mem_create(driver_.self, 0, 26 * kMiB, &memory), kMemoryAllocation);
  memory = create(24 * kMiB);
  void* more = nullptr;
  EXPECT_EQ(driver_.mem_alloc(driver_.self, 0, 512, &more), kMemoryAllocation);
  EXPECT_EQ(driver_.mem_release(driver_.self, memory), kSuccess);
  EXPECT_EQ(driver_.mem_alloc(driver_.self, 0, 512, &more), kSuccess);
  std::size_t free_bytes = 0;
  std::size_t total_bytes = 0;
  EXPECT_EQ(driver_.mem_info(driver_.self, 0, &free_bytes, &total_bytes), kSuccess);
  EXPECT_EQ(free_bytes, 24 * kMiB - 512);
}

TEST_F(SimVirtual, DoubleMapIsCaught) {
  std::byte* base = reserve(16 * kMiB);
  map_page(base);
  const RawMemory memory = create(2 * kPage);
  EXPECT_EQ(driver_.mem_map(driver_.self, base, 2 * kPage, memory), kInvalidValue);
  EXPECT_TRUE(was_reported(SimReportKind::kBadMap));
}

TEST_F(SimVirtual, MapOfWhatIsNotThereIsCaught) {
  std::byte* base = reserve(2 * kPage);
  const RawMemory memory = create(kPage);
  EXPECT_EQ(driver_.mem_map(driver_.self, base + 2 * kPage, kPage, memory), kInvalidValue);  // not reserved
  EXPECT_EQ(driver_.mem_map(driver_.self, base, 2 * kPage, memory), kInvalidValue);          // more than there is
  EXPECT_EQ(driver_.mem_release(driver_.self, memory), kSuccess);
  EXPECT_EQ(driver_.mem_map(driver_.self, base, kPage, memory), kInvalidValue);  // released
  EXPECT_EQ(sim_.reports().size(), 3u);
  EXPECT_EQ(driver_.mem_release(driver_.self, memory), kInvalidValue);
  EXPECT_TRUE(was_reported(SimReportKind::kBadHandle));
}

TEST_F(SimVirtual, UnmapOfAPartOrOfNothingIsCaught) {
  std::byte* base = reserve(16 * kMiB);
  const RawMemory memory = create(2 * kPage);
  ASSERT_EQ(driver_.mem_map(driver_.self, base, 2 * kPage, memory), kSuccess);
  EXPECT_EQ(unmap(base, kPage), kInvalidValue);
  EXPECT_EQ(unmap(base + kPage, kPage), kInvalidValue);
  EXPECT_EQ(unmap(base, 3 * kPage), kInvalidValue);
  EXPECT_EQ(sim_.reports().size(), 3u);
  EXPECT_EQ(unmap(base, 2 * kPage), kSuccess);
  EXPECT_EQ(unmap(base, 2 * kPage), kInvalidValue);
  EXPECT_TRUE(was_reported(SimReportKind::kBadMap));
  EXPECT_EQ(driver_.mem_release(driver_.self, memory), kSuccess);
}

TEST_F(SimVirtual, UnmapOfWhatAStreamUsesIsCaught) {
  std::byte* base = reserve(16 * kMiB);
  map_page(base);
  fill(stream_.view(), base, 8, 1);
  sim_.run_all();  // it has run, but nobody has waited for it
  EXPECT_EQ(unmap(base, kPage), kSuccess);
  EXPECT_TRUE(was_reported(SimReportKind::kRace));
  map_page(base);
  fill(stream_.view(), base, 8, 1);
  EXPECT_EQ(unmap(base, kPage), kSuccess);
  sim_.run_all();
  EXPECT_TRUE(was_reported(SimReportKind::kUseAfterFree));
}

TEST_F(SimVirtual, UseOfMemoryMappedLaterIsCaught) {
  std::byte* base = reserve(16 * kMiB);
  fill(stream_.view(), base, 8, 1);
  map_page(base);
  sim_.run_all();
  EXPECT_TRUE(was_reported(SimReportKind::kUseAfterFree));
}

TEST_F(SimVirtual, UseWithoutAccessIsCaught) {
  std::byte* base = reserve(16 * kMiB);
  const RawMemory memory = create(kPage);
  EXPECT_EQ(driver_.mem_set_access(driver_.self, 0, base, kPage), kInvalidValue);
  EXPECT_TRUE(was_reported(SimReportKind::kBadMap));
  ASSERT_EQ(driver_.mem_map(driver_.self, base, kPage, memory), kSuccess);
  fill(stream_.view(), base, 8, 1);
  sim_.run_all();
  EXPECT_TRUE(was_reported(SimReportKind::kNoAccess));
  EXPECT_EQ(driver_.mem_set_access(driver_.self, 1, base, kPage), kSuccess);  // of another device
  const std::size_t num_reports = sim_.reports().size();
  fill(stream_.view(), base, 8, 1);
  sim_.run_all();
  EXPECT_EQ(sim_.reports().size(), num_reports + 1);
}

TEST_F(SimVirtual, AddressesWithMemoryAreNotGivenBack) {
  std::byte* base = reserve(16 * kMiB);
  map_page(base + kPage);
  EXPECT_EQ(give_back(base, 16 * kMiB), kInvalidValue);
  EXPECT_EQ(give_back(base, 8 * kMiB), kInvalidValue);
  EXPECT_TRUE(was_reported(SimReportKind::kBadFree));
}

TEST_F(SimVirtual, WhatIsLeftOverIsALeak) {
  std::byte* base = reserve(16 * kMiB);
  map_page(base);
  (void)create(kPage);
  const std::string leaks = text(sim_.leaks());
  EXPECT_NE(leaks.find("1 reserved ranges of addresses"), std::string::npos) << leaks;
  EXPECT_NE(leaks.find("1 mappings"), std::string::npos) << leaks;
  EXPECT_NE(leaks.find("2 pieces of memory"), std::string::npos) << leaks;
}

TEST_F(SimVirtual, EveryCallCanBeMadeToFail) {
  std::byte* base = reserve(16 * kMiB);
  const RawMemory memory = create(kPage);
  DevicePtr address = nullptr;
  RawMemory other = 0;
  sim_.fail_nth_call(1, SimDriver::Fallible::kAllocations, true);
  EXPECT_EQ(driver_.mem_address_reserve(driver_.self, 0, kPage, &address), kMemoryAllocation);
  EXPECT_EQ(driver_.mem_create(driver_.self, 0, kPage, &other), kMemoryAllocation);
  EXPECT_EQ(driver_.mem_map(driver_.self, base, kPage, memory), kMemoryAllocation);
  sim_.fail_nth_call(0);
  ASSERT_EQ(driver_.mem_map(driver_.self, base, kPage, memory), kSuccess);
  sim_.fail_nth_call(1, SimDriver::Fallible::kAll, true);
  EXPECT_EQ(driver_.mem_set_access(driver_.self, 0, base, kPage), kMemoryAllocation);
  EXPECT_NE(unmap(base, kPage), kSuccess);
  EXPECT_NE(give_back(base, 16 * kMiB), kSuccess);
  EXPECT_NE(driver_.mem_release(driver_.self, memory), kSuccess);  // and is released
  sim_.fail_nth_call(0);
  EXPECT_EQ(unmap(base, kPage), kSuccess);
  EXPECT_EQ(sim_.raw_bytes(0), 0u);
  EXPECT_EQ(text(sim_.reports()), "");
}

TEST_F(SimVirtual, SizesAreMultiplesOfTheGranularity) {
  std::size_t granularity = 0;
  EXPECT_EQ(driver_.mem_granularity(driver_.self, 0, &granularity), kSuccess);
  EXPECT_EQ(granularity, kPage);
  DevicePtr address = nullptr;
  RawMemory memory = 0;
  EXPECT_EQ(driver_.mem_address_reserve(driver_.self, 0, kMiB, &address), kInvalidValue);
  EXPECT_EQ(driver_.mem_create(driver_.self, 0, kMiB, &memory), kInvalidValue);
  EXPECT_EQ(driver_.mem_create(driver_.self, 2, kPage, &memory), kInvalidDevice);
}

}  // namespace
}  // namespace vt::cuda
