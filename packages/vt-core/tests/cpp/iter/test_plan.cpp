// SPDX-License-Identifier: Apache-2.0
// Planning: broadcast, layout of results, merging of dimensions, overlap, destinations.
#include <gtest/gtest.h>
#include <vt/cpp/iter.hpp>
#include <vt/cpp/op.hpp>

#include <vector>

#include "../error_text.hpp"

namespace vt {
namespace {

constexpr DLDevice kCpu{kDLCPU, 0};
constexpr DLDataType kCommon{kDLOpaqueHandle, 0, 0};
using Ints = std::vector<int64_t>;

// Counts what a plan asked for.
struct CountingAllocator {
  TableIterAllocator table;
  int* empties;
  int* resizes;
  VtTensor* empty(std::span<const int64_t> sizes, const int64_t* strides, DLDataType dtype, DLDevice device) {
    ++*empties;
    return table.empty(sizes, strides, dtype, device);
  }
  void resize(VtTensor* tensor, std::span<const int64_t> sizes) {
    ++*resizes;
    table.resize(tensor, sizes);
  }
};

class PlanTest : public testing::Test {
 protected:
  PlanTest() { test::start(); }

  static Tensor make(const Ints& sizes, DLDataType dtype = kFloat32) { return Tensor::empty(sizes, dtype, kCpu); }
  static Tensor strided(const Ints& sizes, const Ints& strides, DLDataType dtype = kFloat32) {
    VtTensor* out = nullptr;
    check(tables().tensor->empty_strided(sizes.data(), strides.data(), static_cast<int32_t>(sizes.size()), dtype, kCpu,
                                         &out));
    return Tensor::steal(out);
  }
  static Tensor view(const Tensor& base, const Ints& sizes, const Ints& strides, int64_t offset = 0) {
    VtTensor* out = nullptr;
    check(tables().tensor->as_strided(base.get(), sizes.data(), strides.data(), static_cast<int32_t>(sizes.size()),
                                      offset, &out));
    return Tensor::steal(out);
  }

  void plan(IterPlan& p, const std::vector<VtValue>& operands, uint32_t flags = VT_ITER_PROMOTE, int outputs = 1) {
    plan_iteration(
        {sizeof(VtIterConfig), flags, "add", operands.data(), outputs, static_cast<int32_t>(operands.size()), kCommon},
        p, CountingAllocator{{}, &empties_, &resizes_});
  }
  // Sizes and strides of the result of planning a fresh output.
  std::pair<Ints, Ints> result_of(const std::vector<VtValue>& inputs) {
    std::vector<VtValue> operands{none()};
    operands.insert(operands.end(), inputs.begin(), inputs.end());
    IterPlan p;
    plan(p, operands);
    const Tensor out = Tensor::steal(p.take_output(0));
    return {Ints(out.sizes().begin(), out.sizes().end()), Ints(out.strides().begin(), out.strides().end())};
  }
  std::string error_of(const std::vector<VtValue>& operands, uint32_t flags = VT_ITER_PROMOTE) {
    try {
      IterPlan p;
      plan(p, operands, flags);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
  static VtValue v(const Tensor& t) { return value_of(t.get()); }

  int empties_ = 0;
  int resizes_ = 0;
};

TEST_F(PlanTest, DenseOperandsMergeToOneDimension) {
  const Tensor a = make({2, 3, 4});
  IterPlan p;
  plan(p, {none(), v(a), v(a)});
  EXPECT_EQ(p.ndim, 1);
  EXPECT_EQ(p.sizes[0], 24);
  EXPECT_EQ(p.strides[0], 4);
  EXPECT_TRUE(p.contiguous);
  EXPECT_TRUE(p.fits_32_bit);
  EXPECT_EQ(empties_, 1);
}

TEST_F(PlanTest, BroadcastHasStrideZero) {
  const Tensor a = make({2, 3});
  const Tensor b = make({3});
  IterPlan p;
  plan(p, {none(), v(a), v(b)});
  EXPECT_EQ(p.ndim, 2);
  EXPECT_EQ(Ints(p.strides_of_operand(2), p.strides_of_operand(2) + 2), (Ints{4, 0}));
  EXPECT_FALSE(p.contiguous);
}

TEST_F(PlanTest, BroadcastErrorNamesBothShapes) {
  const Tensor a = make({2, 3});
  const Tensor b = make({4});
  EXPECT_EQ(error_of({none(), v(a), v(b)}), "add: cannot broadcast (2, 3) with (4,)");
  EXPECT_EQ(empties_, 0);
}

TEST_F(PlanTest, ResultsFollowTheLayoutOfInputs) {
  const Tensor transposed = strided({2, 3}, {1, 2});
  EXPECT_EQ(result_of({v(transposed), v(transposed)}).second, (Ints{1, 2}));
  const Tensor row_major = make({2, 3});
  EXPECT_EQ(result_of({v(transposed), v(row_major)}).second, (Ints{1, 2}));  // the first input decides
  EXPECT_EQ(result_of({v(row_major), v(transposed)}).second, (Ints{3, 1}));
  const Tensor channels_last = strided({2, 3, 4, 5}, {60, 1, 15, 3});
  EXPECT_EQ(result_of({v(channels_last), value_of(2.0)}).second, (Ints{60, 1, 15, 3}));
  const Tensor gaps = strided({2, 3}, {1, 10});
  EXPECT_EQ(result_of({v(gaps)}).second, (Ints{1, 2}));
}

TEST_F(PlanTest, ManyDimensionsAndOperandsSpill) {
  const Tensor a = strided({2, 2, 2, 2, 2, 2, 2}, {1, 128, 2, 64, 4, 32, 8});
  IterPlan p;
  plan(p, {none(), v(a), v(a), v(a), v(a), v(a), v(a)});
  EXPECT_EQ(p.numel, 128);
  EXPECT_EQ(p.num_operands, 7);
  const Ints deep(64, 1);
  const Tensor d = make(deep);
  EXPECT_EQ(result_of({v(d), v(d)}).first, deep);
}

TEST_F(PlanTest, ZeroDimAndEmpty) {
  const Tensor scalar = make({});
  IterPlan p;
  plan(p, {none(), v(scalar), v(scalar)});
  EXPECT_EQ(p.numel, 1);
  EXPECT_EQ(p.ndim, 1);
  const Tensor empty = make({0, 3});
  const Tensor one = make({1, 3});
  EXPECT_EQ(result_of({v(empty), v(one)}).first, (Ints{0, 3}));
}

TEST_F(PlanTest, NumbersAreStoredInTheCommonDtype) {
  const Tensor a = make({3}, kFloat64);
  IterPlan p;
  plan(p, {none(), v(a), value_of(0.1)});
  EXPECT_EQ(p.tensors[2], nullptr);
  EXPECT_EQ(*static_cast<double*>(p.data[2]), 0.1);
  const Tensor half = make({3}, kFloat16);
  IterPlan q;
  plan(q, {none(), v(half), value_of(0.1)});
  EXPECT_EQ(*static_cast<float*>(q.data[2]), 0.1f);  // not rounded to half
  EXPECT_EQ(dtype_name(q.dtypes[2]), "float32");
}

TEST_F(PlanTest, InPlaceDestinationIsNeverResized) {
  const Tensor a = make({3});
  const Tensor b = make({2, 3});
  EXPECT_EQ(error_of({v(a), v(a), v(b)}), "add: the result of sizes (2, 3) cannot be stored in place in (3,)");
  EXPECT_EQ(resizes_, 0);
}

TEST_F(PlanTest, OutDestinationIsResized) {
  const Tensor a = make({2, 3});
  const Tensor out = make({0});
  IterPlan p;
  plan(p, {v(out), v(a), v(a)});
  EXPECT_EQ(resizes_, 1);
  EXPECT_EQ(out.numel(), 6);
  EXPECT_EQ(p.data[0], out->dl.data);
}

TEST_F(PlanTest, DestinationMustHoldTheResult) {
  const Tensor f = make({3});
  const Tensor i = make({3}, kInt64);
  EXPECT_EQ(error_of({v(i), v(f), v(f)}), "add: the result is float32 and cannot be stored in int64");
  EXPECT_EQ(error_of({v(f), v(i), v(i)}), "");
}

TEST_F(PlanTest, RefusesOverlap) {
  const Tensor base = make({10});
  const Tensor low = view(base, {5}, {1});
  const Tensor shifted = view(base, {5}, {1}, 1);
  EXPECT_NE(error_of({v(shifted), v(low), v(low)}).find("shares some elements"), std::string::npos);
  EXPECT_EQ(error_of({v(shifted), v(low), v(low)}, VT_ITER_PROMOTE | VT_ITER_ALLOW_OVERLAP), "");
  EXPECT_EQ(error_of({v(low), v(low), v(low)}), "");
  const Tensor expanded = view(base, {4, 10}, {0, 1});
  EXPECT_NE(error_of({v(expanded), v(expanded), v(base)}).find("several elements at one address"), std::string::npos);
  const Tensor other_half = view(base, {5}, {1}, 5);
  EXPECT_EQ(error_of({v(other_half), v(low), v(low)}), "");
}

TEST_F(PlanTest, WithoutPromotionDtypesMustAgree) {
  const Tensor f = make({3});
  const Tensor d = make({3}, kFloat64);
  EXPECT_NE(error_of({none(), v(f), v(d)}, 0).find("dtypes must agree: got float32 and float64"), std::string::npos);
  EXPECT_EQ(error_of({none(), v(f), v(f)}, 0), "");
}

TEST_F(PlanTest, IntegersBecomeFloatOnRequest) {
  const Tensor i = make({3}, kInt32);
  IterPlan p;
  plan(p, {none(), v(i)}, VT_ITER_PROMOTE | VT_ITER_INT_TO_FLOAT);
  EXPECT_EQ(dtype_name(p.common_dtype), "float32");
}

TEST_F(PlanTest, ReductionOutputHasStrideZero) {
  const Tensor in = make({4, 5});
  const Tensor out = make({4, 1});
  IterPlan p;
  plan(p, {v(out), v(in)}, VT_ITER_PROMOTE | VT_ITER_REDUCE);
  EXPECT_EQ(p.ndim, 2);
  EXPECT_EQ(Ints(p.strides_of_operand(0), p.strides_of_operand(0) + 2), (Ints{0, 4}));
  const Tensor wrong = make({3, 1});
  EXPECT_NE(error_of({v(wrong), v(in)}, VT_ITER_PROMOTE | VT_ITER_REDUCE).find("sizes or 1"), std::string::npos);
}

TEST_F(PlanTest, LargeReachDoesNotFit32Bits) {
  VtTensor huge{};  // planning reads no element
  int64_t sizes[2] = {3, 2};
  int64_t strides[2] = {int64_t{1} << 29, 1};
  huge.dl.ndim = 2;
  huge.dl.shape = sizes;
  huge.dl.strides = strides;
  huge.dl.dtype = kFloat32;
  huge.dl.device = kCpu;
  huge.numel = 6;
  const Tensor out = make({3, 2});
  IterPlan p;
  plan(p, {v(out), value_of(&huge)});
  EXPECT_FALSE(p.fits_32_bit);
}

TEST_F(PlanTest, FailureReleasesWhatWasAllocated) {
  const Tensor a = make({3});
  VtAllocStats before{sizeof(VtAllocStats), 0, 0, 0, 0, 0, 0};
  tables().alloc->stats(&before);
  struct FailingSecond {
    int calls = 0;
    VtTensor* empty(std::span<const int64_t> sizes, const int64_t*, DLDataType dtype, DLDevice device) {
      if (calls++) fail(VT_ERROR_OUT_OF_MEMORY, "no more");
      return Tensor::empty(sizes, dtype, device).release();
    }
    void resize(VtTensor*, std::span<const int64_t>) {}
  };
  const std::vector<VtValue> operands{none(), none(), v(a)};
  {
    IterPlan p;
    EXPECT_THROW(plan_iteration({sizeof(VtIterConfig), VT_ITER_PROMOTE, "op", operands.data(), 2, 3, kCommon}, p,
                                FailingSecond{}),
                 Error);
  }
  VtAllocStats after = before;
  tables().alloc->stats(&after);
  EXPECT_EQ(after.current_bytes, before.current_bytes);
}

}  // namespace
}  // namespace vt
