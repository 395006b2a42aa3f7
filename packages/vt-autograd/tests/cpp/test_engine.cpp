// SPDX-License-Identifier: Apache-2.0
// The engine through the C table: accumulation, order, host-written nodes, inspection.
#include "environment.hpp"

namespace vt::autograd::test {
namespace {

using Floats = std::vector<float>;

TEST(Engine, DiamondSumsBothWays) {
  const Tensor x = leaf({3.0f});
  const Tensor a = scaled(x, 2.0);
  const Tensor out = add(mul(a, a), scaled(a, 5.0));
  ASSERT_EQ(backward(out), 0) << take_error();
  EXPECT_EQ(values_of(grad_of(x)), Floats{34.0f});
}

TEST(Engine, WideGraphRunsLatestFirst) {
  const Tensor x = leaf({1.0f});
  Tensor out = scaled(x, 0.0);
  for (int i = 1; i <= 100; ++i) out = add(out, scaled(scaled(x, 1.0), i));
  ASSERT_EQ(backward(out), 0) << take_error();
  EXPECT_EQ(values_of(grad_of(x)), Floats{5050.0f});
}

TEST(Engine, FirstGradientOfALeafIsItsOwn) {
  const Tensor x = leaf({1.0f});
  const Tensor given = tensor({1.0f});
  VtTensor* root = x.get();
  VtTensor* grad = given.get();
  ASSERT_EQ(api().backward(&root, &grad, 1, nullptr, 0, 0), 0) << take_error();
  grad_of(x).data<float>()[0] = 9.0f;
  EXPECT_EQ(values_of(given), Floats{1.0f});
}

TEST(Engine, ListArgumentsGetAGradientEach) {
  const Op sum_list("test_sum_list");
  const Tensor a = leaf({1.0f}), b = tensor({2.0f}), c = leaf({3.0f});
  VtTensor* items[] = {a.get(), b.get(), c.get(), a.get()};
  const Tensor out = sum_list(vt::value_of(std::span<VtTensor* const>(items)));
  ASSERT_EQ(backward(out), 0) << take_error();
  EXPECT_EQ(values_of(grad_of(a)), Floats{2.0f});
  EXPECT_EQ(values_of(grad_of(c)), Floats{1.0f});
  EXPECT_FALSE(grad_of(b));
}

struct Context {
  int applied = 0;
  int released = 0;
  int freed = 0;
};

VtNodeDef definition(Context* context) {
  VtNodeDef def{};
  def.struct_size = sizeof def;
  def.num_inputs = 1;
  def.num_outputs = 1;
  def.name = "Triple";
  def.context = context;
  def.apply = [](void* c, VtTensor* const* grads, VtTensor** out) {
    ++static_cast<Context*>(c)->applied;
    return guard([&] { out[0] = scaled(Tensor::share(grads[0]), 3.0).release(); });
  };
  def.release = [](void* c) { ++static_cast<Context*>(c)->released; };
  def.free_saved = [](void* c) { ++static_cast<Context*>(c)->freed; };
  return def;
}

TEST(Engine, HostWrittenNodeRunsAndIsReleasedOnce) {
  Context context;
  const VtNodeDef def = definition(&context);
  const Tensor x = leaf({1.0f});
  {
    const Tensor y = tensor({3.0f});
    VtTensor* in = x.get();
    VtTensor* out = y.get();
    ASSERT_EQ(api().record(&def, &in, &out, nullptr), 0) << take_error();
    ASSERT_EQ(backward(y), 0) << take_error();
    EXPECT_EQ(context.applied, 1);
    EXPECT_EQ(context.freed, 1);
    EXPECT_EQ(context.released, 0);
  }
  EXPECT_EQ(context.released, 1);
  EXPECT_EQ(values_of(grad_of(x)), Floats{3.0f});
}

TEST(Engine, RefusedRecordLeavesTheContextToTheCaller) {
  Context context;
  const VtNodeDef def = definition(&context);
  const Tensor x = leaf({1.0f});
  VtTensor* both = x.get();
  EXPECT_NE(api().record(&def, &both, &both, nullptr), 0);
  EXPECT_NE(take_error().find("leaf Variable"), std::string::npos);
  EXPECT_EQ(context.released, 0);
}

TEST(Engine, InspectionShowsNodesAndTheirResults) {
  const Tensor x = leaf({1.0f, 2.0f});
  const Tensor y = scaled(x, 2.0);
  VtNode* node = api().grad_fn(y.get());
  ASSERT_NE(node, nullptr);
  EXPECT_STREQ(api().node_name(node), "MulBackward0");
  EXPECT_EQ(api().num_next(node), 2);
  uint32_t number = 7;
  EXPECT_STREQ(api().node_name(api().next(node, 0, &number)), "AccumulateGrad");
  EXPECT_EQ(number, 0u);
  EXPECT_EQ(api().next(node, 1, &number), nullptr);
  EXPECT_EQ(api().next(node, 2, &number), nullptr);
  VtTensorMeta meta{};
  ASSERT_EQ(api().node_output(node, 0, &meta), 0);
  EXPECT_EQ(meta.ndim, 1);
  EXPECT_EQ(meta.sizes[0], 2);
  EXPECT_NE(api().node_output(node, 1, &meta), 0);
  take_error();
  api().release_node(node);
  EXPECT_EQ(api().grad_fn(x.get()), nullptr);
}

TEST(Engine, NodeOutlivesItsTensor) {
  VtNode* node = nullptr;
  {
    const Tensor x = leaf({1.0f});
    node = api().grad_fn(scaled(x, 2.0).get());
  }
  EXPECT_STREQ(api().node_name(node), "MulBackward0");
  api().release_node(node);
}

TEST(Engine, GradOfALeafThatIsGoneIsDropped) {
  const uint64_t before = live_bytes();
  {
    Tensor out;
    {
      const Tensor x = leaf({1.0f, 2.0f});
      out = mul(x, x);
    }
    ASSERT_EQ(backward(out), 0) << take_error();
  }
  EXPECT_EQ(live_bytes(), before);
}

TEST(Engine, GradModeIsRestoredAfterBackward) {
  const Tensor x = leaf({1.0f});
  ASSERT_EQ(backward(scaled(x, 2.0)), 0);
  EXPECT_EQ(api().grad_mode(), 1);
  EXPECT_EQ(api().set_grad_mode(0), 1);
  EXPECT_EQ(api().requires_grad(scaled(x, 2.0).get()), 0);
  EXPECT_EQ(api().set_grad_mode(1), 0);
}

}  // namespace
}  // namespace vt::autograd::test
