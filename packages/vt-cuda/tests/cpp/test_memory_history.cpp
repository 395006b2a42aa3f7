// SPDX-License-Identifier: Apache-2.0
// Figures by pool, the history of events, observers, snapshots, and the message of a request that failed.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "memory/caching_allocator.hpp"
#include "memory/invariants.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda {
namespace {

using namespace testing;

class MemoryHistory : public ::testing::Test {
 protected:
  ~MemoryHistory() override { EXPECT_EQ(first_broken_invariant(allocator_), ""); }

  DevicePtr take(std::size_t bytes) { return allocator_.allocate(bytes, stream_.view()); }

  // Contexts count up from 100; 0 has no words.
  static std::uint64_t capture(void* arg) { return ++*static_cast<std::uint64_t*>(arg) + 99; }
  static void describe(void*, std::uint64_t context, char* text, std::size_t size) {
    std::snprintf(text, size, "line %d", static_cast<int>(context));
  }

  void record(HistoryOptions options) {
    options.is_on = true;
    options.hook = {capture, describe, &num_captured_};
    allocator_.record_history(options, true);
  }
  void record_all() {
    record({.max_events = 100, .has_block_contexts = true, .has_event_contexts = true, .has_free_contexts = true});
  }

  std::string actions() {
    static constexpr const char* kNames[] = {"alloc",         "free_requested", "free_completed",
                                             "segment_alloc", "segment_free",   "map",
                                             "unmap",         "snapshot",       "oom"};
    std::string text;
    for (const MemoryEvent& event : allocator_.snapshot().events)
      text += std::string(kNames[static_cast<int>(event.action)]) + " ";
    return text;
  }

  SimDriver sim_{SimOptions{.seed = 5, .capacity_bytes = 64 * kMiB}};
  Stream stream_{sim_.table(), 0};
  Stream other_{sim_.table(), 0};
  CachingAllocator allocator_{sim_.table(), 0};
  std::uint64_t num_captured_ = 0;
};

TEST_F(MemoryHistory, FiguresAreKeptByPool) {
  DevicePtr small = take(1000);
  DevicePtr large = take(5 * kMiB);
  Statistics now = allocator_.statistics();
  EXPECT_EQ(now.small.allocated_bytes.current, 1024u);
  EXPECT_EQ(now.small.requested_bytes.current, 1000u);
  EXPECT_EQ(now.small.reserved_bytes.current, 2 * kMiB);
  EXPECT_EQ(now.small.inactive_split_bytes.current, 2 * kMiB - 1024);
  EXPECT_EQ(now.large.allocated_bytes.current, 5 * kMiB);
  EXPECT_EQ(now.large.segments.current, 1u);
  EXPECT_EQ(now.large.inactive_splits.current, 1u);
  EXPECT_EQ(now.all.inactive_split_bytes.current, 2 * kMiB - 1024 + 15 * kMiB);
  EXPECT_EQ(now.num_raw_allocs, 2u);
  allocator_.record_use(large, other_.view());
  allocator_.free(large);
  now = allocator_.statistics();
  EXPECT_EQ(now.large.allocations.current, 0u);
  EXPECT_EQ(now.large.active.current, 1u);
  EXPECT_EQ(now.large.active_bytes.current, 5 * kMiB);
  allocator_.release_cached();
  now = allocator_.statistics();
  EXPECT_EQ(now.large.active.current, 0u);
  EXPECT_EQ(now.large.segments.decreased, 1u);
  EXPECT_EQ(now.num_waits, 1u);
  EXPECT_EQ(now.num_raw_frees, 1u);
  allocator_.free(small);
}

// Not on the allocator that is walked at the end: the walk wants totals from the start.
TEST_F(MemoryHistory, PeaksAndTotalsStartAnew) {
  CachingAllocator allocator(sim_.table(), 0);
  allocator.free(allocator.allocate(1000, stream_.view()));
  DevicePtr kept = allocator.allocate(512, stream_.view());
  allocator.reset_peaks();
  EXPECT_EQ(allocator.statistics().small.allocated_bytes.peak, 512u);
  allocator.reset_totals();
  const Statistics now = allocator.statistics();
  EXPECT_EQ(now.all.allocations.increased, 0u);
  EXPECT_EQ(now.all.allocations.current, 1u);
  EXPECT_EQ(now.num_raw_allocs, 0u);
  allocator.free(kept);
  EXPECT_EQ(allocator.statistics().all.allocations.decreased, 1u);
}

TEST_F(MemoryHistory, OversizeBlocksAreCountedAndLeftWhole) {
  allocator_.set_options({.max_split_bytes = 24 * kMiB});
  allocator_.free(take(40 * kMiB));
  EXPECT_EQ(allocator_.statistics().oversize_allocations.increased, 1u);
  EXPECT_EQ(allocator_.statistics().oversize_segments.current, 1u);
  DevicePtr part = take(4 * kMiB);
  EXPECT_EQ(allocator_.statistics().all.segments.current, 2u);
  DevicePtr whole = take(30 * kMiB);
  EXPECT_EQ(allocator_.usable_bytes(whole), 40 * kMiB);
  allocator_.free(part);
  allocator_.free(whole);
  for (const AllocatorOptions& wrong : {AllocatorOptions{.max_split_bytes = 20 * kMiB},
                                        AllocatorOptions{.collect_above = 1.0}, AllocatorOptions{.collect_above = -1}})
    EXPECT_THROW(allocator_.set_options(wrong), Error);
}

TEST_F(MemoryHistory, IdleSegmentsGoBeforeTheShareIsPassed) {
  allocator_.set_options({.collect_above = 0.5});
  allocator_.set_limit(60 * kMiB);
  DevicePtr oldest = take(10 * kMiB);
  DevicePtr newer = take(12 * kMiB);
  allocator_.free(oldest);
  allocator_.free(newer);
  EXPECT_EQ(allocator_.statistics().all.reserved_bytes.current, 22 * kMiB);
  DevicePtr large = take(16 * kMiB);
  // 10 + 12 + 16 is above 30: the one that was idle longest went.
  EXPECT_EQ(allocator_.statistics().all.reserved_bytes.current, 28 * kMiB);
  EXPECT_EQ(take(12 * kMiB), newer);
  EXPECT_EQ(allocator_.statistics().num_reclaims, 0u);
  allocator_.free(large);
}

TEST_F(MemoryHistory, TrimmingKeepsWhatWasUsedLast) {
  DevicePtr first = take(10 * kMiB);
  DevicePtr second = take(12 * kMiB);
  DevicePtr third = take(14 * kMiB);
  allocator_.free(third);
  allocator_.free(first);
  allocator_.free(second);
  (void)take(512);
  allocator_.release_cached(26 * kMiB);
  EXPECT_EQ(allocator_.statistics().all.reserved_bytes.current, 24 * kMiB);
  EXPECT_EQ(take(10 * kMiB), first);
  EXPECT_EQ(take(12 * kMiB), second);
}

TEST_F(MemoryHistory, EventsTellWhatWasDone) {
  record_all();
  DevicePtr pointer = take(1000);
  allocator_.record_use(pointer, other_.view());
  allocator_.free(pointer);
  allocator_.release_cached();
  EXPECT_THROW((void)take(65 * kMiB), Error);
  EXPECT_EQ(actions(), "segment_alloc alloc free_requested free_completed segment_free oom snapshot ");
  const std::vector<MemoryEvent> events = allocator_.snapshot().events;
  EXPECT_EQ(events[0].bytes, 2 * kMiB);
  EXPECT_EQ(events[1].address, pointer);
  EXPECT_EQ(events[1].bytes, 1000u);
  EXPECT_EQ(events[1].stream, stream_.view().raw());
  EXPECT_EQ(events[1].context, 100u);
  EXPECT_EQ(events[2].context, 101u);
  EXPECT_EQ(events[3].context, 100u);  // nobody was running: the allocation's
  EXPECT_EQ(events[5].bytes, 65 * kMiB);
  EXPECT_EQ(events[5].free_bytes, 64 * kMiB);
  for (std::size_t i = 1; i < events.size(); ++i) EXPECT_GE(events[i].time_us, events[i - 1].time_us);
}

TEST_F(MemoryHistory, OnlyTheLatestEventsAreKept) {
  record({.max_events = 3});
  for (int i = 0; i < 4; ++i) allocator_.free(take(512));
  EXPECT_EQ(actions(), "free_requested free_completed snapshot ");
  record({.max_events = 8, .skipped_actions = 1u << static_cast<int>(MemoryAction::kFreeRequested)});
  allocator_.free(take(512));
  EXPECT_EQ(actions(), "alloc free_completed snapshot ");
}

TEST_F(MemoryHistory, ContextsAreTakenAsAskedFor) {
  record({.max_events = 10, .has_block_contexts = true});
  DevicePtr pointer = take(512);
  MemorySnapshot snapshot = allocator_.snapshot();
  EXPECT_EQ(snapshot.blocks[0].context, 100u);
  EXPECT_EQ(snapshot.events[1].context, 0u);
  allocator_.free(pointer);
  EXPECT_EQ(num_captured_, 1u);
  allocator_.record_history({}, false);
  allocator_.free(take(512));
  EXPECT_EQ(num_captured_, 1u);
}

TEST_F(MemoryHistory, SnapshotHoldsSegmentsAndBlocks) {
  DevicePtr first = take(1000);
  DevicePtr second = take(512);
  DevicePtr large = take(12 * kMiB);
  allocator_.free(first);
  const MemorySnapshot snapshot = allocator_.snapshot();
  ASSERT_EQ(snapshot.segments.size(), 2u);
  for (const SegmentSnapshot& segment : snapshot.segments) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < segment.num_blocks; ++i) {
      EXPECT_EQ(snapshot.blocks[segment.first_block + i].address,
                static_cast<const std::byte*>(segment.address) + bytes);
      bytes += snapshot.blocks[segment.first_block + i].bytes;
    }
    EXPECT_EQ(bytes, segment.bytes);
    EXPECT_EQ(segment.stream, stream_.view().raw());
  }
  const SegmentSnapshot& small = snapshot.segments[snapshot.segments[0].kind == BlockKind::kSmall ? 0 : 1];
  EXPECT_EQ(small.allocated_bytes, 512u);
  EXPECT_EQ(small.requested_bytes, 512u);
  ASSERT_EQ(small.num_blocks, 3u);
  EXPECT_EQ(snapshot.blocks[small.first_block].state, BlockState::kFree);
  EXPECT_EQ(snapshot.blocks[small.first_block + 1].address, second);
  allocator_.free(second);
  allocator_.free(large);
}

TEST_F(MemoryHistory, ObserversAreToldUntilTheyAreRemoved) {
  std::vector<MemoryAction> seen;
  const std::uint64_t number = allocator_.add_observer(
      [](void* arg, const MemoryEvent& event) {
        static_cast<std::vector<MemoryAction>*>(arg)->push_back(event.action);
      },
      &seen);
  allocator_.free(take(512));
  allocator_.remove_observer(number);
  allocator_.free(take(512));
  EXPECT_EQ(seen, (std::vector{MemoryAction::kSegmentAllocate, MemoryAction::kAllocate, MemoryAction::kFreeRequested,
                               MemoryAction::kFreeCompleted}));
  EXPECT_TRUE(allocator_.snapshot().events.empty());
}

std::string message_of(CachingAllocator& allocator, std::size_t bytes, StreamView stream) {
  try {
    (void)allocator.allocate(bytes, stream);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kOutOfMemory);
    return error.message();
  }
  ADD_FAILURE() << "expected an error";
  return {};
}

TEST_F(MemoryHistory, MessageOfAShortageNamesTheLargestBlocksAndTheirLines) {
  record({.has_block_contexts = true});
  for (const std::size_t mib : {3, 1, 11, 2, 12, 13}) (void)take(mib * kMiB);
  const std::string message = message_of(allocator_, 40 * kMiB, stream_.view());
  std::string expected = "\nLargest live allocations:";
  for (const auto& [mib, line] : {std::pair{13, 105}, {12, 104}, {11, 102}, {3, 100}, {2, 103}}) {
    char text[128];
    std::snprintf(text, sizeof text, "\n  %zu bytes on stream 0x%llx, from line %d", mib * kMiB,
                  static_cast<unsigned long long>(reinterpret_cast<std::uintptr_t>(stream_.view().raw())), line);
    expected += text;
  }
  ASSERT_NE(message.find("free tensors"), std::string::npos);
  EXPECT_EQ(message.substr(message.find("\nLargest")), expected);
}

TEST_F(MemoryHistory, MessageWithoutHistorySaysHowToSeeLines) {
  (void)take(3 * kMiB);
  const std::string message = message_of(allocator_, 60 * kMiB, stream_.view());
  EXPECT_NE(message.find("of it free in pieces that do not fit 17825792"), std::string::npos) << message;
  EXPECT_NE(message.find("\n  3145728 bytes on stream 0x"), std::string::npos);
  EXPECT_NE(message.find("Record memory history"), std::string::npos);
}

}  // namespace
}  // namespace vt::cuda
