// SPDX-License-Identifier: Apache-2.0
// The caching host allocator: alignment, reuse, threads, limits, statistics and fork.
#include "runtime/host_allocator.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <barrier>
#include <cstring>
#include <fstream>
#include <mutex>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "../error_text.hpp"
#include "child.hpp"

namespace vt::core {
namespace {

constexpr uint64_t kMiB = uint64_t{1} << 20;

// What the process has mapped.
uint64_t address_space_bytes() {
  uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

class HostAllocatorTest : public testing::Test {
 protected:
  HostAllocatorTest() { test::start(); }
  static const VtAllocApi& api() { return *tables().alloc; }
};

TEST_F(HostAllocatorTest, BlocksAreAlignedAndWritableToTheirEnd) {
  for (uint64_t nbytes = 1; nbytes < 64 * kMiB; nbytes = nbytes * 3 / 2 + 1) {
    void* data = allocate_host(nbytes);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(data) % 64, 0u) << nbytes;
    std::memset(data, 0xA5, nbytes);
    free_host(data, nbytes);
  }
}

TEST_F(HostAllocatorTest, ZeroBytesAreNull) {
  EXPECT_EQ(allocate_host(0), nullptr);
  free_host(nullptr, 0);
}

TEST_F(HostAllocatorTest, FreedBlocksComeBack) {
  if (!kCacheBlocks) GTEST_SKIP() << "caches are off under AddressSanitizer";
  for (const uint64_t nbytes : {uint64_t{1}, uint64_t{64}, uint64_t{65}, uint64_t{65536}, uint64_t{65537}, 5 * kMiB}) {
    void* first = allocate_host(nbytes);
    free_host(first, nbytes);
    EXPECT_EQ(allocate_host(nbytes), first) << nbytes;
    free_host(first, nbytes);
  }
}

TEST_F(HostAllocatorTest, SmallBlocksMadeInTurnLieInTurn) {
  if (!kCacheBlocks) GTEST_SKIP() << "caches are off under AddressSanitizer";
  constexpr uint64_t kBytes = 13 * 64;  // no other test's class
  constexpr size_t kCount = 5000;
  std::vector<char*> blocks;
  for (size_t i = 0; i < kCount; ++i) blocks.push_back(static_cast<char*>(allocate_host(kBytes)));
  size_t num_beside = 0;
  for (size_t i = 1; i < kCount; ++i) num_beside += blocks[i] == blocks[i - 1] + kBytes;
  EXPECT_GT(num_beside, kCount * 95 / 100);
  for (char* block : blocks) free_host(block, kBytes);
}

TEST_F(HostAllocatorTest, SmallBlocksFreedInAnyOrderAreTakenInOrder) {
  if (!kCacheBlocks) GTEST_SKIP() << "caches are off under AddressSanitizer";
  constexpr uint64_t kBytes = 11 * 64;  // no other test's class
  std::vector<char*> kept;
  std::vector<char*> blocks;
  for (size_t i = 0; i < 10000; ++i) (i % 5 == 0 ? kept : blocks).push_back(static_cast<char*>(allocate_host(kBytes)));
  std::shuffle(blocks.begin(), blocks.end(), std::mt19937_64(1));
  for (char* block : blocks) free_host(block, kBytes);
  for (char*& block : blocks) block = static_cast<char*>(allocate_host(kBytes));
  size_t num_ascending = 0;
  for (size_t i = 1; i < blocks.size(); ++i) num_ascending += blocks[i] > blocks[i - 1];
  EXPECT_GT(num_ascending, blocks.size() * 95 / 100);
  for (char* block : blocks) free_host(block, kBytes);
  for (char* block : kept) free_host(block, kBytes);
}

TEST_F(HostAllocatorTest, BlocksThatAnotherThreadFreesAreTakenAgain) {
  if (!kCacheBlocks) GTEST_SKIP() << "AddressSanitizer keeps what was freed";
  constexpr uint64_t kSizes[] = {64, 192, 1024, 8192};
  std::vector<std::pair<void*, uint64_t>> batch;
  std::barrier gate(2);
  constexpr int kRounds = 60;
  std::thread consumer([&] {
    for (int round = 0; round < kRounds; ++round) {
      gate.arrive_and_wait();
      for (const auto& [data, nbytes] : batch) free_host(data, nbytes);
      gate.arrive_and_wait();
    }
  });
  uint64_t before = 0;
  for (int round = 0; round < kRounds; ++round) {
    if (round == 10) before = address_space_bytes();
    batch.clear();
    for (size_t i = 0; i < 2000; ++i)
      for (const uint64_t nbytes : kSizes) batch.emplace_back(allocate_host(nbytes), nbytes);
    gate.arrive_and_wait();
    gate.arrive_and_wait();
  }
  EXPECT_LT(address_space_bytes(), before + 4 * kMiB);
  consumer.join();
}

TEST_F(HostAllocatorTest, SmallBlocksGoBackToTheSystem) {
  if (!kCacheBlocks) GTEST_SKIP() << "caches are off under AddressSanitizer";
  trim_host();
  const uint64_t before = address_space_bytes();
  void* last = nullptr;  // each holds the one before it
  for (size_t i = 0; i < 450000; ++i) last = new (allocate_host(192)) void*(last);
  EXPECT_GT(address_space_bytes(), before + 70 * kMiB);
  while (last) free_host(std::exchange(last, *static_cast<void**>(last)), 192);
  EXPECT_LT(address_space_bytes(), before + 40 * kMiB);  // what is kept for reuse
  trim_host();
  EXPECT_LT(address_space_bytes(), before + 4 * kMiB);
  EXPECT_EQ(host_stats().cached_bytes, 0u);
}

TEST_F(HostAllocatorTest, StatisticsFollowEachStep) {
  const VtAllocStats before = host_stats();
  void* small = allocate_host(100);
  void* large = allocate_host(8 * kMiB);
  const VtAllocStats during = host_stats();
  EXPECT_EQ(during.current_bytes, before.current_bytes + 100 + 8 * kMiB);
  EXPECT_GE(during.peak_bytes, during.current_bytes);
  EXPECT_EQ(during.num_allocations, before.num_allocations + 2);
  free_host(small, 100);
  free_host(large, 8 * kMiB);
  const VtAllocStats after = host_stats();
  EXPECT_EQ(after.current_bytes, before.current_bytes);
  EXPECT_EQ(after.num_frees, before.num_frees + 2);
  EXPECT_EQ(after.peak_bytes, during.peak_bytes);
}

TEST_F(HostAllocatorTest, TrimEmptiesTheCaches) {
  for (const uint64_t nbytes : {uint64_t{64}, uint64_t{4096}, uint64_t{100000}, 9 * kMiB})
    free_host(allocate_host(nbytes), nbytes);
  if (kCacheBlocks) {
    EXPECT_GE(host_stats().cached_bytes, 9 * kMiB);
  }
  trim_host();
  EXPECT_EQ(host_stats().cached_bytes, 0u);
}

TEST_F(HostAllocatorTest, SharedCacheIsBounded) {
  trim_host();
  std::vector<void*> blocks;
  for (int i = 0; i < 24; ++i) blocks.push_back(allocate_host(64 * kMiB));  // address space only: never touched
  for (void* block : blocks) free_host(block, 64 * kMiB);
  EXPECT_LE(host_stats().cached_bytes, uint64_t{1} << 30);
  trim_host();
}

TEST_F(HostAllocatorTest, ThreadsThatEndGiveTheirBlocksBack) {
  trim_host();
  const VtAllocStats before = host_stats();
  for (int i = 0; i < 50; ++i) {
    std::thread([] {
      std::vector<void*> blocks;
      for (int k = 0; k < 20; ++k) blocks.push_back(allocate_host(4096));
      for (void* block : blocks) free_host(block, 4096);
    }).join();
  }
  const VtAllocStats after = host_stats();
  EXPECT_EQ(after.cached_bytes, before.cached_bytes);
  EXPECT_EQ(after.current_bytes, before.current_bytes);
  EXPECT_EQ(after.num_allocations, before.num_allocations + 1000);
}

TEST_F(HostAllocatorTest, AnotherThreadMayFree) {
  struct Handed {
    void* data;
    uint64_t nbytes;
  };
  std::mutex mutex;
  std::vector<Handed> handed;
  bool done = false;
  const uint64_t current = host_stats().current_bytes;
  std::thread consumer([&] {
    for (;;) {
      std::vector<Handed> taken;
      bool last = false;
      {
        const std::lock_guard lock(mutex);
        taken.swap(handed);
        last = done;
      }
      for (const Handed& block : taken) {
        EXPECT_EQ(*static_cast<uint64_t*>(block.data), block.nbytes);
        free_host(block.data, block.nbytes);
      }
      if (last && taken.empty()) return;
    }
  });
  std::mt19937_64 random(1);
  for (int i = 0; i < 100000; ++i) {
    const uint64_t nbytes = 8 + random() % (i % 100 == 0 ? 200000 : 2000);
    void* data = allocate_host(nbytes);
    *static_cast<uint64_t*>(data) = nbytes;
    const std::lock_guard lock(mutex);
    handed.push_back({data, nbytes});
  }
  {
    const std::lock_guard lock(mutex);
    done = true;
  }
  consumer.join();
  EXPECT_EQ(host_stats().current_bytes, current);
}

// Blocks never overlap: each carries a stamp over its whole length for as long as it lives.
TEST_F(HostAllocatorTest, RandomProgramKeepsContents) {
  struct Live {
    unsigned char* data;
    uint64_t nbytes;
    unsigned char stamp;
  };
  const uint64_t current = host_stats().current_bytes;
  const auto program = [](uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<Live> live;
    const auto drop = [&](size_t index) {
      const Live block = live[index];
      const bool is_whole =
          block.data[0] == block.stamp && std::memcmp(block.data, block.data + 1, block.nbytes - 1) == 0;
      EXPECT_TRUE(is_whole) << "seed " << seed << ", " << block.nbytes << " bytes";
      free_host(block.data, block.nbytes);
      live[index] = live.back();
      live.pop_back();
    };
    for (int step = 0; step < 30000; ++step) {
      if (live.size() < 64 && random() % 2 == 0) {
        const uint64_t nbytes = 1 + random() % (uint64_t{1} << random() % 18);
        auto* data = static_cast<unsigned char*>(allocate_host(nbytes));
        const auto stamp = static_cast<unsigned char>(random());
        std::memset(data, stamp, nbytes);
        live.push_back({data, nbytes, stamp});
      } else if (!live.empty()) {
        drop(random() % live.size());
      }
      if (step % 5000 == 0) trim_host();
    }
    while (!live.empty()) drop(0);
  };
  std::vector<std::thread> threads;
  for (uint64_t seed = 1; seed <= 4; ++seed) threads.emplace_back(program, seed);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(host_stats().current_bytes, current);
}

TEST_F(HostAllocatorTest, ImpossibleSizesNameTheBytes) {
  for (const uint64_t nbytes : {uint64_t{1} << 50, ~uint64_t{0}, (uint64_t{1} << 62) + 1}) {
    void* data = &data;
    EXPECT_NE(api().allocate(nbytes, &data), 0);
    const test::TakenError error = test::take_error();
    EXPECT_EQ(error.kind, VT_ERROR_OUT_OF_MEMORY);
    EXPECT_NE(error.message.find(std::to_string(nbytes)), std::string::npos) << error.message;
  }
}

TEST_F(HostAllocatorTest, AddressSpaceLimitIsAnErrorAndPasses) {
  if (!kCacheBlocks) GTEST_SKIP() << "AddressSanitizer needs its address space";
  EXPECT_STREQ(test::run_in_child([] {
                 trim_host();
                 const rlim_t bytes = address_space_bytes() + 512 * kMiB;
                 const rlimit limit{bytes, bytes};
                 if (setrlimit(RLIMIT_AS, &limit) != 0) return false;
                 std::vector<void*> blocks;
                 void* data = nullptr;
                 while (blocks.size() < 100000 && api().allocate(blocks.size() % 2 ? 5 * kMiB : 3000, &data) == 0)
                   blocks.push_back(data);
                 const bool is_reported = test::take_error().kind == VT_ERROR_OUT_OF_MEMORY;
                 for (size_t i = 0; i < blocks.size(); ++i) api().free(blocks[i], i % 2 ? 5 * kMiB : 3000);
                 // Blocks of another size fit only because the refused request empties the caches.
                 return is_reported && api().allocate(300 * kMiB, &data) == 0;
               }),
               "passed");
}

TEST_F(HostAllocatorTest, ChildOfForkAllocatesWhileParentsThreadsDid) {
  if (!kCacheBlocks) GTEST_SKIP() << "AddressSanitizer's own allocator does not survive a fork of a busy process";
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&stop] {
      while (!stop.load(std::memory_order_relaxed))
        for (const uint64_t nbytes : {uint64_t{64}, uint64_t{5000}, uint64_t{100000}})
          free_host(allocate_host(nbytes), nbytes);
    });
  }
  for (int i = 0; i < 20; ++i) {
    EXPECT_STREQ(test::run_in_child([] {
                   for (const uint64_t nbytes : {uint64_t{64}, uint64_t{5000}, uint64_t{100000}, 8 * kMiB})
                     free_host(allocate_host(nbytes), nbytes);
                   return host_stats().num_allocations > 0;
                 }),
                 "passed");
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace vt::core
