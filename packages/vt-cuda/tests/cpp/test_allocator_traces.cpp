// SPDX-License-Identifier: Apache-2.0
// Millions of random steps of allocator, streams and graphs against a model; a run that fails is cut down and stored, and what was
// stored is run again. Contents are stamped and verified by the programs of test_allocator_random and test_graph_random.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "every_failure.hpp"
#include "shrink.hpp"
#include "trace_runner.hpp"

namespace vt::cuda {
namespace {

using namespace testing;
namespace fs = std::filesystem;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t kSteps = 200'000;
#else
constexpr std::uint64_t kSteps = 16'000'000;
#endif
constexpr std::size_t kStepsPerWalk = 1000;
constexpr std::size_t kCapacity = std::size_t{256} << 20;

struct Setting {
  std::size_t capacity_bytes = kCapacity;
  std::size_t limit_bytes = kNoLimit;
  AllocatorOptions options{};
  TraceFault fault = TraceFault::kNone;
};

const Setting kBounded{.limit_bytes = 96 * kMiB, .options = {.max_split_bytes = 24 * kMiB, .collect_above = 0.8}};

Setting expandable(Setting setting = {}) {
  setting.options.segments = SegmentKind::kExpandable;
  return setting;
}

// An allocator with what a trace needs.
struct Stage {
  explicit Stage(const Setting& setting, std::uint64_t seed = 1)
      : sim({.seed = seed, .capacity_bytes = setting.capacity_bytes}),
        allocator(sim.table(), 0),
        used(sim.device_memory(0), sim.address_bytes()) {
    allocator.set_limit(setting.limit_bytes);
    allocator.set_options(setting.options);
  }

  // After everything is freed: empty when nothing is left over.
  std::string leftover() {
    allocator.release_cached();
    if (allocator.statistics().all.reserved_bytes.current != 0) return "memory is held after all was freed";
    if (std::string broken = first_broken_invariant(allocator); !broken.empty()) return broken;
    return text(sim.reports());
  }

  SimDriver sim;
  CachingAllocator allocator;
  UsedUnits used;
};

// What is wrong with a run of the trace; empty when nothing is.
std::string problem_of(const Trace& trace, const Setting& setting) {
  Stage stage(setting);
  TraceRunner runner(stage.sim, stage.allocator, stage.used, true, setting.fault, setting.options);
  for (const TraceStep& step : trace)
    if (!runner.run(step)) return runner.problem();
  if (std::string broken = first_broken_invariant(stage.allocator); !broken.empty()) return broken;
  runner.finish();
  return stage.leftover();
}

// Cuts the trace down, stores it among those that are run again, and says where.
std::string store(const Trace& trace, const Setting& setting, const std::string& name) {
  const Trace least = shrink(trace, [&](const Trace& shorter) { return !problem_of(shorter, setting).empty(); });
  const fs::path path = fs::path(VT_REGRESSIONS) / (name + ".trace");
  std::ofstream(path) << "# " << problem_of(least, setting) << "\n" << text_of(least);
  return path.string() + ", " + std::to_string(least.size()) + " steps";
}

// The steps of a seed, not kept: when one fails they are made again.
void run_steps(const Setting& setting, std::uint64_t seed, std::uint64_t num_steps) {
  Stage stage(setting, seed);
  TraceRunner runner(stage.sim, stage.allocator, stage.used, true, setting.fault, setting.options);
  TraceRandom random(seed);
  const auto start = std::chrono::steady_clock::now();
  for (std::uint64_t step = 1; step <= num_steps; ++step) {
    const bool holds = runner.run(random_step(random));
    std::string problem = runner.problem();
    if (holds && step % kStepsPerWalk != 0) continue;
    if (holds) problem = first_broken_invariant(stage.allocator);
    if (problem.empty() && runner.num_out_of_memory() != stage.allocator.statistics().num_out_of_memory)
      problem = "requests fail that are not counted";
    if (problem.empty()) continue;
    FAIL() << problem << " at step " << step << " of seed " << seed << "; stored as "
           << store(random_trace(seed, step), setting, "seed-" + std::to_string(seed));
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  if (num_steps >= 1'000'000)
    std::printf("%.1f M steps, %.2f M per second, %llu out of memory\n", static_cast<double>(num_steps) / 1e6,
                static_cast<double>(num_steps) / 1e6 / seconds.count(),
                static_cast<unsigned long long>(runner.num_out_of_memory()));
  runner.finish();
  EXPECT_EQ(stage.leftover(), "");
}

TEST(AllocatorTraces, ManyStepsWithAmpleMemory) { run_steps({.capacity_bytes = std::size_t{1} << 30}, 1, kSteps); }

TEST(AllocatorTraces, ManyStepsWithShortMemory) { run_steps({.capacity_bytes = 48 * kMiB}, 2, kSteps / 6); }

TEST(AllocatorTraces, ManyStepsBelowALimitWithOptions) { run_steps(kBounded, 3, kSteps / 6); }

TEST(AllocatorTraces, ManyStepsOfExpandableSegments) {
  run_steps(expandable({.capacity_bytes = std::size_t{1} << 30}), 4, kSteps / 4);
}

TEST(AllocatorTraces, ManyStepsOfExpandableSegmentsWithShortMemory) {
  run_steps(expandable({.capacity_bytes = 48 * kMiB}), 5, kSteps / 6);
}

TEST(AllocatorTraces, ManyStepsOfExpandableSegmentsBelowALimitWithOptions) {
  run_steps(expandable(kBounded), 6, kSteps / 6);
}

TEST(AllocatorTraces, ManySeeds) {
  for (std::uint64_t seed = 100; seed < 140; ++seed) {
    run_steps({.capacity_bytes = 192 * kMiB}, seed, kSteps / 2000);
    run_steps(expandable({.capacity_bytes = 192 * kMiB}), seed, kSteps / 2000);
  }
}

// Eight threads, each with eight streams and four pools of graphs, share one allocator.
TEST(AllocatorTraces, ManyStepsOnEightThreads) {
  Stage stage({.capacity_bytes = std::size_t{2} << 30});
  std::vector<std::unique_ptr<TraceRunner>> runners;
  stage.allocator.set_options(expandable().options);
  for (int i = 0; i < 8; ++i)
    runners.push_back(std::make_unique<TraceRunner>(stage.sim, stage.allocator, stage.used, false));
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < runners.size(); ++i)
    threads.emplace_back([&, i] {
      TraceRandom random(1000 + i);
      for (std::uint64_t step = 0; step < kSteps / 16 && runners[i]->run(random_step(random)); ++step) {}
      runners[i]->finish();
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& runner : runners) EXPECT_EQ(runner->problem(), "");
  EXPECT_EQ(first_broken_invariant(stage.allocator), "");
  EXPECT_EQ(stage.allocator.statistics().all.allocations.current, 0u);
  stage.sim.run_all();
  EXPECT_EQ(stage.leftover(), "");
}

// Twenty traces, a driver call made to fail at each place: once or for ever, allocations alone or all calls.
TEST(AllocatorTraces, EveryFailedCallOfTwentyTracesIsOvercomeOrAnError) {
  int num_failed = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Trace trace = random_trace(seed * 7919, 600);
    const AllocatorOptions options{.segments = seed % 2 == 0 ? SegmentKind::kPlain : SegmentKind::kExpandable};
    const auto program = [&](FailureRun& run) {
      run.allocator.set_options(options);
      UsedUnits used(run.sim.device_memory(0), run.sim.address_bytes());
      TraceRunner runner(run.sim, run.allocator, used, true);
      runner.let_calls_fail();
      run.begin();
      const auto attempt = [&](const TraceStep& step) {
        run.attempt([&] { EXPECT_TRUE(runner.run(step)) << runner.problem() << ", seed " << seed; });
      };
      for (const TraceStep& step : trace) {
        // A slot is emptied by a step of its own, as one that fails must leave everything as it was.
        if (step.action == TraceAction::kAllocate) attempt({TraceAction::kFree, step.slot, 0, 0});
        attempt(step);
      }
      run.end();
      runner.finish();
      run.sim.run_all();
      run.allocator.release_cached();
    };
    for (const bool for_ever : {false, true})
      num_failed += fail_every_call({SimDriver::Fallible::kAllocations, for_ever, 32 * kMiB}, program);
    num_failed += fail_every_call({SimDriver::Fallible::kAll, false, 32 * kMiB}, program);
  }
  EXPECT_GT(num_failed, 400);
}

// The seeded fault: an allocator that forgets uses on other streams hands blocks out too early.
TEST(AllocatorTraces, AFailingTraceIsCutDown) {
  const Setting setting{.fault = TraceFault::kForgetsUses};
  Trace trace = random_trace(4, 20'000);
  ASSERT_NE(problem_of(trace, setting), "");
  trace = shrink(std::move(trace), [&](const Trace& shorter) { return !problem_of(shorter, setting).empty(); });
  EXPECT_LT(trace.size(), 50u) << text_of(trace);
  EXPECT_NE(problem_of(trace, setting), "");
  EXPECT_EQ(problem_of(trace, {}), "");
  std::istringstream stored(text_of(trace));
  EXPECT_EQ(parse_trace(stored), trace);
}

TEST(AllocatorTraces, StoredTracesPass) {
  int num = 0;
  for (const auto& entry : fs::directory_iterator(VT_REGRESSIONS)) {
    std::ifstream file(entry.path());
    const Trace trace = parse_trace(file);
    EXPECT_FALSE(trace.empty()) << entry.path();
    for (const Setting& setting : {Setting{}, Setting{.capacity_bytes = 64 * kMiB}, kBounded, expandable(),
                                   expandable({.capacity_bytes = 64 * kMiB}), expandable(kBounded)})
      EXPECT_EQ(problem_of(trace, setting), "") << entry.path();
    ++num;
  }
  EXPECT_GT(num, 0);
}

}  // namespace
}  // namespace vt::cuda
