// SPDX-License-Identifier: Apache-2.0
// A million nodes in a row on a small stack: recorded, run backward and freed.
#include <pthread.h>

#include "environment.hpp"

namespace vt::autograd::test {
namespace {

constexpr int kNodes = 1'000'000;
constexpr size_t kStackBytes = 512 * 1024;

// Runs `body` on a thread with a stack of kStackBytes.
void on_small_stack(void (*body)()) {
  pthread_attr_t attributes;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, kStackBytes), 0);
  pthread_t thread;
  auto start = [](void* argument) -> void* {
    reinterpret_cast<void (*)()>(argument)();
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, start, reinterpret_cast<void*>(body)), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

TEST(Chain, MillionNodesForwardBackwardAndFree) {
  on_small_stack([] {
    const Tensor w = leaf({1.0f});
    const Tensor b = tensor({0.0f});
    {
      Tensor out = w;
      for (int i = 0; i < kNodes; ++i) out = add(out, b);
      ASSERT_EQ(backward(out), 0) << take_error();
    }
    EXPECT_EQ(values_of(grad_of(w)), std::vector<float>{1.0f});
  });
}

TEST(Chain, MillionNodesWithSavedTensorsFreedWithoutBackward) {
  const uint64_t before = live_bytes();
  on_small_stack([] {
    const Tensor w = leaf({1.0f});
    Tensor out = w;
    for (int i = 0; i < kNodes; ++i) out = mul(out, w);
  });
  EXPECT_EQ(live_bytes(), before);
}

TEST(Chain, GradByInputsOfADeepGraph) {
  on_small_stack([] {
    const Tensor w = leaf({1.0f});
    const Tensor b = tensor({0.0f});
    Tensor out = w;
    for (int i = 0; i < kNodes; ++i) out = add(out, b);
    VtTensor* root = out.get();
    VtTensor* input = w.get();
    const Tensor one = tensor({1.0f});
    VtTensor* seed = one.get();
    VtTensor* grad = nullptr;
    ASSERT_EQ(api().compute_grad(&root, &seed, 1, &input, 1, 0, &grad), 0) << take_error();
    EXPECT_EQ(vt::autograd::test::values_of(Tensor::steal(grad)), std::vector<float>{1.0f});
  });
}

}  // namespace
}  // namespace vt::autograd::test
