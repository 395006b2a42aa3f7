// SPDX-License-Identifier: Apache-2.0
// The vt.core.iter table.
#include <gtest/gtest.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/tensor.hpp>

#include <vector>

#include "../error_text.hpp"

namespace vt {
namespace {

constexpr DLDevice kCpu{kDLCPU, 0};

class IterApiTest : public testing::Test {
 protected:
  IterApiTest() { test::start(); }
  static const VtIterApi& api() { return *tables().iter; }
};

TEST_F(IterApiTest, PlanOwnsItsTensors) {
  VtIterPlan* plan = nullptr;
  VtTensor* input = nullptr;
  {
    const Tensor a = Tensor::empty(std::vector<int64_t>{2, 3}, kFloat32, kCpu);
    input = a.get();
    const VtValue operands[] = {none(), value_of(a.get()), value_of(2.0)};
    const VtIterConfig config{sizeof(VtIterConfig), VT_ITER_PROMOTE, "op", operands, 1, 3, {kDLOpaqueHandle, 0, 0}};
    ASSERT_EQ(api().plan(&config, &plan), 0);
    EXPECT_EQ(tables().tensor->use_count(input), 2);
  }
  EXPECT_EQ(tables().tensor->use_count(input), 1);
  EXPECT_EQ(plan->numel, 6);
  EXPECT_EQ(plan->tensors[2], nullptr);
  EXPECT_EQ(*static_cast<const float*>(plan->data[2]), 2.0f);
  const Tensor out = Tensor::share(plan->tensors[0]);
  api().free(plan);
  EXPECT_EQ(tables().tensor->use_count(out.get()), 1);
}

TEST_F(IterApiTest, FailureSetsAnErrorAndNoPlan) {
  const Tensor a = Tensor::empty(std::vector<int64_t>{2}, kFloat32, kCpu);
  const Tensor b = Tensor::empty(std::vector<int64_t>{3}, kFloat32, kCpu);
  const VtValue operands[] = {none(), value_of(a.get()), value_of(b.get())};
  const VtIterConfig config{sizeof(VtIterConfig), VT_ITER_PROMOTE, "op", operands, 1, 3, {kDLOpaqueHandle, 0, 0}};
  VtIterPlan* plan = nullptr;
  EXPECT_NE(api().plan(&config, &plan), 0);
  EXPECT_EQ(plan, nullptr);
  VtError error{};
  ASSERT_TRUE(tables().object->take_error(&error));
  EXPECT_EQ(error.kind, VT_ERROR_SHAPE);
}

TEST_F(IterApiTest, PromotesAndBroadcasts) {
  DLDataType out{};
  ASSERT_EQ(api().promote_types(kInt32, kFloat16, &out), 0);
  EXPECT_EQ(dtype_name(out), "float16");
  const int64_t a[] = {2, 1};
  const int64_t b[] = {5, 1, 3};
  int64_t shape[3];
  int32_t ndim = 0;
  ASSERT_EQ(api().broadcast_shapes(a, 2, b, 3, shape, &ndim), 0);
  EXPECT_EQ((std::vector<int64_t>(shape, shape + ndim)), (std::vector<int64_t>{5, 2, 3}));
  EXPECT_NE(api().promote_types(kUInt16, kInt8, &out), 0);
  VtError error{};
  ASSERT_TRUE(tables().object->take_error(&error));
  EXPECT_EQ(error.kind, VT_ERROR_DTYPE);
}

}  // namespace
}  // namespace vt
