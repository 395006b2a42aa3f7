// SPDX-License-Identifier: Apache-2.0
// One program again and again, with the n-th driver call made to fail for every n until none is left to fail.
#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "memory/caching_allocator.hpp"
#include "memory/invariants.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda::testing {

struct FailureLoop {
  SimDriver::Fallible which = SimDriver::Fallible::kAllocations;
  bool for_ever = false;  // or once
  std::size_t capacity_bytes = 96 * kMiB;
};

// What a program of the loop works with. It makes its streams, calls `begin`, makes its calls through `attempt`, which lets them
// fail, calls `end` and gives back what it holds.
class FailureRun {
 public:
  FailureRun(SimDriver& sim, CachingAllocator& allocator, const FailureLoop& loop, std::uint64_t n)
      : sim(sim), allocator(allocator), loop_(loop), n_(n) {}

  void begin() { sim.fail_nth_call(n_, loop_.which, loop_.for_ever); }
  void end() {
    reached_end_ = sim.num_fallible_calls() < n_;
    sim.fail_nth_call(0);
  }

  // A call that fails leaves counts and records as they were.
  template <class Call>
  void attempt(Call&& call) {
    const Statistics before = allocator.statistics();
    try {
      call();
    } catch (const Error& error) {
      ++num_failed_;
      const Statistics after = allocator.statistics();
      EXPECT_EQ(after.all.allocations.current, before.all.allocations.current) << "n " << n_;
      EXPECT_EQ(after.all.allocated_bytes.current, before.all.allocated_bytes.current) << "n " << n_;
      EXPECT_TRUE(loop_.which == SimDriver::Fallible::kAll || error.kind() == ErrorKind::kOutOfMemory)
          << error.message();
      EXPECT_EQ(first_broken_invariant(allocator), "") << "n " << n_;
    }
  }

  int num_failed() const noexcept { return num_failed_; }
  bool reached_end() const noexcept { return reached_end_; }

  SimDriver& sim;
  CachingAllocator& allocator;

 private:
  const FailureLoop& loop_;
  std::uint64_t n_;
  int num_failed_ = 0;
  bool reached_end_ = false;
};

// Returns how many calls were made to fail.
inline int fail_every_call(const FailureLoop& loop, const std::function<void(FailureRun&)>& program) {
  int num_failed = 0;
  bool reached_end = false;
  for (std::uint64_t n = 1; !reached_end && !::testing::Test::HasFailure(); ++n) {
    SimDriver sim({.seed = 3, .capacity_bytes = loop.capacity_bytes});
    register_kernels(sim);
    {
      CachingAllocator allocator(sim.table(), 0);
      FailureRun run(sim, allocator, loop, n);
      program(run);
      reached_end = run.reached_end();
      num_failed += run.num_failed();
      allocator.release_cached();
      EXPECT_EQ(allocator.statistics().all.reserved_bytes.current, 0u) << "n " << n;
      EXPECT_EQ(first_broken_invariant(allocator), "") << "n " << n;
    }
    EXPECT_EQ(text(sim.reports()), "") << "n " << n;
    EXPECT_EQ(text(sim.leaks()), "") << "n " << n;
  }
  return num_failed;
}

}  // namespace vt::cuda::testing
