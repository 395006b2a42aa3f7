// SPDX-License-Identifier: Apache-2.0
// Backward from several threads: shared leaves, a shared graph, freeing beside keeping.
#include <algorithm>
#include <atomic>
#include <mutex>
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

TEST(Threads, LeafIsSavedByGraphsOfAllAtOnce) {
  const Tensor w = leaf({1.0f, 2.0f});
  in_threads(8, [&](int) {
    for (int i = 0; i < 200; ++i) EXPECT_EQ(backward(mul(mul(w, w), w)), 0);
  });
  EXPECT_EQ(values_of(grad_of(w)), (std::vector<float>{4800.0f, 19200.0f}));
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

TEST(Threads, KeptGraphRunsAThousandTimesInTwoThreads) {
  const Tensor x = leaf({1.0f});
  Tensor out = x;
  for (int i = 0; i < 20; ++i) out = add(mul(out, x), scaled(out, 0.0));
  const Tensor one = tensor({1.0f});
  in_threads(2, [&](int number) {
    VtTensor* root = out.get();
    VtTensor* seed = one.get();
    VtTensor* input = x.get();
    for (int i = 0; i < 1000; ++i) {
      if (number == 0) {
        EXPECT_EQ(backward(out, VT_BACKWARD_RETAIN_GRAPH), 0) << take_error();
        continue;
      }
      VtTensor* grad = nullptr;
      EXPECT_EQ(api().compute_grad(&root, &seed, 1, &input, 1, VT_BACKWARD_RETAIN_GRAPH, &grad), 0) << take_error();
      EXPECT_EQ(values_of(Tensor::steal(grad)), std::vector<float>{21.0f});
    }
  });
  EXPECT_EQ(values_of(grad_of(x)), std::vector<float>{21000.0f});
}

// 2 w x, recorded whatever the thread's mode is.
Tensor recorded_product(const Tensor& w, const Tensor& x) {
  const int32_t mode = api().set_grad_mode(1);
  Tensor out = scaled(mul(w, x), 2.0);
  api().set_grad_mode(mode);
  return out;
}

TEST(Threads, HooksOfASharedLeafStartBackwardsOfTheirOwn) {
  static Tensor inner;
  inner = leaf({1.0f});
  const Tensor w = leaf({1.0f});
  uint64_t handle = 0;
  const auto hook = [](void*, VtTensor** grad) {
    return guard([&] { check(backward(recorded_product(inner, Tensor::share(*grad)))); });
  };
  ASSERT_EQ(api().add_hook(w.get(), hook, nullptr, nullptr, &handle), 0);
  in_threads(8, [&](int) {
    for (int i = 0; i < 200; ++i) EXPECT_EQ(backward(recorded_product(w, tensor({1.0f}))), 0) << take_error();
  });
  EXPECT_EQ(values_of(grad_of(w)), std::vector<float>{3200.0f});
  EXPECT_EQ(values_of(grad_of(inner)), std::vector<float>{6400.0f});
  inner = Tensor();
}

TEST(Threads, HostWrittenNodesStartBackwardsOfTheirOwn) {
  static Tensor inner;
  inner = leaf({1.0f});
  VtNodeDef def{};
  def.struct_size = sizeof def;
  def.num_inputs = def.num_outputs = 1;
  def.name = "Nested";
  def.apply = [](void*, VtTensor* const* grads, VtTensor** out) {
    return guard([&] {
      const Tensor grad = Tensor::share(grads[0]);
      check(backward(recorded_product(inner, grad)));
      out[0] = scaled(grad, 3.0).release();
    });
  };
  const Tensor w = leaf({1.0f});
  in_threads(8, [&](int) {
    for (int i = 0; i < 200; ++i) {
      const Tensor y = tensor({1.0f});
      VtTensor* in = w.get();
      VtTensor* out = y.get();
      EXPECT_EQ(api().record(&def, &in, &out, nullptr), 0) << take_error();
      EXPECT_EQ(backward(scaled(y, 1.0)), 0) << take_error();
    }
  });
  EXPECT_EQ(values_of(grad_of(w)), std::vector<float>{4800.0f});
  EXPECT_EQ(values_of(grad_of(inner)), std::vector<float>{3200.0f});
  inner = Tensor();
}

TEST(Threads, SeveralLeavesOfOneModelSumEveryContribution) {
  const Tensor w = leaf({1.0f, 2.0f}), b = leaf({0.5f, 0.5f}), scale = leaf({2.0f});
  in_threads(8, [&](int) {
    const Tensor x = tensor({1.0f, 3.0f});
    for (int i = 0; i < 200; ++i) EXPECT_EQ(backward(mul(add(mul(w, x), b), scale)), 0) << take_error();
  });
  EXPECT_EQ(values_of(grad_of(w)), (std::vector<float>{3200.0f, 9600.0f}));
  EXPECT_EQ(values_of(grad_of(b)), (std::vector<float>{3200.0f, 3200.0f}));
  EXPECT_EQ(values_of(grad_of(scale)), std::vector<float>{12800.0f});
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

Tensor ones(int64_t size) {
  Tensor out = Tensor::empty({&size, 1}, kFloat32, kHost);
  std::fill_n(out.data<float>(), size, 1.0f);
  return out;
}

float sum_of(const Tensor& t) {
  float sum = 0;
  for (int64_t i = 0; i < t.numel(); ++i) sum += t.data<float>()[i];
  return sum;
}

// Two threads make gradients, two others read them; whoever is last gives the memory back, of whatever kind it is.
void hand_gradients_over(int64_t size) {
  const Tensor x = ones(size);
  check(api().set_requires_grad(x.get(), 1));
  const Tensor out = mul(mul(x, x), x);
  std::mutex mutex;  // guards handed_over
  std::vector<Tensor> handed_over;
  std::atomic<int> num_read{0};
  constexpr int kEach = 30;
  in_threads(4, [&](int number) {
    if (number < 2) {
      const Tensor seed = ones(size);
      VtTensor* root = out.get();
      VtTensor* gradient = seed.get();
      VtTensor* input = x.get();
      for (int i = 0; i < kEach; ++i) {
        VtTensor* made = nullptr;
        ASSERT_EQ(api().compute_grad(&root, &gradient, 1, &input, 1, VT_BACKWARD_RETAIN_GRAPH, &made), 0)
            << take_error();
        const Tensor grad = Tensor::steal(made);
        const std::lock_guard lock(mutex);
        handed_over.push_back(grad);
      }
      return;
    }
    while (num_read < 2 * kEach) {
      Tensor grad;
      {
        const std::lock_guard lock(mutex);
        if (handed_over.empty()) continue;
        grad = std::move(handed_over.back());
        handed_over.pop_back();
      }
      EXPECT_EQ(sum_of(grad), 3.0f * static_cast<float>(size));
      ++num_read;
    }
  });
}

TEST(Threads, GradientsOfAnySizeAreReadAndFreedElsewhere) {
  const uint64_t before = live_bytes();
  for (const int64_t size : {4, 200, 5000, 40000}) hand_gradients_over(size);
  EXPECT_EQ(live_bytes(), before);
}

TEST(Threads, GraphsBuiltHereRunThere) {
  const uint64_t before = live_bytes();
  for (int round = 0; round < 5; ++round) {
    std::vector<Tensor> leaves[2];
    std::vector<Tensor> roots[2];
    for (int number = 0; number < 2; ++number)
      for (int graph = 0; graph < 10; ++graph) {
        const Tensor factor = tensor({1.0f, 2.0f});
        const Tensor& x = leaves[number].emplace_back(leaf({1.0f, 1.0f}));
        Tensor out = x;
        for (int i = 0; i < 100; ++i) out = mul(out, factor);
        for (int i = 0; i < 100; ++i) out = scaled(out, i % 2 ? 2.0 : 0.5);
        roots[number].push_back(std::move(out));
      }
    in_threads(2, [&](int number) {
      for (const Tensor& root : roots[number]) EXPECT_EQ(backward(root), 0) << take_error();
    });
    const float power = 1.2676506e30f;  // 2^100
    for (const auto& some : leaves)
      for (const Tensor& x : some) EXPECT_EQ(values_of(grad_of(x)), (std::vector<float>{1.0f, power}));
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
