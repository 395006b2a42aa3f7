// SPDX-License-Identifier: Apache-2.0
// Pools of users, and backends that serve each block by itself: the driver's own pool, and functions of a user.
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <thread>

#include "memory/caching_allocator.hpp"
#include "memory/invariants.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda {
namespace {

using namespace testing;

int num_plugged = 0;            // allocations of the functions below that are out
std::size_t plugged_bytes = 0;  // likewise
void* plugged_allocate(std::size_t bytes, int, void*) {
  if (bytes > 64 * kMiB) return nullptr;
  ++num_plugged;
  plugged_bytes += bytes;
  return std::aligned_alloc(kBlockUnit, round_up(bytes, kBlockUnit));
}
void plugged_free(void* pointer, std::size_t bytes, int, void*) {
  --num_plugged;
  plugged_bytes -= bytes;
  std::free(pointer);
}
constexpr PluggedFunctions kPlugged{plugged_allocate, plugged_free};

class UserPools : public ::testing::Test {
 protected:
  UserPools() {
    register_kernels(sim_);
    num_plugged = 0;
  }
  ~UserPools() override {
    EXPECT_EQ(first_broken_invariant(*allocator_), "");
    allocator_.reset();
    stream_.reset();
    other_.reset();
    sim_.run_all();
    EXPECT_EQ(text(sim_.reports()), "");
    EXPECT_EQ(text(sim_.leaks()), "");
    EXPECT_EQ(num_plugged, 0);
  }

  DevicePtr take(std::size_t bytes) { return allocator_->allocate(bytes, stream_->view()); }
  PoolId pool_of(DevicePtr pointer) {
    const MemorySnapshot snapshot = allocator_->snapshot();
    for (const SegmentSnapshot& segment : snapshot.segments)
      if (segment.address <= pointer && pointer < static_cast<const std::byte*>(segment.address) + segment.bytes)
        return segment.pool;
    return ~PoolId{0};
  }

  SimDriver sim_{SimOptions{.seed = 5, .capacity_bytes = 64 * kMiB}};
  std::optional<Stream> stream_{std::in_place, sim_.table(), 0};
  std::optional<Stream> other_{std::in_place, sim_.table(), 0};
  std::unique_ptr<CachingAllocator> allocator_ = std::make_unique<CachingAllocator>(sim_.table(), 0);
};

TEST_F(UserPools, ServesTheThreadThatUsesItAndNobodyElse) {
  allocator_->free(take(512));
  const PoolId pool = allocator_->create_pool({});
  allocator_->begin_use(pool);
  DevicePtr inside = take(512);
  EXPECT_EQ(pool_of(inside), pool);
  DevicePtr elsewhere = nullptr;
  std::thread([&] { elsewhere = take(512); }).join();
  EXPECT_EQ(pool_of(elsewhere), 0u);
  allocator_->free(inside);
  EXPECT_EQ(take(512), inside);
  allocator_->end_use(pool);
  DevicePtr outside = take(512);
  EXPECT_EQ(pool_of(outside), 0u);
  allocator_->free(inside);
  EXPECT_EQ(pool_of(inside), pool);
  allocator_->release_pool(pool);
  EXPECT_EQ(pool_of(inside), 0u);
}

TEST_F(UserPools, UsesNestAndAreEndedInOrder) {
  const PoolId first = allocator_->create_pool({});
  const PoolId second = allocator_->create_pool({});
  allocator_->begin_use(first);
  allocator_->begin_use(second);
  EXPECT_EQ(pool_of(take(512)), second);
  EXPECT_THROW(allocator_->end_use(first), Error);
  allocator_->end_use(second);
  EXPECT_EQ(pool_of(take(512)), first);
  allocator_->end_use(first);
  EXPECT_THROW(allocator_->end_use(first), Error);
  EXPECT_THROW(allocator_->begin_use(second + 1000), Error);
  allocator_->release_pool(first);
  allocator_->release_pool(second);
}

TEST_F(UserPools, MemoryComesFromFunctionsAndGoesBackToThem) {
  const PoolId pool = allocator_->create_pool(kPlugged);
  allocator_->begin_use(pool);
  DevicePtr first = take(512);
  DevicePtr second = take(512);
  EXPECT_EQ(num_plugged, 1);  // one segment
  EXPECT_EQ(sim_.raw_bytes(0), 0u);
  EXPECT_THROW((void)take(65 * kMiB), Error);
  allocator_->end_use(pool);
  allocator_->free(first);
  allocator_->release_pool(pool);
  allocator_->release_cached();
  EXPECT_EQ(num_plugged, 1);
  allocator_->free(second);
  allocator_->release_cached();
  EXPECT_EQ(num_plugged, 0);
  EXPECT_THROW((void)allocator_->create_pool({plugged_allocate, nullptr}), Error);
}

TEST_F(UserPools, DriverPoolServesEachBlockInStreamOrder) {
  allocator_->set_backend(AllocatorBackend::kDriverPool);
  DevicePtr pointer = take(1000);
  fill(stream_->view(), pointer, 125, 1);
  EXPECT_EQ(allocator_->statistics().all.reserved_bytes.current, 1024u);
  allocator_->free(pointer);
  EXPECT_EQ(allocator_->statistics().all.reserved_bytes.current, 0u);
  EXPECT_EQ(allocator_->statistics().num_raw_frees, 1u);
  sim_.run_all();
  EXPECT_EQ(sim_.raw_bytes(0), 0u);
}

TEST_F(UserPools, DriverPoolWaitsForOtherStreams) {
  allocator_->set_backend(AllocatorBackend::kDriverPool);
  DevicePtr pointer = take(1000);
  Event written(sim_.table(), 0);
  fill(stream_->view(), pointer, 125, 1);
  written.record(stream_->view());
  other_->view().wait(written);
  std::size_t num_wrong = 0;
  check_filled(other_->view(), pointer, 125, 1, &num_wrong);
  allocator_->record_use(pointer, other_->view());
  allocator_->free(pointer);
  EXPECT_EQ(allocator_->statistics().all.reserved_bytes.current, 1024u);
  allocator_->release_cached();
  EXPECT_EQ(allocator_->statistics().all.reserved_bytes.current, 0u);
  sim_.run_all();
  EXPECT_EQ(num_wrong, 0u);
}

TEST_F(UserPools, PluggedBackendServesEachBlock) {
  allocator_->set_backend(AllocatorBackend::kPlugged, kPlugged);
  DevicePtr first = take(13);
  DevicePtr second = take(3 * kMiB);
  EXPECT_EQ(num_plugged, 2);
  EXPECT_EQ(plugged_bytes, 3 * kMiB + 13);  // as asked for, so that a checker of memory sees its end
  allocator_->free(first);
  allocator_->free(second);
  EXPECT_EQ(num_plugged, 0);
  EXPECT_EQ(plugged_bytes, 0u);
  EXPECT_THROW((void)take(65 * kMiB), Error);
}

TEST_F(UserPools, BackendIsChosenBeforeAnythingIsHeld) {
  DevicePtr pointer = take(512);
  EXPECT_THROW(allocator_->set_backend(AllocatorBackend::kDriverPool), Error);
  allocator_->free(pointer);
  allocator_->release_cached();
  allocator_->set_backend(AllocatorBackend::kDriverPool);
  allocator_->set_backend(AllocatorBackend::kCaching);
}

TEST_F(UserPools, FailedFreeOfTheDriverKeepsTheBlockForLater) {
  allocator_->set_backend(AllocatorBackend::kDriverPool);
  DevicePtr pointer = take(512);
  sim_.fail_nth_call(1, SimDriver::Fallible::kAll);
  allocator_->free(pointer);
  EXPECT_EQ(allocator_->statistics().all.reserved_bytes.current, 512u);
  EXPECT_EQ(take(512), pointer);
  allocator_->free(pointer);
  EXPECT_EQ(allocator_->statistics().all.reserved_bytes.current, 0u);
}

}  // namespace
}  // namespace vt::cuda
