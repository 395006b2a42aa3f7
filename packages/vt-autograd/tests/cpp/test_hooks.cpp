// SPDX-License-Identifier: Apache-2.0
// Hooks through the C table: order, replacement, release of contexts.
#include "environment.hpp"

namespace vt::autograd::test {
namespace {

struct Counter {
  int calls = 0;
  int released = 0;
};

int count(void* context, VtTensor**) {
  ++static_cast<Counter*>(context)->calls;
  return 0;
}
void released(void* context) { ++static_cast<Counter*>(context)->released; }

int times_ten(void*, VtTensor** grad) {
  return guard([&] {
    const Tensor before = Tensor::steal(*grad);
    *grad = nullptr;
    *grad = scaled(before, 10.0).release();
  });
}

TEST(Hooks, ReplaceTheGradient) {
  const Tensor x = leaf({1.0f});
  const Tensor y = scaled(x, 2.0);
  uint64_t handle = 0;
  ASSERT_EQ(api().add_hook(y.get(), times_ten, nullptr, nullptr, &handle), 0);
  EXPECT_NE(handle, 0u);
  ASSERT_EQ(backward(scaled(y, 1.0)), 0) << take_error();
  EXPECT_EQ(values_of(grad_of(x)), std::vector<float>{20.0f});
}

TEST(Hooks, ContextIsReleasedOnRemovalAndWithTheNode) {
  Counter first, second;
  {
    const Tensor x = leaf({1.0f});
    uint64_t handle = 0, other = 0;
    ASSERT_EQ(api().add_hook(x.get(), count, &first, released, &handle), 0);
    ASSERT_EQ(api().add_hook(x.get(), count, &second, released, &other), 0);
    ASSERT_EQ(backward(scaled(x, 2.0)), 0);
    ASSERT_EQ(api().remove_hook(x.get(), handle), 0);
    EXPECT_EQ(first.released, 1);
    ASSERT_EQ(backward(scaled(x, 2.0)), 0);
  }
  EXPECT_EQ(first.calls, 1);
  EXPECT_EQ(second.calls, 2);
  EXPECT_EQ(first.released, 1);
  EXPECT_EQ(second.released, 1);
}

TEST(Hooks, RefusedHookIsNotReleased) {
  Counter counter;
  const Tensor plain = tensor({1.0f});
  uint64_t handle = 0;
  EXPECT_NE(api().add_hook(plain.get(), count, &counter, released, &handle), 0);
  take_error();
  EXPECT_EQ(counter.released, 0);
}

TEST(Hooks, NestedBackwardFromAHook) {
  static Tensor inner_leaf;
  inner_leaf = leaf({1.0f});
  const Tensor x = leaf({1.0f});
  uint64_t handle = 0;
  auto hook = [](void*, VtTensor**) {
    return guard([] {
      const int32_t mode = api().set_grad_mode(1);
      const Tensor out = mul(inner_leaf, inner_leaf);
      api().set_grad_mode(mode);
      check(backward(out));
    });
  };
  ASSERT_EQ(api().add_hook(x.get(), hook, nullptr, nullptr, &handle), 0);
  const Tensor y = scaled(x, 2.0);
  ASSERT_EQ(backward(mul(y, y)), 0) << take_error();
  EXPECT_EQ(values_of(grad_of(inner_leaf)), std::vector<float>{2.0f});
  EXPECT_EQ(values_of(grad_of(x)), std::vector<float>{8.0f});
  inner_leaf = Tensor();
}

}  // namespace
}  // namespace vt::autograd::test
