// SPDX-License-Identifier: Apache-2.0
// Expandable segments: where they grow, what goes back of them, and who else may use them.
#include "memory/expandable.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <vector>

#include "graph/graph.hpp"
#include "memory/caching_allocator.hpp"
#include "memory/invariants.hpp"
#include "runtime/counting_driver.hpp"
#include "runtime/device.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda {
namespace {

using namespace testing;

constexpr AllocatorOptions kExpandable{.segments = SegmentKind::kExpandable};

class Expandable : public ::testing::Test {
 protected:
  explicit Expandable(const SimOptions& options = {.seed = 3, .capacity_bytes = 256 * kMiB}) : sim_(options) {
    register_kernels(sim_);
    allocator_->set_options(kExpandable);
  }
  ~Expandable() override {
    EXPECT_EQ(first_broken_invariant(*allocator_), "");
    allocator_.reset();
    stream_.reset();
    other_.reset();
    sim_.run_all();
    EXPECT_EQ(text(sim_.reports()), "");
    EXPECT_EQ(text(sim_.leaks()), "");
  }

  std::byte* take(std::size_t bytes) { return take_on(*stream_, bytes); }
  std::byte* take_on(const Stream& stream, std::size_t bytes) {
    return static_cast<std::byte*>(allocator_->allocate(bytes, stream.view()));
  }
  void free(DevicePtr pointer) { allocator_->free(pointer); }
  std::size_t reserved() const { return allocator_->statistics().all.reserved_bytes.current; }
  std::size_t num_segments() const { return allocator_->statistics().all.segments.current; }

  SimDriver sim_;
  std::optional<Stream> stream_{std::in_place, sim_.table(), 0};
  std::optional<Stream> other_{std::in_place, sim_.table(), 0};
  std::unique_ptr<CachingAllocator> allocator_ = std::make_unique<CachingAllocator>(sim_.table(), 0);
};

TEST_F(Expandable, ASegmentGrowsBehindItsFreeEnd) {
  std::byte* first = take(30 * kMiB);
  EXPECT_EQ(reserved(), 40 * kMiB);
  free(first);
  EXPECT_EQ(take(70 * kMiB), first);
  EXPECT_EQ(reserved(), 80 * kMiB);
  EXPECT_EQ(sim_.raw_bytes(0), 80 * kMiB);
  EXPECT_EQ(num_segments(), 1u);
  free(first);
  allocator_->release_cached();
  EXPECT_EQ(reserved(), 0u);
  EXPECT_EQ(sim_.raw_bytes(0), 0u);
}

TEST_F(Expandable, SmallBlocksHaveASegmentOfTheirOwnThatGrowsByTwoMebibytes) {
  std::vector<std::byte*> blocks;
  for (int i = 0; i < 5; ++i) blocks.push_back(take(700 * kKiB));
  EXPECT_EQ(reserved(), 4 * kMiB);
  EXPECT_EQ(allocator_->statistics().small.segments.current, 1u);
  for (std::size_t i = 1; i < blocks.size(); ++i) EXPECT_EQ(blocks[i], blocks[i - 1] + 700 * kKiB);
  std::byte* large = take(2 * kMiB);
  EXPECT_EQ(allocator_->statistics().large.segments.current, 1u);
  for (std::byte* block : blocks) free(block);
  free(large);
}

TEST_F(Expandable, WholePagesGoBackFromTheMidstOfASegmentAndDataStays) {
  std::vector<std::byte*> blocks;
  for (int i = 0; i < 5; ++i) {
    blocks.push_back(take(20 * kMiB));
    fill(stream_->view(), blocks.back(), 64, static_cast<std::uint64_t>(i));
  }
  EXPECT_EQ(num_segments(), 1u);
  free(blocks[1]);
  free(blocks[3]);
  allocator_->release_cached();
  EXPECT_EQ(reserved(), 60 * kMiB);
  EXPECT_EQ(sim_.raw_bytes(0), 60 * kMiB);
  EXPECT_EQ(num_segments(), 3u);
  std::size_t num_wrong = 0;
  for (const std::uint64_t i : {0u, 2u, 4u}) check_filled(stream_->view(), blocks[i], 64, i, &num_wrong);
  sim_.run_all();
  EXPECT_EQ(num_wrong, 0u);
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  // The lowest gap that is large enough is filled again, and the segments meet.
  EXPECT_EQ(take(20 * kMiB), blocks[1]);
  EXPECT_EQ(num_segments(), 2u);
  EXPECT_EQ(take(30 * kMiB), blocks[4] + 20 * kMiB);
}

TEST_F(Expandable, APageIsKeptForOneBusyBlock) {
  std::byte* large = take(18 * kMiB);
  std::byte* busy = take(2 * kMiB);
  ASSERT_EQ(busy, large + 18 * kMiB);
  free(large);
  allocator_->release_cached();
  EXPECT_EQ(reserved(), 20 * kMiB);
  free(busy);
}

TEST_F(Expandable, MuchMemoryAtOnceIsMappedInEighths) {
  std::byte* large = take(224 * kMiB);
  EXPECT_EQ(reserved(), 240 * kMiB);
  free(large);
  std::byte* busy = take(kMiB + 512);
  ASSERT_EQ(busy, large);
  allocator_->release_cached();
  EXPECT_EQ(reserved(), 30 * kMiB);
  free(busy);
}

TEST_F(Expandable, TheLeastMemoryIsMappedThatMakesARowLongEnough) {
  std::byte* first = take(20 * kMiB);
  std::byte* middle = take(20 * kMiB);
  std::byte* last = take(40 * kMiB);
  std::byte* end = take(20 * kMiB);
  free(middle);
  allocator_->release_cached();  // a gap of 20 MiB
  ASSERT_EQ(reserved(), 80 * kMiB);
  free(first);
  free(last);
  EXPECT_EQ(take(75 * kMiB), first);  // 20 free before the gap, 40 behind it
  EXPECT_EQ(reserved(), 100 * kMiB);
  EXPECT_EQ(num_segments(), 1u);
  free(first);
  free(end);
}

TEST_F(Expandable, RestsOfAnySizeAreSplitOff) {
  std::byte* first = take(2 * kMiB + 512);
  std::byte* second = take(3 * kMiB + 1024);
  EXPECT_EQ(second, first + 2 * kMiB + 512);
  free(first);
  std::byte* third = take(2 * kMiB);
  EXPECT_EQ(third, first);
  EXPECT_EQ(allocator_->usable_bytes(third), 2 * kMiB);
  free(second);
  free(third);
}

TEST_F(Expandable, MemoryThatIsShortIsMappedInSmallPages) {
  allocator_->set_limit(26 * kMiB);
  std::byte* block = take(22 * kMiB);
  EXPECT_EQ(reserved(), 22 * kMiB);
  std::byte* more = take(3 * kMiB);
  EXPECT_EQ(reserved(), 26 * kMiB);
  EXPECT_THROW((void)take(2 * kMiB), Error);
  free(more);
  free(block);
}

TEST_F(Expandable, ARequestThatCannotBeServedMapsNothing) {
  CountingDriver counting(sim_.table());
  CachingAllocator allocator(counting.table(), 0);
  allocator.set_options(kExpandable);
  for (const std::size_t bytes : {250 * kMiB + 8 * kMiB, std::size_t{1} << 42})
    EXPECT_THROW((void)allocator.allocate(bytes, stream_->view()), Error);
  EXPECT_EQ(counting.counters().raw_frees, 0u);
  allocator.free(allocator.allocate(1000, stream_->view()));
}

TEST_F(Expandable, AShortageUnmapsTheFreePagesOfOtherStreams) {
  std::byte* kept = take(10 * kMiB);
  std::byte* large = take(190 * kMiB);
  fill(stream_->view(), large, 64, 1);
  free(large);
  EXPECT_EQ(reserved(), 200 * kMiB);
  std::byte* elsewhere = take_on(*other_, 230 * kMiB);
  EXPECT_EQ(reserved(), 250 * kMiB);  // a page of 20 MiB is kept for the small block
  EXPECT_EQ(allocator_->statistics().num_reclaims, 1u);
  EXPECT_EQ(allocator_->statistics().num_out_of_memory, 0u);
  free(elsewhere);
  free(kept);
}

TEST_F(Expandable, FreePiecesOfOneStreamThatLieApartServeALargeRequest) {
  std::vector<std::byte*> blocks;
  for (int i = 0; i < 12; ++i) blocks.push_back(take(20 * kMiB));
  for (std::size_t i = 0; i < blocks.size(); i += 2) free(blocks[i]);
  // 120 MiB are free, nowhere more than 20 in a row, and the device has 16 more.
  std::byte* large = take(130 * kMiB);
  EXPECT_EQ(reserved(), 250 * kMiB);
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  free(large);
  for (std::size_t i = 1; i < blocks.size(); i += 2) free(blocks[i]);
}

TEST_F(Expandable, TrimmingKeepsSoManyBytesAndTheLowestAddresses) {
  std::byte* busy = take(20 * kMiB);
  std::byte* large = take(100 * kMiB);
  free(large);
  allocator_->release_cached(60 * kMiB);
  EXPECT_EQ(reserved(), 60 * kMiB);
  EXPECT_EQ(take(40 * kMiB), large);
  EXPECT_EQ(reserved(), 60 * kMiB);
  free(large);
  free(busy);
}

TEST_F(Expandable, SegmentsAboveTheShareGoBeforeOneGrows) {
  AllocatorOptions options = kExpandable;
  options.collect_above = 0.5;
  allocator_->set_options(options);
  allocator_->set_limit(200 * kMiB);
  free(take_on(*other_, 80 * kMiB));
  std::byte* block = take(60 * kMiB);
  EXPECT_EQ(reserved(), 100 * kMiB);
  EXPECT_EQ(allocator_->statistics().num_reclaims, 0u);
  free(block);
}

TEST_F(Expandable, TheLargestSizeToSplitIsForPlainSegments) {
  AllocatorOptions options = kExpandable;
  options.max_split_bytes = 24 * kMiB;
  allocator_->set_options(options);
  std::byte* large = take(100 * kMiB);
  free(large);
  EXPECT_EQ(take(4 * kMiB), large);
  EXPECT_EQ(take(30 * kMiB), large + 4 * kMiB);
  EXPECT_EQ(reserved(), 100 * kMiB);
  EXPECT_EQ(allocator_->statistics().oversize_segments.current, 0u);
}

TEST_F(Expandable, ABlockThatIsLeftToLargerRequestsDoesNotKeepASegmentFromGrowing) {
  AllocatorOptions options{.max_split_bytes = 24 * kMiB, .segments = SegmentKind::kPlain};
  allocator_->set_options(options);
  std::byte* plain = take(40 * kMiB);
  free(plain);
  options.segments = SegmentKind::kExpandable;
  allocator_->set_options(options);
  std::byte* first = take(100 * kMiB);
  free(first);
  EXPECT_EQ(take(10 * kMiB), first);
  EXPECT_EQ(take(12 * kMiB), first + 10 * kMiB);
  EXPECT_EQ(reserved(), 140 * kMiB);
}

TEST_F(Expandable, SegmentsMadeAfterASwitchAreOfTheOtherKind) {
  std::byte* expandable = take(2 * kMiB);
  allocator_->set_options({.segments = SegmentKind::kPlain});
  EXPECT_EQ(take(4 * kMiB), expandable + 2 * kMiB);  // what is there still serves
  std::byte* plain = take(30 * kMiB);
  EXPECT_FALSE(expandable < plain && plain < expandable + 256 * kMiB);
  const MemorySnapshot snapshot = allocator_->snapshot();
  ASSERT_EQ(snapshot.segments.size(), 2u);
  EXPECT_NE(snapshot.segments[0].is_expandable, snapshot.segments[1].is_expandable);
  allocator_->set_options(kExpandable);
  EXPECT_EQ(take(50 * kMiB), expandable + 6 * kMiB);
}

TEST_F(Expandable, EventsTellWhatIsMappedAndUnmapped) {
  allocator_->record_history({.is_on = true, .max_events = 100}, true);
  std::byte* block = take(30 * kMiB);
  free(block);
  allocator_->release_cached(20 * kMiB);
  std::vector<MemoryEvent> events = allocator_->snapshot().events;
  std::erase_if(events, [](const MemoryEvent& event) {
    return event.action != MemoryAction::kSegmentMap && event.action != MemoryAction::kSegmentUnmap;
  });
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].action, MemoryAction::kSegmentMap);
  EXPECT_EQ(events[0].address, block);
  EXPECT_EQ(events[0].bytes, 40 * kMiB);
  EXPECT_EQ(events[0].stream, stream_->view().raw());
  EXPECT_EQ(events[1].action, MemoryAction::kSegmentUnmap);
  EXPECT_EQ(events[1].address, block + 20 * kMiB);
  EXPECT_EQ(events[1].bytes, 20 * kMiB);
}

TEST_F(Expandable, FiguresOfSplitsAreExactWhileSegmentsMeetAndFallApart) {
  std::vector<std::byte*> blocks;
  for (int i = 0; i < 6; ++i) blocks.push_back(take(20 * kMiB));
  for (const std::size_t i : {1u, 3u, 4u}) free(blocks[i]);
  EXPECT_EQ(allocator_->statistics().all.inactive_splits.current, 2u);
  EXPECT_EQ(allocator_->statistics().all.inactive_split_bytes.current, 60 * kMiB);
  allocator_->release_cached(80 * kMiB);
  EXPECT_EQ(allocator_->statistics().all.inactive_splits.current, 1u);
  EXPECT_EQ(allocator_->statistics().all.inactive_split_bytes.current, 20 * kMiB);
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  EXPECT_EQ(allocator_->statistics().all.segments.peak, 2u);
}

TEST_F(Expandable, PagesOnWhichAStreamStillWorksAreWaitedFor) {
  std::byte* block = take(20 * kMiB);
  fill(stream_->view(), block, 64, 1);
  Event written(sim_.table(), 0);
  written.record(stream_->view());
  other_->view().wait(written);
  std::size_t num_wrong = 0;
  check_filled(other_->view(), block, 64, 1, &num_wrong);
  allocator_->record_use(block, other_->view());
  free(block);
  allocator_->release_cached();
  EXPECT_EQ(reserved(), 0u);
  EXPECT_EQ(num_wrong, 0u);
}

TEST_F(Expandable, AGraphsPoolGrowsWhileCapturingAndJoinsTheOrdinaryMemory) {
  const auto expandable_bytes = [&](bool of_a_pool) {
    std::size_t bytes = 0;
    for (const SegmentSnapshot& segment : allocator_->snapshot().segments)
      if (segment.is_expandable && (segment.pool != 0) == of_a_pool) bytes += segment.bytes;
    return bytes;
  };
  Graph graph(sim_.table(), *allocator_);
  graph.begin(stream_->view());
  std::byte* small = take(10 * kMiB);
  std::byte* large = take(50 * kMiB);
  fill(stream_->view(), large, 64, 7);
  graph.end();
  EXPECT_EQ(large, small + 10 * kMiB);
  EXPECT_EQ(expandable_bytes(true), 60 * kMiB);
  free(small);
  allocator_->release_cached();
  EXPECT_EQ(expandable_bytes(true), 60 * kMiB);
  for (int i = 0; i < 3; ++i) graph.launch(stream_->view());
  std::size_t num_wrong = 0;
  check_filled(stream_->view(), large, 64, 7, &num_wrong);
  sim_.run_all();
  EXPECT_EQ(num_wrong, 0u);
  graph.reset();
  allocator_->release_cached();
  EXPECT_EQ(expandable_bytes(true), 0u);
  EXPECT_EQ(expandable_bytes(false), 60 * kMiB);
  EXPECT_EQ(take(10 * kMiB), small);
  free(small);
  free(large);
  allocator_->release_cached();
  EXPECT_EQ(reserved(), 0u);
}

TEST_F(Expandable, ARetiredStreamsSegmentServesOthersWhenMemoryIsShort) {
  std::byte* kept = take(2 * kMiB);
  free(take(98 * kMiB));
  allocator_->retire_stream(stream_->view());
  sim_.run_all();
  stream_.emplace(sim_.table(), 0);
  std::byte* block = take_on(*other_, 200 * kMiB);
  EXPECT_EQ(reserved(), 220 * kMiB);
  free(block);
  free(kept);
}

TEST_F(Expandable, PoolsOfUsersAreExpandableUnlessTheyHaveFunctionsOfTheirOwn) {
  const PoolId own = allocator_->create_pool({});
  allocator_->begin_use(own);
  std::byte* first = take(30 * kMiB);
  free(first);
  EXPECT_EQ(take(50 * kMiB), first);
  allocator_->end_use(own);
  free(first);
  const PoolId plugged =
      allocator_->create_pool({[](std::size_t bytes, int, void*) { return std::aligned_alloc(kBlockUnit, bytes); },
                               [](void* pointer, std::size_t, int, void*) { std::free(pointer); }});
  allocator_->begin_use(plugged);
  std::byte* second = take(30 * kMiB);
  allocator_->end_use(plugged);
  EXPECT_EQ(sim_.raw_bytes(0), 60 * kMiB);
  free(second);
  allocator_->release_pool(plugged);
  allocator_->release_pool(own);
}

// Each pool has as many addresses as the device has memory: here there are so few that some get less, or plain segments.
class ExpandableWithFewAddresses : public Expandable {
 protected:
  ExpandableWithFewAddresses() : Expandable({.seed = 3, .capacity_bytes = 256 * kMiB, .virtual_factor = 2}) {}
};

TEST_F(ExpandableWithFewAddresses, PoolsGetByWithLess) {
  std::vector<Stream> streams;
  std::vector<std::byte*> blocks;
  for (int i = 0; i < 5; ++i) streams.emplace_back(sim_.table(), 0);
  for (int round = 0; round < 2; ++round)
    for (const Stream& stream : streams) {
      blocks.push_back(take_on(stream, 4 * kMiB));
      blocks.push_back(take_on(stream, 1000));
    }
  EXPECT_EQ(reserved(), 110 * kMiB);
  EXPECT_EQ(allocator_->statistics().num_reclaims, 0u);
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  for (std::byte* block : blocks) free(block);
  allocator_->release_cached();
}

TEST(ExpandableSegments, AreRefusedWithoutVirtualMemory) {
  SimDriver sim({.virtual_factor = 0});
  const Stream stream(sim.table(), 0);
  CachingAllocator allocator(sim.table(), 0);
  try {
    allocator.set_options(kExpandable);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kNotImplemented);
    EXPECT_NE(error.message().find("no virtual memory"), std::string::npos) << error.message();
  }
  allocator.free(allocator.allocate(1000, stream.view()));
  EXPECT_EQ(allocator.statistics().all.reserved_bytes.current, 2 * kMiB);
}

// A peer may use memory once it was let, that which is mapped later too.
TEST(ExpandableSegments, LetPeersUseTheirMemory) {
  SimDriver sim({.num_devices = 2});
  register_kernels(sim);
  const Stream own(sim.table(), 0);
  const Stream peer(sim.table(), 1);
  CachingAllocator allocator(sim.table(), 0);
  allocator.set_options(kExpandable);
  const DeviceGuard guard(sim.table(), 1);
  std::size_t num_wrong = 0;
  const auto read_by_peer = [&](DevicePtr pointer) {
    check_filled(peer.view(), pointer, 0, 0, &num_wrong);
    check_filled(peer.view(), pointer, 8, 0, &num_wrong);
    sim.run_all();
  };
  DevicePtr first = allocator.allocate(4 * kMiB, own.view());
  read_by_peer(first);
  EXPECT_TRUE(holds(sim.reports(), SimReportKind::kNoAccess));
  const std::size_t num_reports = sim.reports().size();
  allocator.give_access(1);
  allocator.give_access(1);
  read_by_peer(first);
  DevicePtr later = allocator.allocate(100 * kMiB, own.view());
  read_by_peer(later);
  EXPECT_EQ(sim.reports().size(), num_reports);
}

// Memory of which a device was not given access is copied all the same.
TEST(ExpandableSegments, AreCopiedBetweenDevicesWithoutAccess) {
  SimDriver sim({.num_devices = 2});
  register_kernels(sim);
  const Driver& driver = sim.table();
  const Stream streams[2] = {Stream(driver, 0), Stream(driver, 1)};
  CachingAllocator first(driver, 0);
  CachingAllocator second(driver, 1);
  first.set_options(kExpandable);
  second.set_options(kExpandable);
  DevicePtr from = first.allocate(4096, streams[0].view());
  DevicePtr to = second.allocate(4096, streams[1].view());
  fill(streams[0].view(), from, 64, 9);
  ASSERT_EQ(driver.memcpy_peer_async(driver.self, to, 1, from, 0, 512, streams[0].view().raw()), kSuccess);
  Event copied(driver, 0);
  copied.record(streams[0].view());
  streams[1].view().wait(copied);
  std::size_t num_wrong = 0;
  const DeviceGuard guard(driver, 1);
  check_filled(streams[1].view(), to, 64, 9, &num_wrong);
  sim.run_all();
  EXPECT_EQ(num_wrong, 0u);
  EXPECT_EQ(text(sim.reports()), "");
}

}  // namespace
}  // namespace vt::cuda
