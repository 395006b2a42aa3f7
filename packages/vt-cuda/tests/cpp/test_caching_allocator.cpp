// SPDX-License-Identifier: Apache-2.0
// What every caller may rely on: conformance of the allocator over the bare and the counted simulated driver.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <optional>
#include <vector>

#include "memory/caching_allocator.hpp"
#include "memory/invariants.hpp"
#include "runtime/counting_driver.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda {
namespace {

using namespace testing;

constexpr std::size_t kCapacity = 64 * kMiB;
constexpr std::uint64_t kNan = ~std::uint64_t{0};  // what memory is filled with

class AllocatorConformance : public ::testing::TestWithParam<bool> {
 protected:
  AllocatorConformance() { register_kernels(sim_); }

  ~AllocatorConformance() override {
    EXPECT_EQ(first_broken_invariant(*allocator_), "");
    allocator_.reset();
    first_.reset();
    second_.reset();
    EXPECT_EQ(text(sim_.reports()), "");
    EXPECT_EQ(text(sim_.leaks()), "");
  }

  StreamView a() const { return first_->view(); }
  StreamView b() const { return second_->view(); }
  DevicePtr take(std::size_t bytes) { return allocator_->allocate(bytes, a()); }

  template <class Call>
  static Error error_of(Call&& call) {
    try {
      call();
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "expected an error";
    return Error(ErrorKind::kRuntime, "");
  }

  SimDriver sim_{SimOptions{.seed = 17, .capacity_bytes = kCapacity}};
  CountingDriver counting_{sim_.table()};
  const Driver& driver_ = GetParam() ? counting_.table() : sim_.table();
  std::optional<Stream> first_{std::in_place, driver_, 0};
  std::optional<Stream> second_{std::in_place, driver_, 0};
  std::unique_ptr<CachingAllocator> allocator_ = std::make_unique<CachingAllocator>(driver_, 0);
};

INSTANTIATE_TEST_SUITE_P(Drivers, AllocatorConformance, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "Counted" : "Bare"; });

TEST_P(AllocatorConformance, ZeroBytesAreNullAndNullIsFreed) {
  EXPECT_EQ(take(0), nullptr);
  allocator_->free(nullptr);
  allocator_->record_use(nullptr, b());
  EXPECT_EQ(allocator_->statistics().all.allocations.increased, 0u);
}

TEST_P(AllocatorConformance, BlocksAreAlignedDisjointAndLargeEnough) {
  std::vector<std::pair<std::byte*, std::size_t>> blocks;
  for (const std::size_t bytes : {1ul, 511ul, 512ul, 513ul, kMiB, kMiB + 1, 3 * kMiB, 12 * kMiB}) {
    auto* pointer = static_cast<std::byte*>(take(bytes));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(pointer) % 512, 0u);
    EXPECT_GE(allocator_->usable_bytes(pointer), bytes);
    for (const auto& [other, size] : blocks) EXPECT_TRUE(pointer + bytes <= other || other + size <= pointer);
    blocks.emplace_back(pointer, bytes);
  }
  for (const auto& [pointer, bytes] : blocks) allocator_->free(pointer);
}

TEST_P(AllocatorConformance, MemoryIsFilledAsItIsHandedOutAndFreedWhenAskedFor) {
  constexpr std::size_t kCount = 100;
  for (const bool fills : {true, false}) {
    allocator_ = std::make_unique<CachingAllocator>(driver_, 0, fills);
    std::size_t num_wrong = 0;
    DevicePtr pointer = take(kCount * 8);
    if (fills) check_filled(a(), pointer, kCount, kNan, &num_wrong);
    fill(a(), pointer, kCount, 7);
    allocator_->free(pointer);
    check_filled(a(), pointer, kCount, fills ? kNan : 7, &num_wrong);
    a().synchronize();
    EXPECT_EQ(num_wrong, 0u);
  }
}

TEST_P(AllocatorConformance, BlockThatCannotBeFilledIsFreeAgain) {
  allocator_ = std::make_unique<CachingAllocator>(driver_, 0, true);
  allocator_->free(take(4096));
  sim_.fail_nth_call(1, SimDriver::Fallible::kAll);
  EXPECT_EQ(error_of([&] { (void)take(4096); }).kind(), ErrorKind::kCuda);
  EXPECT_EQ(allocator_->statistics().all.active.current, 0u);
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  allocator_->free(take(4096));
}

TEST_P(AllocatorConformance, FreedBlockServesTheSameStreamAtOnce) {
  DevicePtr first = take(1000);
  fill(a(), first, 125, 1);
  allocator_->free(first);
  DevicePtr second = take(1000);
  EXPECT_EQ(second, first);
  fill(a(), second, 125, 2);
  allocator_->free(second);
  sim_.run_all();
}

TEST_P(AllocatorConformance, FreedBlockIsNotGivenToAnotherStream) {
  DevicePtr first = take(1000);
  fill(a(), first, 125, 1);
  allocator_->free(first);
  DevicePtr second = allocator_->allocate(1000, b());
  EXPECT_NE(second, first);
  fill(b(), second, 125, 2);
  sim_.run_all();
  allocator_->free(second);
}

TEST_P(AllocatorConformance, RecordedUseDefersReuseUntilTheEventIsReady) {
  DevicePtr first = take(12 * kMiB);
  Event written(driver_, 0);
  fill(a(), first, 64, 1);
  written.record(a());
  b().wait(written);
  std::size_t num_wrong = 0;
  check_filled(b(), first, 64, 1, &num_wrong);
  allocator_->record_use(first, b());
  allocator_->free(first);
  EXPECT_EQ(allocator_->statistics().pending_bytes(), 12 * kMiB);
  EXPECT_EQ(allocator_->statistics().all.allocated_bytes.current, 0u);
  DevicePtr other = take(12 * kMiB);
  EXPECT_NE(other, first);
  sim_.run_all();
  EXPECT_EQ(num_wrong, 0u);
  // Freed memory comes back once the host has seen the event, however late that is.
  std::vector<DevicePtr> more;
  while (allocator_->statistics().pending_bytes() != 0) {
    ASSERT_LT(more.size(), 4u);
    more.push_back(take(12 * kMiB));
  }
  EXPECT_EQ(more.back(), first);
  EXPECT_EQ(allocator_->statistics().num_reclaims, 0u);
  fill(a(), first, 64, 2);
  sim_.run_all();
  for (DevicePtr pointer : more) allocator_->free(pointer);
  allocator_->free(other);
}

TEST_P(AllocatorConformance, UseOnTheOwnStreamOrTwiceAddsNothing) {
  DevicePtr pointer = take(512);
  allocator_->record_use(pointer, a());
  allocator_->free(pointer);
  EXPECT_EQ(allocator_->statistics().pending_bytes(), 0u);
  pointer = take(512);
  allocator_->record_use(pointer, b());
  allocator_->record_use(pointer, b());
  allocator_->free(pointer);
  EXPECT_EQ(counting_.counters().event_records, GetParam() ? 1u : 0u);
}

TEST_P(AllocatorConformance, HitsNeitherWaitNorCallTheDriver) {
  allocator_->free(take(4096));
  const DriverCounters before = counting_.counters();
  for (int i = 0; i < 1000; ++i) allocator_->free(take(4096));
  const DriverCounters after = counting_.counters();
  EXPECT_EQ(after.raw_allocs, before.raw_allocs);
  EXPECT_EQ(after.host_waits, 0u);
  EXPECT_EQ(after.event_queries + after.event_records, 0u);
  EXPECT_EQ(allocator_->statistics().all.segments.current, 1u);
}

TEST_P(AllocatorConformance, SmallRequestsShareASegment) {
  std::vector<DevicePtr> pointers;
  for (int i = 0; i < 4096; ++i) pointers.push_back(take(512));
  EXPECT_EQ(allocator_->statistics().all.segments.current, 1u);
  EXPECT_EQ(allocator_->statistics().all.reserved_bytes.current, 2 * kMiB);
  pointers.push_back(take(1));
  EXPECT_EQ(allocator_->statistics().all.segments.current, 2u);
  for (DevicePtr pointer : pointers) allocator_->free(pointer);
}

TEST_P(AllocatorConformance, StatisticsAreExact) {
  DevicePtr first = take(100);
  DevicePtr second = take(1000);
  allocator_->free(first);
  DevicePtr third = take(5 * kMiB);
  const Statistics now = allocator_->statistics();
  EXPECT_EQ(now.all.allocations.current, 2u);
  EXPECT_EQ(now.all.allocations.peak, 2u);
  EXPECT_EQ(now.all.allocations.increased, 3u);
  EXPECT_EQ(now.all.allocations.decreased, 1u);
  EXPECT_EQ(now.all.allocated_bytes.current, 1024 + 5 * kMiB);
  EXPECT_EQ(now.all.allocated_bytes.increased, 512 + 1024 + 5 * kMiB);
  EXPECT_EQ(now.all.requested_bytes.current, 1000 + 5 * kMiB);
  EXPECT_EQ(now.all.requested_bytes.decreased, 100u);
  EXPECT_EQ(now.all.reserved_bytes.current, 22 * kMiB);
  EXPECT_EQ(now.all.reserved_bytes.current, sim_.raw_bytes(0));
  EXPECT_EQ(now.all.segments.current, 2u);
  allocator_->free(third);
  allocator_->release_cached();
  allocator_->reset_peaks();
  const Statistics after = allocator_->statistics();
  EXPECT_EQ(after.all.reserved_bytes.current, 2 * kMiB);
  EXPECT_EQ(after.all.reserved_bytes.peak, 2 * kMiB);
  EXPECT_EQ(after.all.allocated_bytes.peak, 1024u);
  allocator_->free(second);
}

TEST_P(AllocatorConformance, ReleaseGivesBackAllThatIsIdle) {
  DevicePtr kept = take(512);
  DevicePtr freed = take(30 * kMiB);
  fill(a(), freed, 64, 1);
  allocator_->record_use(freed, b());
  allocator_->free(freed);
  allocator_->release_cached();
  EXPECT_EQ(allocator_->statistics().all.reserved_bytes.current, 2 * kMiB);
  EXPECT_EQ(sim_.raw_bytes(0), 2 * kMiB);
  allocator_->free(kept);
  allocator_->release_cached();
  EXPECT_EQ(sim_.raw_bytes(0), 0u);
  EXPECT_EQ(allocator_->statistics().all.segments.current, 0u);
}

TEST_P(AllocatorConformance, DoubleInteriorAndForeignFreesAreRejected) {
  auto* pointer = static_cast<std::byte*>(take(2048));
  const Statistics before = allocator_->statistics();
  int local = 0;
  for (void* wrong : {static_cast<void*>(pointer + 512), static_cast<void*>(pointer + 1), static_cast<void*>(&local)}) {
    const Error error = error_of([&] { allocator_->free(wrong); });
    EXPECT_EQ(error.kind(), ErrorKind::kValue);
    EXPECT_NE(error.message().find("not a live allocation"), std::string::npos);
    EXPECT_EQ(error_of([&] { allocator_->record_use(wrong, b()); }).kind(), ErrorKind::kValue);
  }
  EXPECT_EQ(allocator_->statistics().all.allocations.current, before.all.allocations.current);
  allocator_->free(pointer);
  EXPECT_EQ(error_of([&] { allocator_->free(pointer); }).kind(), ErrorKind::kValue);
  EXPECT_EQ(allocator_->statistics().all.allocations.decreased, 1u);
}

TEST_P(AllocatorConformance, FreeOfAPendingBlockIsRejected) {
  DevicePtr pointer = take(512);
  allocator_->record_use(pointer, b());
  allocator_->free(pointer);
  EXPECT_EQ(error_of([&] { allocator_->free(pointer); }).kind(), ErrorKind::kValue);
}

TEST_P(AllocatorConformance, RetiredStreamGivesItsHandleToAnotherSafely) {
  const StreamView same_handle = b();
  DevicePtr own = allocator_->allocate(512, b());
  fill(b(), own, 64, 1);
  allocator_->free(own);
  DevicePtr used = take(512);
  Event written(driver_, 0);
  fill(a(), used, 64, 2);
  written.record(a());
  b().wait(written);
  std::size_t num_wrong = 0;
  check_filled(b(), used, 64, 2, &num_wrong);
  allocator_->record_use(used, b());
  DevicePtr kept = allocator_->allocate(512, b());
  allocator_->retire_stream(b());
  DevicePtr other = allocator_->allocate(512, same_handle);
  EXPECT_NE(other, own);
  allocator_->free(kept);
  EXPECT_NE(allocator_->allocate(512, same_handle), kept);
  second_.reset();
  allocator_->free(used);
  EXPECT_EQ(allocator_->statistics().pending_bytes(), 512u);
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  allocator_->release_cached();
  EXPECT_EQ(allocator_->statistics().pending_bytes(), 0u);
  EXPECT_EQ(num_wrong, 0u);
}

TEST_P(AllocatorConformance, UseAfterRetirementIsRecordedAnew) {
  DevicePtr pointer = take(512);
  allocator_->record_use(pointer, b());
  allocator_->retire_stream(b());
  allocator_->record_use(pointer, b());
  allocator_->free(pointer);
  EXPECT_EQ(counting_.counters().event_records, GetParam() ? 2u : 0u);
}

TEST_P(AllocatorConformance, StreamOfAnotherDeviceIsRejected) {
  const StreamView foreign(driver_, 1, a().raw());
  EXPECT_EQ(error_of([&] { (void)allocator_->allocate(512, foreign); }).kind(), ErrorKind::kValue);
  DevicePtr pointer = take(512);
  EXPECT_EQ(error_of([&] { allocator_->record_use(pointer, foreign); }).kind(), ErrorKind::kValue);
  allocator_->free(pointer);
}

TEST_P(AllocatorConformance, PerThreadDefaultStreamIsRejected) {
  const StreamView per_thread(driver_, 0, reinterpret_cast<RawStream>(kPerThreadStream));
  EXPECT_EQ(error_of([&] { (void)allocator_->allocate(512, per_thread); }).kind(), ErrorKind::kValue);
  DevicePtr pointer = take(512);
  EXPECT_EQ(error_of([&] { allocator_->record_use(pointer, per_thread); }).kind(), ErrorKind::kValue);
  allocator_->free(pointer);
}

TEST_P(AllocatorConformance, OversizedRequestIsAValueErrorAndTooLargeIsOutOfMemory) {
  EXPECT_EQ(error_of([&] { (void)take(~std::size_t{0}); }).kind(), ErrorKind::kValue);
  const Error error = error_of([&] { (void)take(65 * kMiB); });
  EXPECT_EQ(error.kind(), ErrorKind::kOutOfMemory);
  EXPECT_EQ(
      error.message(),
      "allocate: device 0 is out of memory: got a request of 68157440 bytes (a segment of 69206016); allocated 0, "
      "reserved 0, free on the device 67108864 of 67108864; free tensors, use smaller batches or raise the limit");
  EXPECT_EQ(allocator_->statistics().num_out_of_memory, 1u);
}

TEST_P(AllocatorConformance, ShortMemoryReleasesTheCacheAndTriesAgain) {
  allocator_->free(take(30 * kMiB));
  allocator_->free(allocator_->allocate(30 * kMiB, b()));
  DevicePtr large = take(60 * kMiB);
  EXPECT_NE(large, nullptr);
  EXPECT_EQ(allocator_->statistics().num_reclaims, 1u);
  EXPECT_EQ(allocator_->statistics().all.reserved_bytes.current, 60 * kMiB);
  allocator_->free(large);
}

TEST_P(AllocatorConformance, ShortMemoryWaitsForPendingFrees) {
  DevicePtr first = take(60 * kMiB);
  fill(b(), first, 64, 1);
  allocator_->record_use(first, b());
  allocator_->free(first);
  DevicePtr second = take(60 * kMiB);
  EXPECT_EQ(second, first);
  fill(a(), second, 64, 2);
  sim_.run_all();
  EXPECT_EQ(counting_.counters().host_waits, GetParam() ? 1u : 0u);
  allocator_->free(second);
}

TEST_P(AllocatorConformance, ShortMemoryTakesASegmentNoLargerThanNeeded) {
  DevicePtr most = take(60 * kMiB);
  DevicePtr rest = take(3 * kMiB);
  EXPECT_EQ(allocator_->statistics().all.reserved_bytes.current, 64 * kMiB);
  EXPECT_EQ(allocator_->statistics().num_reclaims, 0u);
  allocator_->free(most);
  allocator_->free(rest);
}

// All memory is reserved, no segment is idle, but a free block of the other stream fits.
TEST_P(AllocatorConformance, ShortMemoryUsesAFreeBlockOfAnotherStream) {
  DevicePtr most = take(44 * kMiB);
  DevicePtr kept = allocator_->allocate(4 * kMiB, b());
  DevicePtr freed = allocator_->allocate(8 * kMiB, b());
  fill(b(), freed, 64, 1);
  allocator_->free(freed);
  DevicePtr stolen = take(8 * kMiB);
  fill(a(), stolen, 64, 2);
  sim_.run_all();
  allocator_->free(stolen);
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  EXPECT_EQ(take(8 * kMiB), stolen);
  allocator_->free(stolen);
  allocator_->free(kept);
  allocator_->free(most);
  allocator_->release_cached();
  EXPECT_EQ(sim_.raw_bytes(0), 0u);
}

// Neither piece fits, but together they do: one block's two halves went to different streams.
TEST_P(AllocatorConformance, ShortMemoryJoinsFreeNeighboursOfSeveralStreams) {
  DevicePtr most = take(44 * kMiB);
  DevicePtr first = allocator_->allocate(8 * kMiB, b());
  DevicePtr kept = allocator_->allocate(4 * kMiB, b());
  DevicePtr last = allocator_->allocate(8 * kMiB, b());
  allocator_->free(first);
  DevicePtr stolen = take(4 * kMiB);
  EXPECT_EQ(stolen, first);
  allocator_->free(stolen);
  DevicePtr joined = take(8 * kMiB);
  EXPECT_EQ(joined, first);
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  for (DevicePtr pointer : {joined, kept, last, most}) allocator_->free(pointer);
}

TEST_P(AllocatorConformance, LimitHoldsAndCanBeLifted) {
  allocator_->set_limit(10 * kMiB);
  DevicePtr small = take(512);
  const Error error = error_of([&] { (void)take(9 * kMiB); });
  EXPECT_EQ(error.kind(), ErrorKind::kOutOfMemory);
  EXPECT_NE(error.message().find("limit 10485760"), std::string::npos);
  EXPECT_EQ(sim_.raw_bytes(0), 2 * kMiB);
  allocator_->remove_limit();
  allocator_->free(take(9 * kMiB));
  allocator_->set_limit_fraction(0.5);
  EXPECT_EQ(error_of([&] { (void)take(32 * kMiB); }).kind(), ErrorKind::kOutOfMemory);
  for (const double wrong : {0.0, -0.5, 1.5, std::nan("")})
    EXPECT_EQ(error_of([&] { allocator_->set_limit_fraction(wrong); }).kind(), ErrorKind::kValue);
  allocator_->free(small);
}

TEST_P(AllocatorConformance, FailedRecordLeavesTheBlockLive) {
  DevicePtr pointer = take(512);
  allocator_->record_use(pointer, b());
  sim_.fail_nth_call(1, SimDriver::Fallible::kAll);
  EXPECT_EQ(error_of([&] { allocator_->free(pointer); }).kind(), ErrorKind::kCuda);
  EXPECT_EQ(allocator_->statistics().all.allocations.current, 1u);
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  allocator_->free(pointer);
}

TEST_P(AllocatorConformance, MemoryStillOutIsGivenBackWithTheAllocator) {
  fill(a(), take(3 * kMiB), 64, 1);
  allocator_->record_use(take(512), b());
}

}  // namespace
}  // namespace vt::cuda
