// SPDX-License-Identifier: Apache-2.0
// Copies between layouts, dtypes and devices; gradients of views.
#include <cmath>
#include <limits>

#include "op_test.hpp"

namespace vt::test {
namespace {

using CopyTest = OpTest;

TEST_F(CopyTest, BroadcastsAndConverts) {
  const Tensor dst = zeros({2, 3}, kInt32);
  Op("copy_").into(dst, dst, of({1.9f, -2.9f, 3}, {3}));
  EXPECT_EQ(values(dst), (std::vector<double>{1, -2, 3, 1, -2, 3}));
  EXPECT_EQ(error_of([&] { Op("copy_").into(dst, dst, iota({4})); }), "copy_: cannot broadcast (4,) to (2, 3)");
}

TEST_F(CopyTest, WritesThroughStridedDestinations) {
  const Tensor base = zeros({3, 4});
  const Tensor columns = Op("slice")(base, int64_t{1}, int64_t{1}, int64_t{4}, int64_t{2});
  Op("copy_").into(columns, columns, of({1, 2, 3, 4, 5, 6}, {3, 2}));
  EXPECT_EQ(values(base), (std::vector<double>{0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6}));
}

TEST_F(CopyTest, RefusesOverlap) {
  const Tensor base = iota({10});
  const Tensor low = Op("slice")(base, int64_t{0}, int64_t{0}, int64_t{5});
  const Tensor shifted = Op("slice")(base, int64_t{0}, int64_t{2}, int64_t{7});
  EXPECT_NE(error_of([&] { Op("copy_").into(low, low, shifted); }).find("shares some elements"), std::string::npos);
  const Tensor expanded = Op("expand")(base, ints({3, 10}));
  EXPECT_NE(error_of([&] { Op("copy_").into(expanded, expanded, base); }).find("several elements"), std::string::npos);
}

TEST_F(CopyTest, ToReturnsTheSameElementsWhenNothingChanges) {
  const Tensor a = iota({3});
  EXPECT_TRUE(tables().tensor->is_alias_of(Op("to")(a, kFloat32).get(), a.get()));
  EXPECT_FALSE(tables().tensor->is_alias_of(Op("to")(a, kFloat32, none(), false, true).get(), a.get()));
  EXPECT_EQ(dtype_name(Op("to")(a, kBFloat16).dtype()), "bfloat16");
}

TEST_F(CopyTest, CloneKeepsDenseLayouts) {
  const Tensor t = Op("transpose")(iota({2, 3}), int64_t{0}, int64_t{1});
  const Tensor copy = Op("clone")(t);
  EXPECT_EQ(copy.strides()[0], 1);
  EXPECT_EQ(values(copy), values(t));
  const Tensor dense = Op("contiguous")(t);
  EXPECT_EQ(dense.strides()[0], 2);
  EXPECT_EQ(values(dense), values(t));
}

TEST_F(CopyTest, MetaTensorsHaveNoElements) {
  const DLDevice meta{static_cast<DLDeviceType>(VT_DEVICE_TYPE_META), 0};
  const Tensor shape = Op("to")(iota({2, 3}), none(), meta);
  EXPECT_EQ(shape.numel(), 6);
  const Tensor dst = iota({2, 3});
  EXPECT_NE(error_of([&] { Op("copy_").into(dst, dst, shape); }).find("meta tensor has no elements"),
            std::string::npos);
}

TEST_F(CopyTest, SliceAndSelectBackwardPlaceTheGradient) {
  const Tensor slice = Op("slice_backward")(iota({2}), ints({5}), int64_t{0}, int64_t{1}, none(), int64_t{2});
  EXPECT_EQ(values(slice), (std::vector<double>{0, 0, 0, 1, 0}));
  const Tensor select = Op("select_backward")(of({7, 8}, {2}), ints({2, 3}), int64_t{1}, int64_t{-1});
  EXPECT_EQ(values(select), (std::vector<double>{0, 0, 7, 0, 0, 8}));
}

TEST_F(CopyTest, AsStridedBackwardGathersSharedElements) {
  // Windows of three over five elements.
  const Tensor windows = Op("as_strided_backward")(of(std::vector<float>(9, 1), {3, 3}), ints({5}), ints({1}),
                                                   int64_t{0}, ints({3, 3}), ints({1, 1}), int64_t{0});
  EXPECT_EQ(values(windows), (std::vector<double>{1, 2, 3, 2, 1}));
  // The input itself is expanded: its two rows share the gradient.
  const Tensor shared = Op("as_strided_backward")(of({2, 4}, {2}), ints({2, 2}), ints({0, 1}), int64_t{3}, ints({2}),
                                                  ints({1}), int64_t{3});
  EXPECT_EQ(values(shared), (std::vector<double>{1, 2, 1, 2}));
}

TEST_F(CopyTest, AsStridedBackwardReachesBackwardsButNotBeyond) {
  const auto backward = [](int64_t input_offset, int64_t row_stride) {
    return Op("as_strided_backward")(of({1, 1}, {2}), ints({2, 2}), ints({row_stride, 1}), input_offset, ints({2}),
                                     ints({1}), int64_t{0});
  };
  EXPECT_EQ(values(backward(2, -2)), (std::vector<double>{0, 0, 1, 1}));
  constexpr int64_t kFarthest = std::numeric_limits<int64_t>::min();
  EXPECT_NE(error_of([&] { backward(kFarthest, 1); }).find("reach beyond any storage"), std::string::npos);
  EXPECT_NE(error_of([&] { backward(0, kFarthest); }).find("reach beyond any storage"), std::string::npos);
}

}  // namespace
}  // namespace vt::test
