// SPDX-License-Identifier: Apache-2.0
// add and mul called as plugins call them: forms, versions, threads.
#include "op_test.hpp"

namespace vt::test {
namespace {

using BinaryTest = OpTest;

TEST_F(BinaryTest, InPlaceReturnsItselfAndBumpsItsVersion) {
  const Tensor a = iota({4});
  const Tensor b = iota({4});
  const uint32_t version = tables().tensor->version(a.get());
  const Tensor out = Op("add").into(a, a, b, int64_t{2});
  EXPECT_EQ(out.get(), a.get());
  EXPECT_EQ(values(a), (std::vector<double>{0, 3, 6, 9}));
  EXPECT_EQ(tables().tensor->version(a.get()), version + 1);
}

TEST_F(BinaryTest, OutIsResizedAndMayHaveAnotherDtype) {
  const Tensor out = zeros({0}, kFloat64);
  Op("add").into(out, iota({2, 2}), int64_t{1});
  EXPECT_EQ(values(out), (std::vector<double>{1, 2, 3, 4}));
}

TEST_F(BinaryTest, OutMayBeTheSecondOperand) {
  const Tensor a = iota({2, 3});
  const Tensor b = iota({2, 3});
  Op("mul").into(b, a, b);
  EXPECT_EQ(values(b), (std::vector<double>{0, 1, 4, 9, 16, 25}));
}

TEST_F(BinaryTest, LargeOperandsOnSeveralThreads) {
  const Tensor a = iota({300, 1001});
  const Tensor columns = Op("transpose")(iota({1001, 300}), int64_t{0}, int64_t{1});
  const Tensor out = Op("add")(a, columns);
  const auto sums = values(out);
  for (const size_t i : {size_t{0}, size_t{77}, size_t{299}})
    for (const size_t j : {size_t{0}, size_t{500}, size_t{1000}})
      EXPECT_EQ(sums[i * 1001 + j], static_cast<double>(i * 1001 + j + j * 300 + i));
}

TEST_F(BinaryTest, MixedDtypesGoThroughBuffersOfAnyLength) {
  for (const int64_t n : {1, 255, 256, 257, 1000}) {
    const Tensor integers = Op("arange")(n);
    const Tensor out = Op("add")(iota({n}), integers);
    EXPECT_EQ(dtype_name(out.dtype()), "float32");
    EXPECT_EQ(values(out).back(), 2.0 * static_cast<double>(n - 1));
  }
}

TEST_F(BinaryTest, MetaTensorsHaveShapesOnly) {
  const DLDevice meta{static_cast<DLDeviceType>(VT_DEVICE_TYPE_META), 0};
  const Tensor a = Op("empty")(ints({2, 1}), kFloat32, meta);
  const Tensor b = Op("empty")(ints({3}), kInt64, meta);
  const Tensor out = Op("add")(a, b);
  EXPECT_EQ((Ints(out.sizes().begin(), out.sizes().end())), (Ints{2, 3}));
  EXPECT_EQ(dtype_name(out.dtype()), "float32");
}

TEST_F(BinaryTest, FailureLeavesTheDestinationAlone) {
  const Tensor a = iota({2, 3});
  const uint32_t version = tables().tensor->version(a.get());
  EXPECT_EQ(error_of([&] { Op("add").into(a, a, iota({4})); }), "add: cannot broadcast (2, 3) with (4,)");
  EXPECT_EQ(tables().tensor->version(a.get()), version);
  EXPECT_EQ(values(a).back(), 5);
}

}  // namespace
}  // namespace vt::test
