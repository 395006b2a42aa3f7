// SPDX-License-Identifier: Apache-2.0
// Prints the cost of an allocator hit, single-threaded and uncontended, on the simulated driver.
#include <chrono>
#include <cstdio>
#include <future>
#include <thread>
#include <vector>

#include "memory/caching_allocator.hpp"
#include "runtime/sim_driver.hpp"

namespace {

using namespace vt::cuda;
using Clock = std::chrono::steady_clock;

double nanoseconds_per(std::size_t num, Clock::time_point start) {
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count() / static_cast<double>(num);
}

// One block taken and given back, over and over.
double pair_ns(CachingAllocator& allocator, StreamView stream, std::size_t bytes) {
  constexpr std::size_t kPairs = 2'000'000;
  const auto start = Clock::now();
  for (std::size_t i = 0; i < kPairs; ++i) allocator.free(allocator.allocate(bytes, stream));
  return nanoseconds_per(kPairs, start);
}

// 64 live blocks of mixed sizes, replaced in turn, as activations are.
double ring_ns(CachingAllocator& allocator, StreamView stream) {
  constexpr std::size_t kPairs = 2'000'000;
  std::vector<DevicePtr> ring(64, nullptr);
  const auto start = Clock::now();
  for (std::size_t i = 0; i < kPairs; ++i) {
    DevicePtr& slot = ring[i % ring.size()];
    allocator.free(slot);
    slot = allocator.allocate(512 * (1 + i * 7 % 61), stream);
  }
  const double result = nanoseconds_per(kPairs, start);
  for (DevicePtr pointer : ring) allocator.free(pointer);
  return result;
}

}  // namespace

int main() {
  // A process with a second thread pays for real locks; glibc skips them in one that has none.
  std::promise<void> end;
  const std::jthread idle([ended = end.get_future()] { ended.wait(); });
  SimDriver sim;
  const Stream stream(sim.table(), 0);
  for (const SegmentKind kind : {SegmentKind::kPlain, SegmentKind::kExpandable}) {
    CachingAllocator allocator(sim.table(), 0);
    allocator.set_options({.segments = kind});
    std::printf("%s segments\n", kind == SegmentKind::kPlain ? "plain" : "expandable");
    for (int round = 0; round < 3; ++round) {
      const double ring = ring_ns(allocator, stream.view());
      std::printf(
          "allocate + free, ns per pair: 512 B %.1f, 64 KiB %.1f, 4 MiB %.1f, ring of 64 mixed %.1f (%.1f M a second)\n",
          pair_ns(allocator, stream.view(), 512), pair_ns(allocator, stream.view(), 64 * kKiB),
          pair_ns(allocator, stream.view(), 4 * kMiB), ring, 1e3 / ring);
    }
  }
  end.set_value();
}
