// SPDX-License-Identifier: Apache-2.0
// Backward from several threads: shared leaves, a shared graph, freeing beside keeping.
#include <atomic>
#include <thread>

#include "environment.hpp"

namespace vt::autograd::test {
namespace {

template <class Body>
void in_threads(int count, Body body) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back([&body, i] { body(i); });
  for (std::thread& thread : threads) thread.join();
}

TEST(Threads, SharedLeafSumsEveryContribution) {
  const Tensor w = leaf({1.0f, 1.0f});
  in_threads(8, [&](int) {
    for (int i = 0; i < 200; ++i) EXPECT_EQ(backward(scaled(mul(w, tensor({1.0f, 2.0f})), 1.0)), 0);
  });
  EXPECT_EQ(values_of(grad_of(w)), (std::vector<float>{1600.0f, 3200.0f}));
}

TEST(Threads, KeptGraphRunsInParallel) {
  const Tensor x = leaf({1.0f});
  Tensor out = x;
  for (int i = 0; i < 30; ++i) out = add(mul(out, x), scaled(out, 0.0));
  in_threads(4, [&](int) {
    for (int i = 0; i < 250; ++i) EXPECT_EQ(backward(out, VT_BACKWARD_RETAIN_GRAPH), 0) << take_error();
  });
  EXPECT_EQ(values_of(grad_of(x)), std::vector<float>{31000.0f});
}

TEST(Threads, FreeingRunsBesideKeeping) {
  for (int round = 0; round < 300; ++round) {
    const Tensor x = leaf({1.0f});
    const Tensor out = mul(x, mul(x, x));
    std::atomic<int> done{0};
    in_threads(3, [&](int number) {
      if (backward(out, number == 0 ? 0 : VT_BACKWARD_RETAIN_GRAPH) == 0) {
        ++done;
      } else {
        EXPECT_NE(take_error().find("second time"), std::string::npos);
      }
    });
    EXPECT_GE(done.load(), 1);
  }
}

TEST(Threads, GraphBuiltHereIsFreedThere) {
  const uint64_t before = live_bytes();
  for (int round = 0; round < 50; ++round) {
    const Tensor x = leaf({1.0f});
    Tensor out = x;
    for (int i = 0; i < 100; ++i) out = mul(out, x);
    std::thread([moved = std::move(out)]() mutable { moved = Tensor(); }).join();
  }
  EXPECT_EQ(live_bytes(), before);
}

TEST(Threads, GradIsReadWhileItGrows) {
  const Tensor w = leaf({0.0f});
  std::atomic<bool> stop{false};
  std::thread reader([&] {
    while (!stop) {
      const Tensor grad = grad_of(w);
      EXPECT_TRUE(!grad || grad.numel() == 1);
    }
  });
  for (int i = 0; i < 2000; ++i) {
    EXPECT_EQ(backward(scaled(w, 1.0)), 0);
    if (i % 100 == 99) check(api().set_grad(w.get(), nullptr));
  }
  stop = true;
  reader.join();
}

}  // namespace
}  // namespace vt::autograd::test
