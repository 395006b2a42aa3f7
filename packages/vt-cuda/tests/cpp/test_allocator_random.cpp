// SPDX-License-Identifier: Apache-2.0
// Random programs over the allocator: contents stamped and verified by kernels, invariants walked, calls made to fail.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <thread>
#include <vector>

#include "every_failure.hpp"
#include "memory/caching_allocator.hpp"
#include "memory/invariants.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda {
namespace {

using namespace testing;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kSteps = 40'000;
#else
constexpr int kSteps = 200'000;
#endif
constexpr std::size_t kNumStreams = 8;
constexpr std::size_t kMaxLive = 300;
constexpr std::size_t kStamped = 8;  // values at the front of each block

// A seeded program: allocates, uses on its own and on other streams with proper waits, records these uses, frees, releases.
class RandomProgram {
 public:
  RandomProgram(SimDriver& sim, CachingAllocator& allocator, std::uint64_t seed)
      : sim_(sim), driver_(sim.table()), allocator_(allocator), random_(seed) {
    for (std::size_t i = 0; i < kNumStreams; ++i) streams_.emplace_back(driver_, 0);
  }

  // False when the step met the library's out-of-memory error.
  bool step() {
    const std::uint64_t choice = random_() % 100;
    try {
      if (choice < 35)
        allocate();
      else if (choice < 65)
        free();
      else if (choice < 80)
        use_elsewhere();
      else if (choice < 99)
        for (std::uint64_t i = random_() % 8; i > 0; --i) (void)sim_.step();
      else if (random_() % 100 == 0)
        allocator_.release_cached();
      else if (random_() % 20 == 0)
        replace_stream();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kOutOfMemory) throw;
      return false;
    }
    return true;
  }

  void free_all() {
    while (!live_.empty()) free();
  }

  // What must hold after each step, in constant time.
  void check() const {
    const Statistics now = allocator_.statistics();
    ASSERT_EQ(now.all.allocations.current, live_.size());
    ASSERT_EQ(now.all.requested_bytes.current, requested_bytes_);
    ASSERT_LE(now.all.requested_bytes.current, now.all.allocated_bytes.current);
    ASSERT_LE(now.all.allocated_bytes.current + now.pending_bytes(), now.all.reserved_bytes.current);
    ASSERT_EQ(now.all.reserved_bytes.current, sim_.raw_bytes(0));
    ASSERT_EQ(num_wrong_, 0u);
    ASSERT_FALSE(overlap_);
  }

 private:
  struct Live {
    std::byte* pointer;
    std::size_t bytes;
    std::size_t stream;
    std::uint64_t stamp;
  };

  std::size_t random_size() {
    const std::uint64_t kind = random_() % 100;
    if (kind < 80) return 64 + random_() % (64 * kKiB);
    if (kind < 95) return 64 + random_() % (2 * kMiB);
    return 64 + random_() % (24 * kMiB);
  }

  void allocate() {
    if (live_.size() >= kMaxLive) return free();
    const std::size_t bytes = random_size();
    const std::size_t stream = random_() % kNumStreams;
    auto* pointer = static_cast<std::byte*>(allocator_.allocate(bytes, streams_[stream].view()));
    const std::uint64_t stamp = random_();
    live_.push_back({pointer, bytes, stream, stamp});
    requested_bytes_ += bytes;
    note_range(pointer, bytes);
    fill(streams_[stream].view(), pointer, kStamped, stamp);
  }

  void note_range(const std::byte* pointer, std::size_t bytes) {
    const auto after = ranges_.lower_bound(pointer);
    if (after != ranges_.end() && after->first < pointer + bytes) overlap_ = true;
    if (after != ranges_.begin() && std::prev(after)->second > pointer) overlap_ = true;
    ranges_[pointer] = pointer + bytes;
  }

  void free() {
    if (live_.empty()) return;
    const std::size_t index = random_() % live_.size();
    const Live block = live_[index];
    check_filled(streams_[block.stream].view(), block.pointer, kStamped, block.stamp, &num_wrong_);
    allocator_.free(block.pointer);
    requested_bytes_ -= block.bytes;
    ranges_.erase(block.pointer);
    live_[index] = live_.back();
    live_.pop_back();
  }

  void use_elsewhere() {
    if (live_.empty()) return;
    const Live& block = live_[random_() % live_.size()];
    const StreamView other = streams_[random_() % kNumStreams].view();
    Event written(driver_, 0);
    written.record(streams_[block.stream].view());
    other.wait(written);
    allocator_.record_use(block.pointer, other);
    check_filled(other, block.pointer, kStamped, block.stamp, &num_wrong_);
  }

  // Destroys a stream with its work pending and blocks live; the new one, often of the same handle, takes its place.
  void replace_stream() {
    const std::size_t index = random_() % kNumStreams;
    Event end(driver_, 0);
    end.record(streams_[index].view());
    allocator_.retire_stream(streams_[index].view());
    std::optional<Stream> gone(std::move(streams_[index]));
    gone.reset();
    streams_[index] = Stream(driver_, 0);
    streams_[index].view().wait(end);
    for (const Live& block : live_)
      if (block.stream == index) allocator_.record_use(block.pointer, streams_[index].view());
  }

  SimDriver& sim_;
  const Driver& driver_;
  CachingAllocator& allocator_;
  std::mt19937_64 random_;
  std::vector<Stream> streams_;
  std::vector<Live> live_;
  std::map<const std::byte*, const std::byte*> ranges_;
  std::size_t requested_bytes_ = 0;
  std::size_t num_wrong_ = 0;
  bool overlap_ = false;
};

void run_random_program(std::uint64_t seed, std::size_t capacity_bytes, int num_steps,
                        SegmentKind segments = SegmentKind::kPlain, bool fills = false) {
  SimDriver sim({.seed = seed, .capacity_bytes = capacity_bytes});
  register_kernels(sim);
  {
    CachingAllocator allocator(sim.table(), 0, fills);
    allocator.set_options({.segments = segments});
    RandomProgram program(sim, allocator, seed + 1);
    int num_out_of_memory = 0;
    for (int step = 0; step < num_steps; ++step) {
      num_out_of_memory += program.step() ? 0 : 1;
      program.check();
      if (::testing::Test::HasFatalFailure()) FAIL() << "seed " << seed << ", step " << step;
      if (step % 1000 != 0) continue;
      ASSERT_EQ(first_broken_invariant(allocator), "") << "seed " << seed << ", step " << step;
    }
    EXPECT_EQ(static_cast<std::uint64_t>(num_out_of_memory), allocator.statistics().num_out_of_memory);
    program.free_all();
    sim.run_all();
    program.check();
    allocator.release_cached();
    EXPECT_EQ(allocator.statistics().all.reserved_bytes.current, 0u);
    EXPECT_EQ(first_broken_invariant(allocator), "");
  }
  EXPECT_EQ(text(sim.reports()), "");
  EXPECT_EQ(text(sim.leaks()), "");
}

TEST(AllocatorRandom, ManyStepsWithAmpleMemory) { run_random_program(1, std::size_t{4} << 30, kSteps); }

TEST(AllocatorRandom, ManyStepsWithShortMemory) { run_random_program(2, 160 * kMiB, kSteps); }

TEST(AllocatorRandom, ManyStepsOfExpandableSegments) {
  run_random_program(3, std::size_t{4} << 30, kSteps, SegmentKind::kExpandable);
}

TEST(AllocatorRandom, ManyStepsOfExpandableSegmentsWithShortMemory) {
  run_random_program(4, 160 * kMiB, kSteps, SegmentKind::kExpandable);
}

TEST(AllocatorRandom, ManySeeds) {
  for (std::uint64_t seed = 10; seed < 30; ++seed) {
    run_random_program(seed, 256 * kMiB, kSteps / 100);
    run_random_program(seed, 256 * kMiB, kSteps / 100, SegmentKind::kExpandable);
  }
}

// Memory is filled in stream order alone: never under a kernel that still reads it, nor after one that wrote what is kept.
TEST(AllocatorRandom, ManyStepsWithFilledMemory) {
  for (const SegmentKind segments : {SegmentKind::kPlain, SegmentKind::kExpandable})
    run_random_program(3, 160 * kMiB, kSteps / 20, segments, true);
}

// The seeded fault: a use on another stream that is not recorded lets the block be reused too early, and is reported.
TEST(AllocatorRandom, OmittedRecordOfAUseIsCaught) {
  int num_caught = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    SimDriver sim({.seed = seed});
    register_kernels(sim);
    const Stream own(sim.table(), 0);
    const Stream other(sim.table(), 0);
    CachingAllocator allocator(sim.table(), 0);
    DevicePtr pointer = allocator.allocate(4096, own.view());
    std::size_t num_wrong = 0;
    Event written(sim.table(), 0);
    fill(own.view(), pointer, 64, 1);
    written.record(own.view());
    other.view().wait(written);
    check_filled(other.view(), pointer, 64, 1, &num_wrong);
    allocator.free(pointer);
    ASSERT_EQ(allocator.allocate(4096, own.view()), pointer);
    fill(own.view(), pointer, 64, 2);
    sim.run_all();
    num_caught += holds(sim.reports(), SimReportKind::kRace) ? 1 : 0;
  }
  EXPECT_EQ(num_caught, 20);
}

void mixed_program(FailureRun& run) {
  std::vector<Stream> streams;
  for (int i = 0; i < 3; ++i) streams.emplace_back(run.sim.table(), 0);
  std::mt19937_64 random(7);
  std::vector<DevicePtr> live;
  run.begin();
  for (int i = 0; i < 60; ++i) {
    const std::size_t bytes = 1 + random() % (random() % 3 == 0 ? 24 * kMiB : 64 * kKiB);
    const StreamView stream = streams[random() % 3].view();
    const StreamView other = streams[random() % 3].view();
    run.attempt([&] { live.push_back(run.allocator.allocate(bytes, stream)); });
    if (live.empty()) continue;
    DevicePtr pointer = live[random() % live.size()];
    run.attempt([&] { run.allocator.record_use(pointer, other); });
    if (random() % 4 != 0)
      run.attempt([&] {
        run.allocator.free(pointer);
        std::erase(live, pointer);
      });
    if (i % 20 == 19) run.attempt([&] { run.allocator.release_cached(); });
    (void)run.sim.step();
  }
  run.end();
  for (DevicePtr pointer : live) run.allocator.free(pointer);
  run.allocator.release_cached();
}

void expandable_program(FailureRun& run) {
  run.allocator.set_options({.segments = SegmentKind::kExpandable});
  mixed_program(run);
}

TEST(AllocatorFailure, EveryFailedCallOfExpandableSegmentsIsOvercomeOrAnError) {
  for (const bool for_ever : {false, true})
    EXPECT_GT(fail_every_call({SimDriver::Fallible::kAllocations, for_ever}, expandable_program), 0);
  EXPECT_GT(fail_every_call({.which = SimDriver::Fallible::kAll}, expandable_program), 0);
}

TEST(AllocatorFailure, EveryFailedAllocationIsOutOfMemoryOrOvercome) {
  EXPECT_GT(fail_every_call({.which = SimDriver::Fallible::kAllocations}, mixed_program), 0);
}

TEST(AllocatorFailure, AllocationsFailingForEverAreOutOfMemory) {
  EXPECT_GT(fail_every_call({.which = SimDriver::Fallible::kAllocations, .for_ever = true}, mixed_program), 0);
}

TEST(AllocatorFailure, EveryFailedDriverCallLeavesTheAllocatorWhole) {
  EXPECT_GT(fail_every_call({.which = SimDriver::Fallible::kAll}, mixed_program), 0);
}

TEST(AllocatorThreads, EightThreadsShareOneAllocator) {
  SimDriver sim({.seed = 5, .capacity_bytes = std::size_t{1} << 30});
  register_kernels(sim);
  {
    CachingAllocator allocator(sim.table(), 0);
    std::vector<Stream> streams;
    for (std::size_t i = 0; i < 8; ++i) streams.emplace_back(sim.table(), 0);
    std::vector<std::size_t> num_wrong(8, 0);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 8; ++t)
      threads.emplace_back([&, t] {
        std::mt19937_64 random(t);
        const StreamView stream = streams[t].view();
        std::vector<std::pair<DevicePtr, std::uint64_t>> live;
        for (int step = 0; step < kSteps / 50; ++step) {
          if (live.size() < 32 && random() % 2 == 0) {
            live.emplace_back(allocator.allocate(64 + random() % (256 * kKiB), stream), random());
            fill(stream, live.back().first, kStamped, live.back().second);
          } else if (!live.empty()) {
            std::swap(live[random() % live.size()], live.back());
            const auto [pointer, stamp] = live.back();
            live.pop_back();
            check_filled(stream, pointer, kStamped, stamp, &num_wrong[t]);
            if (random() % 4 == 0) allocator.record_use(pointer, streams[(t + 1) % 8].view());
            allocator.free(pointer);
          }
          (void)sim.step();
        }
        for (const auto& [pointer, stamp] : live) allocator.free(pointer);
      });
    for (std::thread& thread : threads) thread.join();
    sim.run_all();
    EXPECT_EQ(num_wrong, std::vector<std::size_t>(8, 0));
    EXPECT_EQ(first_broken_invariant(allocator), "");
    EXPECT_EQ(allocator.statistics().all.allocations.current, 0u);
  }
  EXPECT_EQ(text(sim.reports()), "");
  EXPECT_EQ(text(sim.leaks()), "");
}

}  // namespace
}  // namespace vt::cuda
