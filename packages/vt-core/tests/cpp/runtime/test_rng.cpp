// SPDX-License-Identifier: Apache-2.0
// Philox against known answers, and generators.
#include <gtest/gtest.h>
#include <vt/cpp/philox.hpp>

#include <algorithm>
#include <thread>
#include <vector>

#include "../error_text.hpp"

namespace vt {
namespace {

constexpr DLDevice kCpu = {kDLCPU, 0};

class RngTest : public testing::Test {
 protected:
  RngTest() { test::start(); }
  static const VtRngApi& api() { return *tables().rng; }
};

struct KnownAnswer {
  uint64_t seed;
  uint64_t index;
  uint32_t words[4];
};

// The first is of the algorithm's published test vectors; the others come from a second implementation that meets them.
constexpr KnownAnswer kKnownAnswers[] = {
    {0, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {0x0123456789abcdef, 0xfedcba9876543210, {0x2c03a599, 0xd8a290fc, 0x4339955b, 0x8784c033}},
    {42, uint64_t{1} << 32, {0x42e0b8b3, 0x7dbf5de8, 0x2fe739d4, 0x6aaf03eb}},
    {42, 7, {0x5bbd83b1, 0x68784c85, 0x172067aa, 0x2e6b75b7}},
};
static_assert(philox(0, 0).word[0] == 0x6627e8d5);

TEST_F(RngTest, PhiloxMeetsKnownAnswers) {
  for (const KnownAnswer& known : kKnownAnswers) {
    uint32_t words[4] = {};
    api().philox(known.seed, known.index, words);
    EXPECT_TRUE(std::ranges::equal(words, known.words)) << known.seed << ", " << known.index;
  }
}

TEST_F(RngTest, ReserveHandsOutRangesInOrder) {
  VtGenerator* generator = nullptr;
  ASSERT_EQ(api().create(kCpu, 5, &generator), 0);
  VtGeneratorState state{};
  api().reserve(generator, 10, &state);
  EXPECT_EQ(state.seed, 5u);
  EXPECT_EQ(state.offset, 0u);
  api().reserve(generator, 1, &state);
  EXPECT_EQ(state.offset, 10u);
  api().get_state(generator, &state);
  EXPECT_EQ(state.offset, 11u);
  api().seed(generator, 6);
  api().get_state(generator, &state);
  EXPECT_EQ(state.seed, 6u);
  EXPECT_EQ(state.offset, 0u);
  const VtGeneratorState chosen = {7, 123};
  api().set_state(generator, &chosen);
  api().reserve(generator, 1, &state);
  EXPECT_EQ(state.offset, 123u);
  api().release(generator);
}

TEST_F(RngTest, ThreadsGetRangesThatDoNotOverlap) {
  VtGenerator* generator = nullptr;
  ASSERT_EQ(api().create(kCpu, 1, &generator), 0);
  std::vector<std::vector<uint64_t>> offsets(4);
  std::vector<std::thread> threads;
  for (auto& mine : offsets) {
    api().retain(generator);
    threads.emplace_back([&mine, generator] {
      for (int i = 0; i < 5000; ++i) {
        VtGeneratorState state{};
        api().reserve(generator, 3, &state);
        mine.push_back(state.offset);
      }
      api().release(generator);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<uint64_t> all;
  for (const auto& mine : offsets) all.insert(all.end(), mine.begin(), mine.end());
  std::ranges::sort(all);
  for (size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i], 3 * i);
  api().release(generator);
}

TEST_F(RngTest, EachDeviceHasOneDefaultGenerator) {
  VtGenerator* generator = api().default_generator(kCpu);
  ASSERT_NE(generator, nullptr);
  EXPECT_EQ(api().default_generator(kCpu), generator);
  EXPECT_EQ(api().default_generator({kDLCUDA, 0}), nullptr);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_IMPORT);
}

TEST_F(RngTest, SeedAllReachesDefaultGenerators) {
  VtGenerator* generator = api().default_generator(kCpu);
  VtGeneratorState state{};
  api().reserve(generator, 3, &state);
  ASSERT_EQ(api().seed_all(77), 0);
  api().get_state(generator, &state);
  EXPECT_EQ(state.seed, 77u);
  EXPECT_EQ(state.offset, 0u);
}

TEST_F(RngTest, GeneratorOfMissingDeviceIsRefused) {
  VtGenerator* generator = nullptr;
  EXPECT_NE(api().create({kDLCPU, 99}, 0, &generator), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
  EXPECT_EQ(generator, nullptr);
}

}  // namespace
}  // namespace vt
