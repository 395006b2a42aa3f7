// SPDX-License-Identifier: Apache-2.0
// Comparison, selection and triangles called as plugins call them: strided masks, destinations, threads, shapes only.
#include "op_test.hpp"

namespace vt::test {
namespace {

using SelectTest = OpTest;

TEST_F(SelectTest, ComparisonGivesBooleansOrFillsADestination) {
  const Tensor a = iota({4});
  EXPECT_EQ(dtype_name(Op("lt")(a, int64_t{2}).dtype()), "bool");
  const Tensor out = zeros({0}, kFloat64);
  Op("ge").into(out, a, int64_t{2});
  EXPECT_EQ(values(out), (std::vector<double>{0, 0, 1, 1}));
  Op("eq").into(a, a, a);
  EXPECT_EQ(values(a), (std::vector<double>{1, 1, 1, 1}));
}

TEST_F(SelectTest, TransposedMaskOnSeveralThreads) {
  const Tensor a = iota({300, 1001});
  const Tensor mask = Op("transpose")(Op("lt")(iota({1001, 300}), 150000.0), int64_t{0}, int64_t{1});
  const auto chosen = values(Op("where")(mask, a, int64_t{-1}));
  for (const size_t i : {size_t{0}, size_t{77}, size_t{299}})
    for (const size_t j : {size_t{0}, size_t{499}, size_t{500}, size_t{1000}}) {
      const bool holds = j * 300 + i < 150000;
      EXPECT_EQ(chosen[i * 1001 + j], holds ? static_cast<double>(i * 1001 + j) : -1.0);
    }
}

TEST_F(SelectTest, MaskedFillInPlaceBumpsTheVersion) {
  const Tensor a = iota({4});
  const uint32_t version = tables().tensor->version(a.get());
  const Tensor mask = Op("gt")(a, int64_t{1});
  EXPECT_EQ(Op("masked_fill").into(a, a, mask, 9.0).get(), a.get());
  EXPECT_EQ(values(a), (std::vector<double>{0, 1, 9, 9}));
  EXPECT_EQ(tables().tensor->version(a.get()), version + 1);
}

TEST_F(SelectTest, DivisionByZeroLeavesTheDestinationAlone) {
  const Tensor a = Op("arange")(int64_t{5});
  const Tensor zero = Op("mul")(a, int64_t{0});
  EXPECT_EQ(error_of([&] { Op("floor_divide").into(a, a, zero); }),
            "floor_divide: ZeroDivisionError: an integer was divided by zero; replace the zeros first");
  EXPECT_EQ(values(a), (std::vector<double>{0, 1, 2, 3, 4}));
}

TEST_F(SelectTest, MetaTensorsHaveShapesOnly) {
  const DLDevice meta{static_cast<DLDeviceType>(VT_DEVICE_TYPE_META), 0};
  const Tensor a = Op("empty")(ints({2, 1}), kInt64, meta);
  const Tensor b = Op("empty")(ints({3}), kInt64, meta);
  EXPECT_EQ(dtype_name(Op("div")(a, b).dtype()), "float32");
  EXPECT_EQ(dtype_name(Op("floor_divide")(a, b).dtype()), "int64");
  const Tensor mask = Op("eq")(a, b);
  EXPECT_EQ(dtype_name(mask.dtype()), "bool");
  EXPECT_EQ(Op("where")(mask, a, b).numel(), 6);
  EXPECT_EQ(Op("tril")(mask, int64_t{0}).numel(), 6);
}

TEST_F(SelectTest, TriangleOfAStridedMatrixInPlace) {
  const Tensor a = Op("transpose")(iota({3, 3}), int64_t{0}, int64_t{1});
  Op("triu").into(a, a, int64_t{1});
  EXPECT_EQ(values(a), (std::vector<double>{0, 3, 6, 0, 0, 7, 0, 0, 0}));
  EXPECT_EQ(values(Op("tril")(iota({3, 3}), INT64_MIN)), std::vector<double>(9, 0.0));
  EXPECT_EQ(values(Op("triu")(iota({2, 2}), INT64_MIN)), (std::vector<double>{0, 1, 2, 3}));
}

}  // namespace
}  // namespace vt::test
