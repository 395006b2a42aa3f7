// SPDX-License-Identifier: Apache-2.0
// Arithmetic on sizes and strides: overflow, contiguity, extents.
#include <gtest/gtest.h>
#include <vt/cpp/dtype.hpp>

#include <limits>
#include <vector>

#include "tensor/geometry.hpp"

namespace vt::core {
namespace {

using Sizes = std::vector<int64_t>;
constexpr int64_t kHuge = std::numeric_limits<int64_t>::max();

TEST(Geometry, CountsBytes) {
  int64_t numel = 0;
  EXPECT_EQ(checked_nbytes(Sizes{2, 3}, kFloat64, &numel), 48u);
  EXPECT_EQ(numel, 6);
  EXPECT_EQ(checked_nbytes(Sizes{}, kFloat32, &numel), 4u);
  EXPECT_EQ(numel, 1);
  EXPECT_EQ(checked_nbytes(Sizes{5, 0, 7}, kFloat32, &numel), 0u);
  EXPECT_EQ(numel, 0);
}

TEST(Geometry, RefusesNegativeAndOverflowingSizes) {
  int64_t numel = 0;
  EXPECT_THROW(checked_nbytes(Sizes{2, -1}, kFloat32, &numel), Error);
  EXPECT_THROW(checked_nbytes(Sizes{kHuge}, kFloat32, &numel), Error);
  EXPECT_THROW(checked_nbytes(Sizes{1 << 30, 1 << 30, 1 << 30}, kInt8, &numel), Error);
  EXPECT_THROW(checked_nbytes(Sizes{kHuge, kHuge, 0}, kInt8, &numel), Error);
  EXPECT_THROW(checked_nbytes(Sizes(65, 1), kInt8, &numel), Error);
  EXPECT_THROW(checked_nbytes(Sizes{1}, DLDataType{kDLFloat, 32, 2}, &numel), Error);
}

TEST(Geometry, KnowsRowMajor) {
  EXPECT_TRUE(is_row_major(Sizes{2, 3}, Sizes{3, 1}));
  EXPECT_TRUE(is_row_major(Sizes{2, 1, 3}, Sizes{3, 99, 1}));
  EXPECT_TRUE(is_row_major(Sizes{0, 3}, Sizes{7, 7}));
  EXPECT_TRUE(is_row_major(Sizes{}, Sizes{}));
  EXPECT_FALSE(is_row_major(Sizes{2, 3}, Sizes{1, 2}));
}

TEST(Geometry, KnowsDensePermutations) {
  EXPECT_TRUE(is_non_overlapping_and_dense(Sizes{2, 3}, Sizes{1, 2}));
  EXPECT_FALSE(is_non_overlapping_and_dense(Sizes{2, 3}, Sizes{0, 1}));
  EXPECT_FALSE(is_non_overlapping_and_dense(Sizes{2, 3}, Sizes{4, 1}));
}

TEST(Geometry, MeasuresExtents) {
  Extent extent;
  ASSERT_TRUE(strided_extent(Sizes{2, 3}, Sizes{3, 1}, 4, &extent));
  EXPECT_EQ(extent.low_bytes, 0);
  EXPECT_EQ(extent.high_bytes, 24);
  ASSERT_TRUE(strided_extent(Sizes{3}, Sizes{-1}, 4, &extent));
  EXPECT_EQ(extent.low_bytes, -8);
  EXPECT_EQ(extent.high_bytes, 4);
  ASSERT_TRUE(strided_extent(Sizes{3, 0}, Sizes{kHuge, 1}, 4, &extent));
  EXPECT_EQ(extent.high_bytes, 0);
  EXPECT_FALSE(strided_extent(Sizes{3}, Sizes{kHuge}, 4, &extent));
}

}  // namespace
}  // namespace vt::core
