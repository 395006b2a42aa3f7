// SPDX-License-Identifier: Apache-2.0
// Copies between pageable memory and a device: the bytes arrive, and the host waits only where it must.
#include "memory/staging.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "runtime/counting_driver.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda::testing {
namespace {

class StagingTest : public ::testing::TestWithParam<std::size_t> {
 protected:
  StagingTest() : counting(sim.table()), driver(counting.table()), stream(driver, 0) {}

  // Bytes that differ from part to part.
  static std::vector<unsigned char> pattern(std::size_t bytes) {
    std::vector<unsigned char> values(bytes);
    for (std::size_t i = 0; i < bytes; ++i) values[i] = static_cast<unsigned char>(i * 7 + i / 4096);
    return values;
  }

  SimDriver sim;
  CountingDriver counting;
  const Driver& driver;
  Stream stream;
};

TEST_P(StagingTest, BytesComeBack) {
  const std::size_t bytes = GetParam();
  void* device = nullptr;
  ASSERT_EQ(driver.mem_alloc(driver.self, 0, bytes, &device), kSuccess);
  std::vector<unsigned char> source = pattern(bytes);
  const std::vector<unsigned char> expected = source;
  std::vector<unsigned char> landed(bytes);
  {
    Staging staging(driver, 0);
    staging.to_device(device, source.data(), bytes, stream.view());
    std::fill(source.begin(), source.end(), 0);  // the host side may be reused at once
    staging.to_host(landed.data(), device, bytes, stream.view());
    EXPECT_EQ(landed, expected);
  }
  EXPECT_EQ(driver.mem_free(driver.self, 0, device), kSuccess);
  EXPECT_EQ(text(sim.reports()), "");
  EXPECT_EQ(sim.num_hidden_waits(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Sizes, StagingTest,
                         ::testing::Values(1, Staging::kInlineBytes, Staging::kInlineBytes + 1, Staging::kBufferBytes,
                                           Staging::kBufferBytes + 1, 3 * Staging::kBufferBytes + 17));

TEST_F(StagingTest, CopiesToTheDeviceWaitOnlyWhenAllBuffersAreInFlight) {
  const std::size_t bytes = 3 * Staging::kBufferBytes;
  void* device = nullptr;
  ASSERT_EQ(driver.mem_alloc(driver.self, 0, bytes, &device), kSuccess);
  const std::vector<unsigned char> source = pattern(bytes);
  {
    Staging staging(driver, 0);
    staging.to_device(device, source.data(), 2 * Staging::kBufferBytes, stream.view());
    EXPECT_EQ(counting.counters().host_waits, 0u);
    staging.to_device(device, source.data(), Staging::kBufferBytes, stream.view());
    EXPECT_EQ(counting.counters().host_waits, 1u);
    stream.view().synchronize();
  }
  EXPECT_EQ(driver.mem_free(driver.self, 0, device), kSuccess);
  EXPECT_EQ(text(sim.reports()), "");
}

}  // namespace
}  // namespace vt::cuda::testing
