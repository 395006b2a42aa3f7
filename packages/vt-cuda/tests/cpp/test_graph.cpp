// SPDX-License-Identifier: Apache-2.0
// Graphs and their pools on the simulated driver, and four faults of PyTorch's allocator around captures that must not be here.
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "graph/graph.hpp"
#include "memory/caching_allocator.hpp"
#include "memory/invariants.hpp"
#include "runtime/counting_driver.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda {
namespace {

using namespace testing;

constexpr std::size_t kCapacity = 64 * kMiB;
constexpr char kAddSymbol = 0;  // (const uint64_t* a, const uint64_t* b, uint64_t* out, size_t count)

class GraphTest : public ::testing::Test {
 protected:
  GraphTest() {
    register_kernels(sim_);
    sim_.register_kernel(&kAddSymbol, {"add", {8, 8, 8, 8}, [](SimLaunch& launch) {
                                         const auto* a = launch.param<const std::uint64_t*>(0);
                                         const auto* b = launch.param<const std::uint64_t*>(1);
                                         auto* out = launch.param<std::uint64_t*>(2);
                                         const auto count = launch.param<std::size_t>(3);
                                         if (!launch.reads(a, count * 8) || !launch.reads(b, count * 8)) return;
                                         if (!launch.writes(out, count * 8)) return;
                                         for (std::size_t i = 0; i < count; ++i) out[i] = a[i] + b[i];
                                       }});
  }

  ~GraphTest() override {
    EXPECT_EQ(first_broken_invariant(*allocator_), "");
    allocator_.reset();
    first_.reset();
    second_.reset();
    EXPECT_EQ(text(sim_.reports()), "");
    EXPECT_EQ(text(sim_.leaks()), "");
  }

  StreamView a() const { return first_->view(); }
  StreamView b() const { return second_->view(); }
  std::uint64_t* take(StreamView stream, std::size_t bytes = 4096) {
    return static_cast<std::uint64_t*>(allocator_->allocate(bytes, stream));
  }
  std::size_t reserved() const { return allocator_->statistics().all.reserved_bytes.current; }

  void add(StreamView stream, const std::uint64_t* x, const std::uint64_t* y, std::uint64_t* out, std::size_t count) {
    void* params[] = {&x, &y, &out, &count};
    ASSERT_EQ(launch(driver_, &kAddSymbol, stream, params), kSuccess);
  }

  void fork(StreamView from, StreamView to) {
    Event event(driver_, 0);
    event.record(from);
    to.wait(event);
  }

  template <class Call>
  static Error error_of(Call&& call) {
    try {
      call();
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "expected an error";
    return Error(ErrorKind::kValue, "");
  }

  SimDriver sim_{SimOptions{.seed = 23, .capacity_bytes = kCapacity}};
  CountingDriver counting_{sim_.table()};
  const Driver& driver_ = counting_.table();
  std::optional<Stream> first_{std::in_place, driver_, 0};
  std::optional<Stream> second_{std::in_place, driver_, 0};
  std::unique_ptr<CachingAllocator> allocator_ = std::make_unique<CachingAllocator>(driver_, 0);
  std::size_t num_wrong_ = 0;
};

TEST_F(GraphTest, ReplaysComputeFromWhatTheInputsHoldThen) {
  std::uint64_t* in = take(a());
  fill(a(), in, 8, 1);
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::uint64_t* twice = take(a());
  add(a(), in, in, twice, 8);
  std::uint64_t* out = take(a());
  add(a(), twice, in, out, 8);
  allocator_->free(twice);
  graph.end();
  EXPECT_EQ(graph.num_nodes(), 2u);
  for (std::uint64_t value : {5u, 7u}) {
    fill(a(), in, 8, value);
    graph.launch(a());
    check_filled(a(), out, 8, 3 * value, &num_wrong_);
  }
  sim_.run_all();
  EXPECT_EQ(num_wrong_, 0u);
  allocator_->free(in);
  allocator_->free(out);
}

TEST_F(GraphTest, CaptureRunsNothing) {
  std::uint64_t* in = take(a());
  fill(a(), in, 8, 1);
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  fill(a(), in, 8, 2);
  graph.end();
  check_filled(a(), in, 8, 1, &num_wrong_);
  sim_.run_all();
  EXPECT_EQ(num_wrong_, 0u);
  allocator_->free(in);
}

TEST_F(GraphTest, MemoryFreedInTheCaptureServesLaterNodes) {
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::uint64_t* x = take(a());
  allocator_->free(x);
  EXPECT_EQ(take(a()), x);
  allocator_->free(x);
  const DriverCounters before = counting_.counters();
  for (int i = 0; i < 10; ++i) allocator_->free(take(a()));
  EXPECT_EQ(counting_.counters().event_records, before.event_records);
  EXPECT_EQ(counting_.counters().event_queries, before.event_queries);
  graph.end();
}

TEST_F(GraphTest, ReplaysFillWhatTheGraphTakesAndNothingElse) {
  constexpr std::uint64_t kNan = ~std::uint64_t{0};
  allocator_ = std::make_unique<CachingAllocator>(driver_, 0, true);
  std::uint64_t* ordinary = take(a());
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::uint64_t* x = take(a());
  check_filled(a(), x, 8, kNan, &num_wrong_);
  fill(a(), x, 8, 1);
  allocator_->free(x);
  allocator_->free(ordinary);
  graph.end();
  std::uint64_t* again = take(a());
  EXPECT_EQ(again, ordinary);
  fill(a(), again, 8, 2);
  for (int i = 0; i < 2; ++i) graph.launch(a());
  check_filled(a(), again, 8, 2, &num_wrong_);
  sim_.run_all();
  EXPECT_EQ(num_wrong_, 0u);
  allocator_->free(again);
}

TEST_F(GraphTest, PoolGrowsDuringTheCaptureAndServesNobodyElse) {
  allocator_->free(take(a(), 2 * kMiB));
  const std::size_t ordinary = reserved();
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::uint64_t* small = take(a());
  std::uint64_t* large = take(a(), 2 * kMiB);
  EXPECT_GT(reserved(), ordinary);
  allocator_->free(small);
  allocator_->free(large);
  graph.end();
  const std::size_t with_pool = reserved();
  std::uint64_t* other = take(a());
  EXPECT_NE(other, small);
  EXPECT_NE(take(a(), 2 * kMiB), large);
  allocator_->release_cached();
  EXPECT_GE(reserved(), with_pool - ordinary);
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  graph.reset();
  sim_.run_all();
  allocator_->release_cached();
  allocator_->free(other);
}

TEST_F(GraphTest, BlocksAliveAtTheEndStayValid) {
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::uint64_t* out = take(a());
  fill(a(), out, 8, 9);
  graph.end();
  for (int round = 0; round < 3; ++round) {
    graph.launch(a());
    std::uint64_t* other = take(a());
    fill(a(), other, 8, 1);
    check_filled(a(), out, 8, 9, &num_wrong_);
    allocator_->free(other);
    (void)sim_.step();
  }
  sim_.run_all();
  EXPECT_EQ(num_wrong_, 0u);
  allocator_->free(out);
}

TEST_F(GraphTest, StreamsThatJoinTakeFromThePool) {
  Graph graph(driver_, *allocator_);
  std::uint64_t* in = take(a());
  fill(a(), in, 8, 4);
  graph.begin(a());
  fork(a(), b());
  std::uint64_t* left = take(a());
  std::uint64_t* right = take(b());
  add(a(), in, in, left, 8);
  add(b(), in, in, right, 8);
  fork(b(), a());
  allocator_->record_use(right, a());
  std::uint64_t* out = take(a());
  add(a(), left, right, out, 8);
  allocator_->free(right);
  std::uint64_t* later = take(b());
  EXPECT_NE(later, right);  // its use on the other stream ends with the capture
  allocator_->free(later);
  allocator_->free(left);
  graph.end();
  graph.launch(a());
  graph.launch(b());
  fork(b(), a());
  check_filled(a(), out, 8, 16, &num_wrong_);
  sim_.run_all();
  EXPECT_EQ(num_wrong_, 0u);
  allocator_->free(in);
  allocator_->free(out);
}

TEST_F(GraphTest, GraphsMayShareAPool) {
  const PoolId pool = CachingAllocator::new_pool();
  Graph first(driver_, *allocator_);
  Graph second(driver_, *allocator_);
  first.begin(a(), pool);
  std::uint64_t* x = take(a());
  allocator_->free(x);
  first.end();
  const std::size_t after_first = reserved();
  second.begin(a(), pool);
  EXPECT_EQ(take(a()), x);
  second.end();
  EXPECT_EQ(reserved(), after_first);
  EXPECT_EQ(second.pool(), pool);
  first.reset();
  allocator_->free(x);
  EXPECT_NE(take(a()), x);  // the second graph needs it still
  allocator_->release_cached();
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
}

TEST_F(GraphTest, PoolServesOneCaptureAtATime) {
  const PoolId pool = CachingAllocator::new_pool();
  Graph first(driver_, *allocator_);
  Graph second(driver_, *allocator_);
  first.begin(a(), pool);
  const Error error = error_of([&] { second.begin(b(), pool); });
  EXPECT_NE(error.message().find("another capture"), std::string::npos);
  EXPECT_TRUE(second.is_empty());
  first.end();
  second.begin(b(), pool);
  second.end();
}

TEST_F(GraphTest, DestroyedGraphReturnsItsSegmentsOnceItsReplaysAreOver) {
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::uint64_t* x = take(a(), 4 * kMiB);
  fill(a(), x, 8, 1);
  allocator_->free(x);
  graph.end();
  graph.launch(b());
  graph.reset();
  std::uint64_t* other = take(a(), 4 * kMiB);
  EXPECT_NE(other, x);  // still being written
  sim_.run_all();
  std::vector<std::uint64_t*> blocks;
  for (int i = 0; i < 16 && (blocks.empty() || blocks.back() != x); ++i) blocks.push_back(take(a(), 4 * kMiB));
  EXPECT_EQ(blocks.back(), x);
  for (std::uint64_t* block : blocks) allocator_->free(block);
  allocator_->free(other);
  allocator_->release_cached();
  EXPECT_EQ(reserved(), 0u);
}

TEST_F(GraphTest, ResultOutlivesItsGraph) {
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::uint64_t* out = take(a());
  fill(a(), out, 8, 3);
  graph.end();
  graph.launch(a());
  graph.reset();
  allocator_->release_cached();
  check_filled(a(), out, 8, 3, &num_wrong_);
  sim_.run_all();
  EXPECT_EQ(num_wrong_, 0u);
  allocator_->free(out);
  allocator_->release_cached();
  EXPECT_EQ(reserved(), 0u);
}

TEST_F(GraphTest, FailedCaptureLeavesNothingBehind) {
  std::uint64_t* outside = take(a());
  const std::size_t before = allocator_->statistics().all.allocations.current;
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::uint64_t* x = take(a(), 4 * kMiB);
  EXPECT_EQ(driver_.stream_synchronize(driver_.self, a().raw()), kCaptureUnsupported);
  EXPECT_NE(error_of([&] { take(a()); }).message().find("invalidated"), std::string::npos);
  EXPECT_NE(error_of([&] { graph.end(); }).message().find("901"), std::string::npos);
  EXPECT_TRUE(graph.is_empty());
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  allocator_->free(x);
  EXPECT_EQ(allocator_->statistics().all.allocations.current, before);
  EXPECT_EQ(take(a(), 4 * kMiB), x);  // its memory is ordinary memory
  allocator_->free(x);
  allocator_->free(outside);
  allocator_->release_cached();
  EXPECT_EQ(reserved(), 0u);
  graph.begin(a());
  graph.end();
}

TEST_F(GraphTest, AbandonedCaptureLeavesNothingBehind) {
  {
    Graph graph(driver_, *allocator_);
    graph.begin(a());
    allocator_->free(take(a()));
  }
  allocator_->release_cached();
  EXPECT_EQ(reserved(), 0u);
  fill(a(), take(a()), 8, 1);
  sim_.run_all();
}

TEST_F(GraphTest, UnjoinedStreamFailsTheCapture) {
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  fork(a(), b());
  std::uint64_t* x = take(b());
  fill(b(), x, 8, 1);
  EXPECT_NE(error_of([&] { graph.end(); }).message().find("904"), std::string::npos);
  allocator_->free(x);
  fill(b(), take(b()), 8, 1);  // both streams run again
  sim_.run_all();
}

TEST_F(GraphTest, MisuseIsNamed) {
  Graph graph(driver_, *allocator_);
  EXPECT_NE(error_of([&] { graph.end(); }).message().find("begin it first"), std::string::npos);
  EXPECT_NE(error_of([&] { graph.launch(a()); }).message().find("capture the graph first"), std::string::npos);
  graph.begin(a());
  EXPECT_NE(error_of([&] { graph.begin(a()); }).message().find("end that capture first"), std::string::npos);
  Graph nested(driver_, *allocator_);
  EXPECT_NE(error_of([&] { nested.begin(a()); }).message().find("captured already"), std::string::npos);
  graph.end();
  EXPECT_NE(error_of([&] { graph.begin(a()); }).message().find("reset it"), std::string::npos);
  nested.begin(a());
  EXPECT_NE(error_of([&] { graph.launch(a()); }).message().find("part of another"), std::string::npos);
  nested.end();
  graph.reset();
  graph.reset();
}

TEST_F(GraphTest, OnlyTheThreadThatBeganACaptureEndsIt) {
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::thread([&] { EXPECT_NE(error_of([&] { graph.end(); }).message().find("908"), std::string::npos); }).join();
  EXPECT_TRUE(graph.is_capturing());
  graph.end();
}

TEST_F(GraphTest, OtherThreadsWorkDuringACapture) {
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::thread([&] {
    std::uint64_t* x = take(b());
    fill(b(), x, 8, 1);
    b().synchronize();
    allocator_->free(x);
  }).join();
  fill(a(), take(a()), 8, 1);
  graph.end();
  graph.launch(a());
  sim_.run_all();
}

// PyTorch #189504: out of memory although a free block of the pool would do. Kinds of blocks do not matter when memory is
// short, nor does memory that other streams have cached.
TEST_F(GraphTest, FreeBlockOfThePoolServesWhenMemoryIsShort) {
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::uint64_t* large = take(a(), 20 * kMiB);
  allocator_->free(large);
  std::vector<std::uint64_t*> rest;
  rest.push_back(take(b(), 40 * kMiB));  // an ordinary block, and nothing is left of the device
  EXPECT_LT(kCapacity - sim_.raw_bytes(0), 6 * kMiB);
  for (int i = 0; i < 7; ++i) rest.push_back(take(a(), kMiB));
  for (std::uint64_t* block : rest) allocator_->free(block);
  graph.end();
}

TEST_F(GraphTest, MemoryCachedByOtherStreamsIsGivenBackForACapture) {
  std::uint64_t* x = take(a(), 20 * kMiB);
  fill(a(), x, 8, 1);
  allocator_->free(x);
  x = take(b(), 20 * kMiB);
  fill(b(), x, 8, 1);
  allocator_->free(x);
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::uint64_t* large = take(a(), 60 * kMiB);
  fill(a(), large, 8, 1);
  allocator_->free(large);
  graph.end();
  graph.launch(a());
  sim_.run_all();
}

TEST_F(GraphTest, OutOfMemoryInACaptureIsAnErrorThatLeavesTheCaptureValid) {
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  EXPECT_EQ(error_of([&] { take(a(), 2 * kCapacity); }).kind(), ErrorKind::kOutOfMemory);
  fill(a(), take(a()), 8, 1);
  graph.end();
  graph.launch(a());
  sim_.run_all();
}

// PyTorch #180395 and #190348: a capture whose end fails keeps its pool for good, and the allocator believes it goes on.
TEST_F(GraphTest, EndThatFailsReturnsThePool) {
  for (std::uint64_t n = 1; n <= 2; ++n) {
    Graph graph(driver_, *allocator_);
    graph.begin(a());
    allocator_->free(take(a(), 4 * kMiB));
    sim_.fail_nth_call(n, SimDriver::Fallible::kAll);
    (void)error_of([&] { graph.end(); });
    sim_.fail_nth_call(0);
    EXPECT_TRUE(graph.is_empty());
    allocator_->release_cached();
    EXPECT_EQ(reserved(), 0u);
  }
}

// PyTorch #187795: giving memory back, or the free of a block that a captured stream uses, ends the capture.
TEST_F(GraphTest, FreesDuringACaptureDoNotDisturbIt) {
  std::uint64_t* used = take(b());
  std::uint64_t* unused = take(b(), 4 * kMiB);
  fill(b(), used, 8, 6);
  b().synchronize();
  Graph graph(driver_, *allocator_);
  graph.begin(a());
  std::uint64_t* out = take(a());
  add(a(), used, used, out, 8);
  allocator_->record_use(used, a());
  const DriverCounters before = counting_.counters();
  allocator_->free(used);
  allocator_->free(unused);
  EXPECT_EQ(counting_.counters().event_records, before.event_records);
  EXPECT_NE(take(b()), used);
  allocator_->release_cached();
  EXPECT_TRUE(graph.is_capturing());
  graph.end();
  EXPECT_EQ(first_broken_invariant(*allocator_), "");
  allocator_->free(out);
  allocator_->release_cached();
  EXPECT_EQ(allocator_->statistics().pending_bytes(), 0u);
}

// PyTorch #175015: memory of a pool is treated as if captured although nothing is; blocks used on two streams wait for ever.
TEST_F(GraphTest, BlocksOfAPoolAreOrdinaryOutsideOfItsCapture) {
  const PoolId pool = CachingAllocator::new_pool();
  Graph graph(driver_, *allocator_);
  graph.begin(a(), pool);
  std::uint64_t* out = take(a());
  fill(a(), out, 8, 1);
  graph.end();
  graph.launch(a());
  Graph other(driver_, *allocator_);
  other.begin(b());  // a capture elsewhere changes nothing
  const Stream third(driver_, 0);
  fork(a(), third.view());
  allocator_->record_use(out, third.view());
  check_filled(third.view(), out, 8, 1, &num_wrong_);
  const DriverCounters before = counting_.counters();
  allocator_->free(out);
  EXPECT_EQ(counting_.counters().event_records, before.event_records + 1);
  other.end();
  third.view().synchronize();
  Graph next(driver_, *allocator_);
  next.begin(a(), pool);
  std::vector<std::uint64_t*> blocks;
  for (int i = 0; i < 600 && (blocks.empty() || blocks.back() != out); ++i) blocks.push_back(take(a()));
  EXPECT_EQ(blocks.back(), out);
  next.end();
  EXPECT_EQ(num_wrong_, 0u);
  for (std::uint64_t* block : blocks) allocator_->free(block);
}

TEST(SimulatedGraph, BranchesThatNothingOrdersAreARace) {
  SimDriver sim;
  register_kernels(sim);
  const Stream left(sim.table(), 0);
  const Stream right(sim.table(), 0);
  CachingAllocator allocator(sim.table(), 0);
  DevicePtr x = allocator.allocate(4096, left.view());
  const auto order = [&](StreamView before, StreamView after) {
    Event event(sim.table(), 0);
    event.record(before);
    after.wait(event);
  };
  Graph graph(sim.table(), allocator);
  graph.begin(left.view());
  order(left.view(), right.view());
  fill(left.view(), x, 8, 1);
  fill(right.view(), x, 8, 2);
  order(right.view(), left.view());
  graph.end();
  graph.launch(left.view());
  sim.run_all();
  EXPECT_TRUE(holds(sim.reports(), SimReportKind::kRace));
}

}  // namespace
}  // namespace vt::cuda
