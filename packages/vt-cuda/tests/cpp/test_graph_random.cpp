// SPDX-License-Identifier: Apache-2.0
// Random programs over captures, graphs and ordinary memory at once: contents stamped and verified by kernels inside and
// outside of graphs, captures that fail, pools that are shared, invariants walked, driver calls made to fail.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "every_failure.hpp"
#include "graph/graph.hpp"
#include "memory/caching_allocator.hpp"
#include "memory/invariants.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda {
namespace {

using namespace testing;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kSteps = 20'000;
#else
constexpr int kSteps = 200'000;
#endif
constexpr std::size_t kNumStreams = 6;
constexpr std::size_t kMaxLive = 60;
constexpr std::size_t kMaxGraphs = 5;
constexpr std::size_t kStamped = 8;

struct Stamped {
  std::byte* pointer;
  std::size_t bytes;
  std::size_t stream;  // on which it was allocated
  std::uint64_t stamp;
};

// What graphs of one pool have in common: they run one after the other.
struct SharedPool {
  PoolId id = CachingAllocator::new_pool();
  std::optional<Event> latest;  // the end of the last replay
};

struct Captured {
  std::unique_ptr<Graph> graph;
  std::shared_ptr<SharedPool> pool;
  std::vector<std::size_t> streams;  // that take part; the first is the origin
  std::vector<Stamped> blocks;       // allocated inside and not freed there
  std::vector<Stamped> inputs;       // ordinary blocks that nodes read
};

// A seeded program of one thread. What it does with a stream that is captured becomes part of that capture.
class GraphProgram {
 public:
  GraphProgram(SimDriver& sim, CachingAllocator& allocator, std::uint64_t seed)
      : sim_(sim), driver_(sim.table()), allocator_(allocator), random_(seed) {
    for (std::size_t i = 0; i < kNumStreams; ++i) streams_.emplace_back(driver_, 0);
  }

  void step() {
    const std::uint64_t choice = random_() % 100;
    try {
      if (choice < 30)
        allocate(random_() % kNumStreams);
      else if (choice < 52)
        free_one();
      else if (choice < 60)
        branch();
      else if (choice < 63)
        begin();
      else if (choice < 66)
        end();
      else if (choice < 76)
        replay();
      else if (choice < 79)
        drop_graph();
      else if (choice < 82)
        read_in_graph();
      else if (choice < 85)
        free_block_that_a_capture_uses();
      else if (choice < 99)
        for (std::uint64_t i = random_() % 12; i > 0; --i) (void)sim_.step();
      else if (random_() % 10 == 0)
        allocator_.release_cached();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kOutOfMemory) throw;
    }
  }

  void finish() {
    while (!captures_.empty()) abandon(captures_.size() - 1);
    while (!graphs_.empty()) drop(graphs_.size() - 1);
    while (!live_.empty()) free_one();
  }

  void check() const {
    const Statistics now = allocator_.statistics();
    ASSERT_EQ(now.all.allocations.current, num_blocks_);
    ASSERT_EQ(now.all.requested_bytes.current, requested_bytes_);
    ASSERT_EQ(now.all.reserved_bytes.current, sim_.raw_bytes(0));
    ASSERT_EQ(num_wrong_, 0u);
    ASSERT_FALSE(overlap_);
  }

  std::size_t num_replays() const noexcept { return num_replays_; }
  std::size_t num_failed_captures() const noexcept { return num_failed_captures_; }

 private:
  StreamView stream(std::size_t index) const { return streams_[index].view(); }

  Captured* capture_of(std::size_t index) {
    for (Captured& capture : captures_)
      if (std::find(capture.streams.begin(), capture.streams.end(), index) != capture.streams.end()) return &capture;
    return nullptr;
  }

  void order(std::size_t before, std::size_t after) {
    Event event(driver_, 0);
    event.record(stream(before));
    stream(after).wait(event);
  }

  Stamped take(std::size_t on) {
    const std::uint64_t kind = random_() % 100;
    const std::size_t bytes = 64 + random_() % (kind < 85 ? 64 * kKiB : kind < 97 ? 2 * kMiB : 12 * kMiB);
    auto* pointer = static_cast<std::byte*>(allocator_.allocate(bytes, stream(on)));
    const Stamped block{pointer, bytes, on, random_()};
    const auto after = ranges_.lower_bound(pointer);
    if (after != ranges_.end() && after->first < pointer + bytes) overlap_ = true;
    if (after != ranges_.begin() && std::prev(after)->second > pointer) overlap_ = true;
    ranges_[pointer] = pointer + bytes;
    ++num_blocks_;
    requested_bytes_ += bytes;
    fill(stream(on), pointer, kStamped, block.stamp);
    return block;
  }

  void give_back(const Stamped& block) {
    allocator_.free(block.pointer);
    ranges_.erase(block.pointer);
    --num_blocks_;
    requested_bytes_ -= block.bytes;
  }

  void verify(const Stamped& block, std::size_t on) {
    check_filled(stream(on), block.pointer, kStamped, block.stamp, &num_wrong_);
  }

  template <class T>
  T pick_out(std::vector<T>& from) {
    std::swap(from[random_() % from.size()], from.back());
    T picked = std::move(from.back());
    from.pop_back();
    return picked;
  }

  void allocate(std::size_t on) {
    Captured* capture = capture_of(on);
    std::vector<Stamped>& blocks = capture != nullptr ? capture->blocks : live_;
    if (blocks.size() >= kMaxLive) return;
    // On a stream that was drawn into a capture, what comes is part of a branch.
    if (capture != nullptr && on != capture->streams[0]) return;
    blocks.push_back(take(on));
  }

  void free_one() {
    if (!captures_.empty() && random_() % 2 == 0) {
      Captured& capture = captures_[random_() % captures_.size()];
      if (capture.blocks.empty()) return;
      const Stamped block = pick_out(capture.blocks);
      verify(block, capture.streams[0]);
      give_back(block);
      return;
    }
    if (live_.empty()) return;
    const Stamped block = pick_out(live_);
    if (capture_of(block.stream) == nullptr) verify(block, block.stream);
    give_back(block);
  }

  // Work beside the first stream, joined again; in a capture and outside.
  void branch() {
    const std::size_t from = random_() % kNumStreams;
    const std::size_t to = random_() % kNumStreams;
    Captured* capture = capture_of(from);
    if (from == to || capture_of(to) != nullptr) {
      if (capture == nullptr || capture_of(to) != capture || capture->streams[0] != from) return;
    } else if (capture != nullptr) {
      if (capture->streams[0] != from) return;
    }
    order(from, to);
    if (capture != nullptr && capture_of(to) == nullptr) capture->streams.push_back(to);
    try {
      const Stamped block = take(to);
      verify(block, to);
      order(to, from);
      if (random_() % 2 == 0) {
        allocator_.record_use(block.pointer, stream(from));
        verify(block, from);
      }
      give_back(block);
    } catch (const Error&) {
      order(to, from);  // a branch that nobody waits for would fail the capture
      throw;
    }
  }

  void begin() {
    const std::size_t on = random_() % kNumStreams;
    if (captures_.size() >= 2 || capture_of(on) != nullptr) return;
    Captured capture;
    capture.graph = std::make_unique<Graph>(driver_, allocator_);
    if (!graphs_.empty() && random_() % 2 == 0) capture.pool = graphs_[random_() % graphs_.size()].pool;
    for (const Captured& other : captures_)
      if (other.pool == capture.pool) capture.pool = nullptr;
    if (capture.pool == nullptr) capture.pool = std::make_shared<SharedPool>();
    capture.streams = {on};
    capture.graph->begin(stream(on), capture.pool->id);
    captures_.push_back(std::move(capture));
  }

  void end() {
    if (captures_.empty()) return;
    const std::size_t index = random_() % captures_.size();
    const std::uint64_t way = random_() % 10;
    if (way == 0 || graphs_.size() >= kMaxGraphs) return abandon(index);
    if (way == 1) {
      EXPECT_EQ(driver_.stream_synchronize(driver_.self, stream(captures_[index].streams[0]).raw()),
                kCaptureUnsupported);
      EXPECT_THROW(captures_[index].graph->end(), Error);
      return abandon(index);
    }
    captures_[index].graph->end();
    EXPECT_TRUE(captures_[index].graph->is_ready());
    graphs_.push_back(std::move(captures_[index]));
    captures_.erase(captures_.begin() + static_cast<std::ptrdiff_t>(index));
  }

  void abandon(std::size_t index) {
    ++num_failed_captures_;
    Captured capture = std::move(captures_[index]);
    captures_.erase(captures_.begin() + static_cast<std::ptrdiff_t>(index));
    capture.graph->reset();
    for (const Stamped& block : capture.blocks) give_back(block);
    for (const Stamped& input : capture.inputs) live_.push_back(input);
  }

  void replay() {
    if (graphs_.empty()) return;
    Captured& graph = graphs_[random_() % graphs_.size()];
    const std::size_t on = random_() % kNumStreams;
    if (capture_of(on) != nullptr) return;
    for (const Stamped& input : graph.inputs) {
      if (capture_of(input.stream) != nullptr) return;
      order(input.stream, on);
    }
    if (graph.pool->latest) stream(on).wait(*graph.pool->latest);
    graph.graph->launch(stream(on));
    ++num_replays_;
    for (const Stamped& block : graph.blocks) {
      allocator_.record_use(block.pointer, stream(on));
      verify(block, on);
    }
    for (const Stamped& input : graph.inputs) allocator_.record_use(input.pointer, stream(on));
    if (!graph.pool->latest) graph.pool->latest.emplace(driver_, 0);
    graph.pool->latest->record(stream(on));
  }

  void drop_graph() {
    if (!graphs_.empty() && random_() % 3 == 0) drop(random_() % graphs_.size());
  }

  void drop(std::size_t index) {
    Captured graph = std::move(graphs_[index]);
    graphs_.erase(graphs_.begin() + static_cast<std::ptrdiff_t>(index));
    const bool first = random_() % 2 == 0;
    if (first) graph.graph->reset();
    for (const Stamped& block : graph.blocks) give_back(block);
    if (!first) graph.graph->reset();
    for (const Stamped& input : graph.inputs) live_.push_back(input);
  }

  // An ordinary block becomes an input of a graph, and stays until that is gone.
  void read_in_graph() {
    if (captures_.empty() || live_.empty()) return;
    Captured& capture = captures_[random_() % captures_.size()];
    if (capture.inputs.size() >= 4) return;
    const Stamped block = pick_out(live_);
    capture.inputs.push_back(block);
    allocator_.record_use(block.pointer, stream(capture.streams[0]));
    verify(block, capture.streams[0]);
  }

  void free_block_that_a_capture_uses() {
    if (captures_.empty() || live_.empty()) return;
    const Stamped block = pick_out(live_);
    const std::size_t by = captures_[random_() % captures_.size()].streams.back();
    allocator_.record_use(block.pointer, stream(by));
    give_back(block);
  }

  SimDriver& sim_;
  const Driver& driver_;
  CachingAllocator& allocator_;
  std::mt19937_64 random_;
  std::vector<Stream> streams_;
  std::vector<Stamped> live_;
  std::vector<Captured> captures_;
  std::vector<Captured> graphs_;
  std::map<const std::byte*, const std::byte*> ranges_;
  std::size_t num_blocks_ = 0;
  std::size_t requested_bytes_ = 0;
  std::size_t num_wrong_ = 0;
  std::size_t num_replays_ = 0;
  std::size_t num_failed_captures_ = 0;
  bool overlap_ = false;
};

void run_graph_program(std::uint64_t seed, std::size_t capacity_bytes, int num_steps) {
  SimDriver sim({.seed = seed, .capacity_bytes = capacity_bytes});
  register_kernels(sim);
  {
    CachingAllocator allocator(sim.table(), 0);
    {
      GraphProgram program(sim, allocator, seed + 1);
      for (int step = 0; step < num_steps; ++step) {
        program.step();
        program.check();
        if (::testing::Test::HasFatalFailure() || (step % 512 == 0 && !sim.reports().empty()))
          FAIL() << "seed " << seed << ", step " << step << "\n" << text(sim.reports());
        if (step % 1000 != 0) continue;
        ASSERT_EQ(first_broken_invariant(allocator), "") << "seed " << seed << ", step " << step;
      }
      if (num_steps >= 10'000) {
        EXPECT_GT(program.num_replays(), static_cast<std::size_t>(num_steps) / 100);
        EXPECT_GT(program.num_failed_captures(), static_cast<std::size_t>(num_steps) / 1000);
      }
      program.finish();
      sim.run_all();
      program.check();
      EXPECT_EQ(first_broken_invariant(allocator), "");
      allocator.release_cached();  // while the streams are there, whose uses may have waited for a capture's end
    }
    EXPECT_EQ(allocator.statistics().all.reserved_bytes.current, 0u);
    EXPECT_EQ(allocator.statistics().pending_bytes(), 0u);
  }
  EXPECT_EQ(text(sim.reports()), "");
  EXPECT_EQ(text(sim.leaks()), "");
}

TEST(GraphRandom, ManyStepsWithAmpleMemory) { run_graph_program(3, std::size_t{4} << 30, kSteps); }

TEST(GraphRandom, ManyStepsWithShortMemory) { run_graph_program(4, 112 * kMiB, kSteps); }

TEST(GraphRandom, ManySeeds) {
  for (std::uint64_t seed = 100; seed < 120; ++seed) run_graph_program(seed, 192 * kMiB, kSteps / 100);
}

// One capture with its replays and frees.
void program_around_a_capture(FailureRun& run) {
  CachingAllocator& allocator = run.allocator;
  const Stream capturing(run.sim.table(), 0);
  const Stream other(run.sim.table(), 0);
  std::vector<DevicePtr> live;
  const auto take = [&](std::size_t bytes, StreamView stream) {
    run.attempt([&] { live.push_back(allocator.allocate(bytes, stream)); });
  };
  const auto drop = [&] {
    if (live.empty()) return;
    run.attempt([&] {
      allocator.free(live.back());
      live.pop_back();
    });
  };
  Graph graph(run.sim.table(), allocator);
  run.begin();
  take(4096, other.view());
  take(4 * kMiB, capturing.view());
  drop();
  run.attempt([&] { graph.begin(capturing.view()); });
  take(4096, capturing.view());
  take(24 * kMiB, capturing.view());
  take(24 * kMiB, capturing.view());
  if (!live.empty()) run.attempt([&] { allocator.record_use(live.front(), capturing.view()); });
  run.attempt([&] {
    allocator.free(live.empty() ? nullptr : live.front());
    if (!live.empty()) live.erase(live.begin());
  });
  drop();
  run.attempt([&] { allocator.release_cached(); });
  if (graph.is_capturing()) run.attempt([&] { graph.end(); });
  EXPECT_FALSE(graph.is_capturing());
  if (graph.is_ready()) run.attempt([&] { graph.launch(other.view()); });
  take(4 * kMiB, other.view());
  graph.reset();
  take(20 * kMiB, other.view());
  run.end();
  while (!live.empty()) drop();
  run.sim.run_all();
  allocator.release_cached();
}

constexpr std::size_t kShort = 48 * kMiB;

TEST(GraphFailure, EveryFailedAllocationIsOvercomeOrLeavesNothing) {
  const FailureLoop loop{.which = SimDriver::Fallible::kAllocations, .capacity_bytes = kShort};
  EXPECT_GT(fail_every_call(loop, program_around_a_capture), 0);
}

TEST(GraphFailure, AllocationsFailingForEverLeaveNothing) {
  const FailureLoop loop{.which = SimDriver::Fallible::kAllocations, .for_ever = true, .capacity_bytes = kShort};
  EXPECT_GT(fail_every_call(loop, program_around_a_capture), 0);
}

TEST(GraphFailure, EveryFailedDriverCallLeavesNothing) {
  const FailureLoop loop{.which = SimDriver::Fallible::kAll, .capacity_bytes = kShort};
  EXPECT_GT(fail_every_call(loop, program_around_a_capture), 0);
}

}  // namespace
}  // namespace vt::cuda
