// SPDX-License-Identifier: Apache-2.0
// Parallel loops: partition, nesting, errors, concurrent callers and fork.
#include "runtime/thread_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <numeric>
#include <set>
#include <thread>
#include <vector>

#include "../error_text.hpp"
#include "child.hpp"

namespace vt::core {
namespace {

class ThreadPoolTest : public testing::Test {
 protected:
  ThreadPoolTest() {
    test::start();
    set_num_threads(4);
  }
};

TEST_F(ThreadPoolTest, EveryIndexRunsOnce) {
  for (const int64_t count : {1, 7, 8, 1000, 100003}) {
    for (const int64_t grain : {1, 3, 64, 1000000}) {
      std::vector<std::atomic<int>> runs(static_cast<size_t>(count));
      parallel_for(-5, count - 5, grain, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) runs[static_cast<size_t>(i + 5)].fetch_add(1);
      });
      for (const auto& run : runs) ASSERT_EQ(run.load(), 1) << count << " by " << grain;
    }
  }
}

TEST_F(ThreadPoolTest, EmptyRangesRunNothing) {
  bool ran = false;
  parallel_for(3, 3, 1, [&](int64_t, int64_t) { ran = true; });
  parallel_for(3, 2, 1, [&](int64_t, int64_t) { ran = true; });
  EXPECT_FALSE(ran);
}

TEST_F(ThreadPoolTest, PartsEndAtWholeGrains) {
  std::mutex mutex;
  std::vector<std::pair<int64_t, int64_t>> parts;
  parallel_for(10, 1234, 100, [&](int64_t begin, int64_t end) {
    const std::lock_guard lock(mutex);
    parts.emplace_back(begin, end);
  });
  EXPECT_GT(parts.size(), 1u);
  for (const auto& [begin, end] : parts) {
    EXPECT_EQ((begin - 10) % 100, 0);
    EXPECT_TRUE((end - 10) % 100 == 0 || end == 1234);
  }
}

TEST_F(ThreadPoolTest, BlockedSumIsTheSameForEveryThreadCount) {
  std::vector<float> numbers(200000);
  for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = 1.0f / static_cast<float>(i + 1);
  constexpr int64_t kBlock = 1024;
  const auto count = static_cast<int64_t>(numbers.size());
  const auto sum = [&] {
    std::vector<float> sums(static_cast<size_t>((count + kBlock - 1) / kBlock));
    parallel_for(0, count, kBlock, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) sums[static_cast<size_t>(i / kBlock)] += numbers[static_cast<size_t>(i)];
    });
    return std::accumulate(sums.begin(), sums.end(), 0.0f);
  };
  set_num_threads(1);
  const float expected = sum();
  for (const int32_t threads : {2, 3, 7}) {
    set_num_threads(threads);
    EXPECT_EQ(sum(), expected) << threads;
  }
}

TEST_F(ThreadPoolTest, NestedLoopsStayOnTheirThread) {
  std::atomic<int> strays{0};
  parallel_for(0, 64, 1, [&](int64_t, int64_t) {
    const auto self = std::this_thread::get_id();
    parallel_for(0, 64, 1, [&](int64_t, int64_t) {
      if (std::this_thread::get_id() != self) strays.fetch_add(1);
    });
  });
  EXPECT_EQ(strays.load(), 0);
}

TEST_F(ThreadPoolTest, WorkersTakePart) {
  std::mutex mutex;
  std::set<std::thread::id> seen;
  for (int round = 0; round < 1000 && seen.size() < 2; ++round) {
    parallel_for(0, 64, 1, [&](int64_t, int64_t) {
      std::this_thread::yield();
      const std::lock_guard lock(mutex);
      seen.insert(std::this_thread::get_id());
    });
  }
  EXPECT_GE(seen.size(), 2u);
}

TEST_F(ThreadPoolTest, ErrorOfAnyThreadReachesTheCaller) {
  const VtParallelFn body = [](int64_t begin, int64_t end, void*) {
    if (begin <= 777 && 777 < end) {
      tables().object->set_error(VT_ERROR_INDEX, "number 777");
      return 5;
    }
    return 0;
  };
  for (int round = 0; round < 200; ++round) {
    EXPECT_EQ(tables().alloc->parallel_for(0, 1000, 1, body, nullptr), 5);
    const test::TakenError error = test::take_error();
    EXPECT_EQ(error.kind, VT_ERROR_INDEX);
    EXPECT_EQ(error.message, "number 777");
  }
}

TEST_F(ThreadPoolTest, ExceptionStopsTheLoop) {
  EXPECT_THROW(parallel_for(0, 1000, 1, [](int64_t, int64_t) { fail(VT_ERROR_VALUE, "no"); }), std::exception);
  EXPECT_EQ(test::take_error().message, "no");
  EXPECT_EQ(tables().object->error_kind(), VT_ERROR_NONE);
}

TEST_F(ThreadPoolTest, ConcurrentCallersAllFinish) {
  std::vector<std::thread> callers;
  std::atomic<int64_t> total{0};
  for (int i = 0; i < 6; ++i) {
    callers.emplace_back([&total] {
      for (int round = 0; round < 300; ++round)
        parallel_for(0, 100, 1, [&](int64_t begin, int64_t end) { total.fetch_add(end - begin); });
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(total.load(), 6 * 300 * 100);
}

TEST_F(ThreadPoolTest, ChildOfForkHasWorkersOfItsOwn) {
  const auto count = [] {
    std::atomic<int64_t> total{0};
    parallel_for(0, 1000, 1, [&](int64_t begin, int64_t end) { total.fetch_add(end - begin); });
    return total.load();
  };
  ASSERT_EQ(count(), 1000);
  for (int i = 0; i < 100; ++i)
    ASSERT_STREQ(test::run_in_child([&] { return count() == 1000 && count() == 1000; }), "passed");
}

TEST_F(ThreadPoolTest, ThreadCountIsChecked) {
  for (const int32_t threads : {0, -1, 1025}) {
    EXPECT_NE(tables().alloc->set_num_threads(threads), 0);
    EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
  }
  EXPECT_EQ(tables().alloc->num_threads(), 4);
}

}  // namespace
}  // namespace vt::core
